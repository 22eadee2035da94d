import type { Movement } from '../paper/movement.ts'

/**
 * How far one path veers from another that begins at the same point: above 0 to the right of it (clockwise, y down), below
 * 0 to the left. It is the sum, over as many movements as both have, of the cross product of where the one has come and
 * where the other has: in square units, and the farther from the root the more it counts.
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
