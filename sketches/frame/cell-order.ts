import { type CellOrder, fingerprint, orderCells, type Weights } from 'longhand'
import file from '../../weights/handwriting.cells.json'
import type { Line } from './line.ts'

const ENOUGH = 150 // movements from which an order may be made
const MOST = 400 // and from which one is made: more take longer and say little more
const USUAL = 0.1 // the standard deviation of a cell that nothing is known of

/** The order of the cells that was made for these weights, by scripts/cell-order.ts; for others there is none. */
export function ownOrder(weights: Weights): CellOrder | undefined {
  return file.weights === fingerprint(weights) && file.order.length === weights.units ? file : undefined
}

/** As they stand in the network. Where means and deviations are known, they stay. */
export function networkOrder(units: number, known?: CellOrder): CellOrder {
  const all = (value: number) => new Array<number>(units).fill(value)
  const { mean, deviation } = known ?? { mean: all(0), deviation: all(USUAL) }
  return { order: all(0).map((_, cell) => cell), sign: all(1), mean, deviation }
}

/** From what the cells did in one line, if that is enough to tell. It takes a fraction of a second. */
export function orderFrom({ states }: Line): CellOrder | undefined {
  if (states.length < ENOUGH) return undefined
  const step = Math.ceil(states.length / MOST)
  return orderCells(states.filter((_, n) => n % step === 0).map(({ h }) => h))
}
