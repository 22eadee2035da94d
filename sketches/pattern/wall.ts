import { patternFromRecipe, Random, type Recipe } from 'longhand'
import { frameTime } from '../frame/frame-time.ts'
import { panelTop } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'
import type { Palette } from '../frame/palette.ts'
import type { Picture } from './picture.ts'

const GAP = 0.018 // of the window's shorter side, between two pictures
const NEAR = 0.55 // how far the latent numbers go towards the sides,
const FAR = 1.3 // and towards the corners
const LARGEST = 8 // of a latent number, in either direction
const MIDDLE = 4
const NOTICE = { phone: 7.1, wide: 4.1 } // rem from the top, down to which the line goes that says what to do

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Nine pictures: one and its neighbours in latent space. Those at its sides are its children, those at the corners its
 * cousins: they differ in their colours too, and in how much happens in them.
 */
export class Wall {
  readonly recipes: readonly Recipe[]
  /** the picture under the hand */
  at = MIDDLE
  readonly #picture: Picture
  readonly #prints: HTMLCanvasElement[] = []
  #painted = 0
  #begun = false

  constructor(recipe: Recipe, picture: Picture) {
    const random = new Random()
    this.recipes = Array.from({ length: 9 }, (_, n) => (n === MIDDLE ? recipe : relative(recipe, n % 2 === 0, random)))
    this.#picture = picture
    document.documentElement.dataset.wall = ''
    ;(document.getElementById('tune') as HTMLDetailsElement).open = false
    const keys = matchMedia('(hover: hover)').matches ? ' (or ← ↑ ↓ → and Enter)' : ''
    notice(`Choose one${keys}, and see its children.`, 7)
  }

  close(): void {
    delete document.documentElement.dataset.wall
    notice('')
  }

  /** All nine are there. */
  get done(): boolean {
    return this.#painted === this.recipes.length
  }

  /** Paints what is still to be painted, as there is time. @returns whether anything is new */
  paint(pixels: number): boolean {
    const inTime = frameTime()
    if (this.done) return false
    do {
      const { width, height } = boxOf(0)
      const n = this.#painted
      if (!this.#begun) {
        this.#picture.resize(Math.round(width * pixels), Math.round(height * pixels))
        this.#picture.draw(patternFromRecipe(this.recipes[n]))
        this.#begun = true
      }
      this.#prints[n] = this.#picture.print(this.#prints[n])
      if (!this.#picture.done) return true
      this.#begun = false
      this.#painted++
    } while (!this.done && inTime())
    return true
  }

  /** Whatever was painted is painted again: the window has changed. */
  again(): void {
    this.#painted = 0
    this.#begun = false
  }

  /** The hand is at a place of the window. @returns whether that is over another picture than before */
  hover(x: number, y: number): boolean {
    const before = this.at
    this.at = this.#find(x, y) ?? before
    return this.at !== before
  }

  /** An arrow key: the picture beside, if there is one. @returns whether there is */
  step(right: number, down: number): boolean {
    const column = (this.at % 3) + right
    const row = Math.floor(this.at / 3) + down
    if (column < 0 || column > 2 || row < 0 || row > 2) return false
    this.at = 3 * row + column
    return true
  }

  /** The picture at a place of the window. */
  find(x: number, y: number): Recipe | undefined {
    const n = this.#find(x, y)
    return n === undefined ? undefined : this.recipes[n]
  }

  #find(x: number, y: number): number | undefined {
    const n = this.recipes.findIndex((_, n) => {
      const box = boxOf(n)
      return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height
    })
    return n < 0 ? undefined : n
  }

  draw(context: CanvasRenderingContext2D, { paper, ink, accent }: Palette): void {
    context.fillStyle = paper
    context.fillRect(0, 0, innerWidth, innerHeight)
    for (const [n, print] of this.#prints.entries()) {
      const { x, y, width, height } = boxOf(n)
      context.drawImage(print, x, y, width, height)
      if (n !== this.at && n !== MIDDLE) continue
      context.strokeStyle = n === this.at ? accent : ink
      context.lineWidth = n === this.at ? 3 : 1
      context.strokeRect(x - 3.5, y - 3.5, width + 7, height + 7)
    }
  }
}

function relative(recipe: Recipe, far: boolean, random: Random): Recipe {
  const step = far ? FAR : NEAR
  const latent = (recipe.latent.length > 0 ? recipe.latent : [0, 0]).map((value) =>
    Math.min(Math.max(value + step * random.normal(), -LARGEST), LARGEST),
  )
  if (!far) return { ...recipe, latent }
  const [from, span] = recipe.hue
  return {
    ...recipe,
    latent,
    hue: [wrap(from + 0.1 * random.normal()), Math.min(Math.max(span + 0.1 * random.normal(), -1.5), 1.5)],
    frequency: Math.min(Math.max(recipe.frequency * (1 + 0.2 * random.normal()), 1), 20),
  }
}

function wrap(turns: number): number {
  return turns - Math.floor(turns)
}

/** Where a picture hangs: each has the window's proportions, and the panel hides none of them. */
function boxOf(n: number): Box {
  const gap = Math.max(8, GAP * Math.min(innerWidth, innerHeight))
  const bottom = panelTop() - gap
  const top =
    NOTICE[innerWidth <= 640 ? 'phone' : 'wide'] *
    Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const scale = Math.max(
    0.05,
    Math.min((innerWidth - 4 * gap) / (3 * innerWidth), (bottom - top - 2 * gap) / (3 * innerHeight)),
  )
  const width = scale * innerWidth
  const height = scale * innerHeight
  const left = (innerWidth - 3 * width - 2 * gap) / 2
  const upper = top + (bottom - top - 3 * height - 2 * gap) / 2
  return { x: left + (n % 3) * (width + gap), y: upper + Math.floor(n / 3) * (height + gap), width, height }
}
