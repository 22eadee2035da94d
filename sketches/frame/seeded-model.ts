import { Model, Random, type Weights } from 'longhand'
import { addHistoryEntry, addressSeed, freshSeed, onSeedChange, writeAddress } from './address.ts'
import { onPress } from './controls.ts'
import { onWeightsDropped } from './weights.ts'

/**
 * A model and the seed of all its randomness, so that a drawing can be made again. The address keeps the seed, and the page
 * shows it. Button `restart` takes another seed, and the browser's Back button returns to the last one. Dropped weights
 * replace the model.
 */
export class SeededModel {
  /** its scale factor is 1: `sample` and `update` are in model units */
  model: Model
  seed = 0
  readonly #label = document.createElement('output')
  readonly #onBegin: () => void

  /** @param onBegin called when everything drawn so far is obsolete: another seed, or other weights */
  constructor(weights: Weights, onBegin: () => void) {
    this.model = new Model(weights)
    this.#onBegin = onBegin
    this.#label.className = 'seed'
    this.#label.ariaLive = 'off' // pages that turn by themselves would be read endlessly
    document.querySelector('#controls .buttons')?.prepend(this.#label)
    onPress('restart', () => {
      const seed = freshSeed()
      addHistoryEntry('seed', seed)
      this.begin(seed)
    })
    onSeedChange(() => this.begin())
    onWeightsDropped((dropped) => {
      this.model = new Model(dropped)
      this.begin(this.seed)
    })
  }

  /** Starts again from a seed. @param seed left out, that of the address, or a fresh one */
  begin(seed = addressSeed()): void {
    this.seed = seed % 2 ** 32
    writeAddress('seed', this.seed)
    this.model.set_scale_factor(1)
    this.model.random = new Random(this.seed)
    this.#label.value = `seed ${this.seed}`
    this.#onBegin()
  }
}
