import {
  createRenderer,
  latentOnLoop,
  networkFromRecipe,
  patternFromRecipe,
  type Recipe,
  type Renderer,
  recipeFromSeed,
  type State,
} from 'longhand'
import { startTileWorkers } from '../frame/tile-workers.ts'
import { Sway } from './sway.ts'

const LOOKS: readonly Partial<Recipe>[] = [
  { depth: 8, frequency: 10, contrast: 1.5, hue: [0.05, 0.22] }, // embers
  { depth: 8, frequency: 10, contrast: 1.5, hue: [0.6, 0.35] }, // the sea, and its flowers
  { depth: 8, frequency: 10, contrast: 1.5, hue: [0.25, -0.55] }, // a garden
]
const LOOP = 60 // seconds of the pattern's loop
const RADIUS = 0.7
const SWAY = 1.6 // how far the network's state moves the picture, in latent units
const SIDE = { webgl2: 800, cpu: 280 } // pixels along the longer side: it is soft, and visible only through letters
const SELDOM = 0.05 // least seconds between pictures painted by the CPU

export type Tint = readonly [mode: GlobalCompositeOperation, color: string]

/** The light behind the paper: a slow pattern whose latent vector sways with the state of the writing network. */
export class Glow {
  readonly canvas = document.createElement('canvas')
  readonly #painted = document.createElement('canvas')
  readonly #renderer: Renderer = createRenderer(this.#painted, {
    workers: startTileWorkers,
    onProgress: (done) => done === 1 && this.#tint(),
  })
  #recipe = recipeFromSeed(0)
  #network = networkFromRecipe(this.#recipe)
  #sway = new Sway(0, 0, SWAY)
  #tints: readonly Tint[] = []
  #turn = 0
  #waited = 0
  #isPainting = false

  /** Starts the pattern of a seed. */
  begin(seed: number): void {
    this.#recipe = { ...recipeFromSeed(seed), ...LOOKS[seed % LOOKS.length], latent: [0, 0, 0] }
    this.#network = networkFromRecipe(this.#recipe)
    this.#sway = new Sway(seed, this.#recipe.latent.length, SWAY)
    this.#waited = SELDOM // paint it once even if nothing moves
  }

  /** Whether pictures take only GPU time. */
  get isCheap(): boolean {
    return this.#renderer.kind === 'webgl2'
  }

  /**
   * Follows the network's state and paints as often as possible.
   * @param tints applied in turn, so that the pattern never has the color of the paper
   */
  paint(state: State, seconds: number, tints: readonly Tint[]): void {
    if (tints !== this.#tints) this.#waited = SELDOM // repaint for night even if nothing moves
    this.#tints = tints
    this.#turn = (this.#turn + seconds / LOOP) % 1
    this.#waited += seconds
    const sway = this.#sway.follow(state.h, seconds)
    const isResized = this.#resize()
    if (!isResized && !this.isCheap && (this.#isPainting || this.#waited < SELDOM)) return
    this.#waited = 0
    this.#isPainting = true
    const loop = latentOnLoop(this.#recipe.latent, this.#turn, RADIUS)
    const latent = loop.map((value, n) => value + sway[n])
    this.#renderer.draw(patternFromRecipe({ ...this.#recipe, latent }, this.#network))
  }

  /** Follows the window's proportions. @returns whether they have changed */
  #resize(): boolean {
    const scale = SIDE[this.#renderer.kind] / Math.max(innerWidth, innerHeight)
    const width = Math.max(1, Math.round(scale * innerWidth))
    const height = Math.max(1, Math.round(scale * innerHeight))
    if (this.#painted.width === width && this.#painted.height === height) return false
    for (const canvas of [this.canvas, this.#painted]) Object.assign(canvas, { width, height })
    return true
  }

  /** Applies the tints to a finished picture. */
  #tint(): void {
    this.#isPainting = false
    const context = this.canvas.getContext('2d') as CanvasRenderingContext2D
    context.drawImage(this.#painted, 0, 0)
    for (const [mode, color] of this.#tints) {
      context.globalCompositeOperation = mode
      context.fillStyle = color
      context.fillRect(0, 0, this.canvas.width, this.canvas.height)
    }
    context.globalCompositeOperation = 'source-over'
  }
}
