import type { Movement } from '../math/movement.ts'

/**
 * Returns how far one path veers from another with the same start: positive to the right (clockwise, y down), negative to the
 * left. It is the sum of the cross products of their positions, over the movements that both have, in square units; positions
 * far from the start weigh more.
 */
export function veer(path: readonly Readonly<Movement>[], taken: readonly Readonly<Movement>[]): number {
  let x = 0
  let y = 0
  let takenX = 0
  let takenY = 0
  let sum = 0
  for (let n = 0; n < Math.min(path.length, taken.length); n++) {
    const [dx, dy] = path[n] as Movement
    const [takenDx, takenDy] = taken[n] as Movement
    x += dx
    y += dy
    takenX += takenDx
    takenY += takenDy
    sum += takenX * y - takenY * x
  }
  return sum
}
