import {
  createRenderer,
  latentOnLoop,
  networkFromRecipe,
  patternFromRecipe,
  Random,
  type Recipe,
  type Renderer,
  recipeFromSeed,
  type State,
} from 'longhand'

const LOOKS: readonly Partial<Recipe>[] = [
  { depth: 8, frequency: 10, contrast: 1.5, hue: [0.05, 0.22] }, // embers
  { depth: 8, frequency: 10, contrast: 1.5, hue: [0.6, 0.35] }, // the sea, and its flowers
  { depth: 8, frequency: 10, contrast: 1.5, hue: [0.25, -0.55] }, // a garden
]
const LOOP = 60 // seconds of the pattern's own walk
const RADIUS = 0.7
const SWAY = 1.6 // how far the writer's memory moves the picture, in latent units
const EASE = 0.5 // a second: what of that is followed
const SIDE = { webgl2: 800, cpu: 240 } // pixels along the longer side: it is soft, and seen through letters

/** The light behind the paper: a slow pattern, whose latent numbers sway with the memory of the hand that writes. */
export class Glow {
  readonly canvas = document.createElement('canvas')
  readonly #painted = document.createElement('canvas')
  readonly #renderer: Renderer = createRenderer(this.#painted)
  #recipe = recipeFromSeed(0)
  #network = networkFromRecipe(this.#recipe)
  #weights = new Float32Array()
  #sway: number[] = []
  #turn = 0

  /** Another light for every seed. */
  begin(seed: number): void {
    this.#recipe = { ...recipeFromSeed(seed), ...LOOKS[seed % LOOKS.length], latent: [0, 0, 0] }
    this.#network = networkFromRecipe(this.#recipe)
    this.#weights = new Float32Array()
    this.#sway = this.#recipe.latent.map(() => 0)
  }

  /**
   * Follows the hand for some seconds, and paints.
   * @param state what the hand remembers
   * @param tints laid over it, one after the other, so that it is never the colour of the paper
   */
  paint(state: State, seconds: number, tints: readonly (readonly [GlobalCompositeOperation, string])[]): void {
    this.#turn = (this.#turn + seconds / LOOP) % 1
    const towards = this.#project(state.h)
    const part = 1 - (1 - EASE) ** seconds
    this.#sway = this.#sway.map((value, n) => value + part * (towards[n] - value))
    const loop = latentOnLoop(this.#recipe.latent, this.#turn, RADIUS)
    const latent = loop.map((value, n) => value + this.#sway[n])
    const longer = SIDE[this.#renderer.kind] / Math.max(innerWidth, innerHeight)
    for (const canvas of [this.canvas, this.#painted]) {
      canvas.width = Math.max(1, Math.round(longer * innerWidth))
      canvas.height = Math.max(1, Math.round(longer * innerHeight))
    }
    this.#renderer.draw(patternFromRecipe({ ...this.#recipe, latent }, this.#network))
    const context = this.canvas.getContext('2d') as CanvasRenderingContext2D
    context.drawImage(this.#painted, 0, 0)
    for (const [mode, color] of tints) {
      context.globalCompositeOperation = mode
      context.fillStyle = color
      context.fillRect(0, 0, this.canvas.width, this.canvas.height)
    }
    context.globalCompositeOperation = 'source-over'
  }

  /** The hidden state as a few numbers: how it lies along as many fixed directions, drawn from the seed. */
  #project(h: Float32Array): number[] {
    const { latent, seed } = this.#recipe
    if (this.#weights.length !== latent.length * h.length) {
      const random = new Random(seed)
      this.#weights = Float32Array.from({ length: latent.length * h.length }, () => random.normal())
    }
    const norm = Math.hypot(...h) || 1
    return latent.map((_, n) => {
      let sum = 0
      for (let j = 0; j < h.length; j++) sum += this.#weights[n * h.length + j] * h[j]
      return (SWAY * sum) / norm
    })
  }
}
