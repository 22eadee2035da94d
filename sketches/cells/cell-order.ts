import { type CellOrder, fingerprint, orderCells, type Weights } from 'longhand'
import file from '../../weights/handwriting.cells.json'
import type { Line } from '../frame/written-line.ts'

const ENOUGH = 150 // movements from which an order may be made
const MOST = 400 // and from which one is made: more take longer and say little more
const LARGEST = 1024 // a network of more cells keeps its own order: the time grows with the square of their number
const USUAL = 0.1 // the standard deviation of a cell that nothing is known of

/**
 * In which order the cells of a network are shown: like beside like, or as they stand in the network.
 *
 * For the kit's own weights scripts/cell-order.ts has found the first. Of others nothing is known at first, so that they stand
 * in their own order, until `learn` has seen enough of them.
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
    this.#own = inOwnOrder(this.#alike ?? { mean, deviation: mean.map(() => USUAL) })
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

  /** Learns from what the cells did in one line, once, which takes a fraction of a second. @returns whether there was need */
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
