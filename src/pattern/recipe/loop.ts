import { circle } from '../../math/elementary.ts'

const GOLDEN = 0.381966011250105 // the golden angle, in turns: no two of the numbers go in step

/**
 * A smooth walk through latent space that ends where it began: every number swings around, each with a phase of its own.
 * @param latent where the walk begins and ends
 * @param turn 0…1 along it
 * @param radius of the swing, in the latent's own units
 */
export function latentOnLoop(latent: readonly number[], turn: number, radius = 1): number[] {
  return latent.map((value, n) => {
    const [begin] = circle((n * GOLDEN) % 1)
    const [now] = circle((turn + n * GOLDEN) % 1)
    return value + radius * (now - begin)
  })
}
