import { type CellOrder, fingerprint, orderCells, type Weights } from 'longhand'
import file from '../../weights/handwriting.cells.json'
import type { Line } from '../frame/written-line.ts'

const ENOUGH = 150 // fewest movements for an order
const MOST = 400 // most movements for an order: more take longer and add little
const LARGEST = 1024 // networks with more cells keep their own order: the time grows with the square of the number
const DEFAULT_DEVIATION = 0.1 // of a cell before anything is known about it

/**
 * The order in which the cells of a network are shown: by similarity, or as in the network.
 *
 * For the default weights, scripts/cell-order.ts has computed the order. Other weights start in the order of the network, until
 * `learn` has seen enough of them.
 */
export class CellSorting {
  readonly weights: Weights
  #alike: CellOrder | undefined
  #own: CellOrder
  #prefersOwn = false

  constructor(weights: Weights) {
    const { units } = weights
    const fits = file.weights === fingerprint(weights) && file.order.length === units
    const mean = new Array<number>(units).fill(0)
    this.weights = weights
    this.#alike = fits ? file : undefined
    this.#own = inOwnOrder(this.#alike ?? { mean, deviation: mean.map(() => DEFAULT_DEVIATION) })
  }

  get cells(): CellOrder {
    return this.isAlike && this.#alike ? this.#alike : this.#own
  }

  get isAlike(): boolean {
    return this.#alike !== undefined && !this.#prefersOwn
  }

  toggle(): void {
    this.#prefersOwn = this.isAlike
  }

  /** Computes the order from one line, once, in a fraction of a second. @returns whether that was needed */
  learn({ states }: Line): boolean {
    if (this.#alike || this.weights.units > LARGEST || states.length < ENOUGH) return false
    const step = Math.ceil(states.length / MOST)
    this.#alike = orderCells(states.filter((_, n) => n % step === 0).map(({ h }) => h))
    this.#own = inOwnOrder(this.#alike)
    return true
  }
}

function inOwnOrder({ mean, deviation }: Pick<CellOrder, 'mean' | 'deviation'>): CellOrder {
  return { order: mean.map((_, cell) => cell), sign: mean.map(() => 1), mean, deviation }
}
