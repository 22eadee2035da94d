import { exp } from '../math/elementary.ts'
import type { Mixture } from '../network/mixture.ts'

/** A grid of square cells over (dx, dy), in model units; row-major from the top left corner. */
export interface DensityGrid {
  left: number
  top: number
  /** side length of a cell */
  cell: number
  columns: number
  rows: number
}

const FARTHEST = 4 // standard deviations: less than a thousandth of a component is beyond
const LEAST = 1e-4 // smallest visible weight

/**
 * Computes the density of a mixture on a grid, per square model unit, for a picture: blurred by half a cell, so that a
 * component much smaller than a cell (or without extent, at temperature 0) is neither missed nor infinite. The values times
 * the area of a cell sum to the probability of a movement within the grid.
 * @param into (rows × columns), overwritten; RangeError for another size
 */
export function densityMap(
  mixture: Mixture,
  { left, top, cell, columns, rows }: DensityGrid,
  into = new Float32Array(rows * columns),
): Float32Array {
  if (into.length !== rows * columns)
    throw new RangeError(`Expected an array of ${rows} × ${columns} = ${rows * columns} cells, got ${into.length}.`)
  const { pi, mu1, mu2, sigma1, sigma2, rho } = mixture
  const blur = (cell / 2) ** 2
  into.fill(0)
  for (let k = 0; k < pi.length; k++) {
    if (pi[k] < LEAST) continue
    const xx = sigma1[k] ** 2 + blur
    const yy = sigma2[k] ** 2 + blur
    const xy = rho[k] * sigma1[k] * sigma2[k]
    const determinant = xx * yy - xy * xy
    const height = pi[k] / (2 * Math.PI * Math.sqrt(determinant))
    // Most components are small: visit only the cells around them.
    const [firstColumn, lastColumn] = reach((mu1[k] - left) / cell, (FARTHEST * Math.sqrt(xx)) / cell, columns)
    const [firstRow, lastRow] = reach((mu2[k] - top) / cell, (FARTHEST * Math.sqrt(yy)) / cell, rows)
    for (let row = firstRow; row <= lastRow; row++) {
      const y = top + (row + 0.5) * cell - mu2[k]
      for (let column = firstColumn; column <= lastColumn; column++) {
        const x = left + (column + 0.5) * cell - mu1[k]
        const square = (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant
        into[row * columns + column] += height * exp(-square / 2)
      }
    }
  }
  return into
}

/** Returns the cells within a radius of a place, both in cells. */
function reach(place: number, radius: number, cells: number): [first: number, last: number] {
  return [Math.max(0, Math.floor(place - radius)), Math.min(cells - 1, Math.floor(place + radius))]
}
