import { circle } from '../../math/elementary.ts'

const GOLDEN_ANGLE = 0.381966011250105 // in turns: consecutive multiples of it never line up

/**
 * Walks along a smooth closed loop through latent space. Each value swings with a phase of its own.
 * @param latent start and end of the loop
 * @param turn position on the loop, 0…1
 * @param radius amplitude of the swing, in latent units
 */
export function latentOnLoop(latent: readonly number[], turn: number, radius = 1): number[] {
  return latent.map((value, n) => {
    const [start] = circle((n * GOLDEN_ANGLE) % 1)
    const [now] = circle((turn + n * GOLDEN_ANGLE) % 1)
    return value + radius * (now - start)
  })
}
