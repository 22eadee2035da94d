import { Model, Random, type Weights } from 'longhand'
import { freshSeed, writeAddress } from './address.ts'
import { onPress } from './knobs.ts'
import { onWeightsDropped } from './weights.ts'

/**
 * A network and the seed that all its chance comes from, so that a drawing can be made again: the address keeps it. Button
 * `restart` takes another seed, and weights that are dropped onto the page another network.
 */
export class Seeded {
  /** its scale factor is 1: movements are in model units */
  model: Model
  seed = 0
  readonly #onBegin: () => void

  /** @param onBegin whatever there is, is void: the network is another, or begins again */
  constructor(weights: Weights, onBegin: () => void) {
    this.model = new Model(weights)
    this.#onBegin = onBegin
    onPress('restart', () => this.begin(freshSeed()))
    onWeightsDropped((dropped) => {
      this.model = new Model(dropped)
      this.begin(this.seed)
    })
  }

  begin(seed: number): void {
    this.seed = seed % 2 ** 32
    writeAddress('seed', this.seed)
    this.model.set_scale_factor(1)
    this.model.random = new Random(this.seed)
    this.#onBegin()
  }
}
