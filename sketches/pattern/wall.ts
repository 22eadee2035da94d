import { patternFromRecipe, type Recipe } from 'longhand'
import { frameTime } from '../frame/frame-time.ts'
import { notice } from '../frame/notice.ts'
import type { Palette } from '../frame/palette.ts'
import type { Picture } from './picture.ts'
import { CENTER, familyOf } from './relatives.ts'
import { isArrow, neighborOf, pictureAt, rectOf } from './wall-layout.ts'

/** A wall of nine pictures to breed from: a picture and its relatives. */
export class Wall {
  needsDrawing = true
  readonly #recipes: readonly Recipe[]
  readonly #picture: Picture
  readonly #onChoose: (recipe: Recipe) => void
  readonly #prints: HTMLCanvasElement[] = []
  /** index of the picture under the pointer, or chosen by the arrow keys */
  #selected = CENTER
  /** number of pictures that are finished */
  #painted = 0
  #isStarted = false

  constructor(recipe: Recipe, picture: Picture, onChoose: (recipe: Recipe) => void) {
    this.#recipes = familyOf(recipe)
    this.#picture = picture
    this.#onChoose = onChoose
    document.documentElement.dataset.wall = ''
    ;(document.getElementById('tune') as HTMLDetailsElement).open = false
    const keys = matchMedia('(hover: hover)').matches ? ' (← ↑ ↓ → Enter)' : ''
    notice(`Choose one${keys} to breed from.`, 7)
  }

  close(): void {
    delete document.documentElement.dataset.wall
    notice('')
  }

  /** whether all pictures are finished */
  get done(): boolean {
    return this.#painted === this.#recipes.length
  }

  /** Selects the picture at a point of the window. */
  hover(x: number, y: number): void {
    this.#select(pictureAt(x, y))
  }

  /** Chooses the picture at a point of the window. */
  tap(x: number, y: number): void {
    const n = pictureAt(x, y)
    if (n !== undefined) this.#onChoose(this.#recipes[n])
  }

  /** Handles the arrow keys and Enter. @returns whether the key was one of them */
  press(key: string): boolean {
    if (key === 'Enter') this.#onChoose(this.#recipes[this.#selected])
    else if (isArrow(key)) this.#select(neighborOf(this.#selected, key))
    else return false
    return true
  }

  #select(n = this.#selected): void {
    if (n !== this.#selected) this.needsDrawing = true
    this.#selected = n
  }

  /** Paints all pictures again, because the window has changed. */
  repaint(): void {
    this.#painted = 0
    this.#isStarted = false
    this.needsDrawing = true
  }

  /** Paints unfinished pictures and draws what is new. @param density painted pixels per CSS pixel */
  draw(context: CanvasRenderingContext2D, { paper, ink, accent }: Palette, density: number): void {
    this.#paint(density)
    if (!this.needsDrawing) return
    this.needsDrawing = false
    context.fillStyle = paper
    context.fillRect(0, 0, innerWidth, innerHeight)
    for (const [n, print] of this.#prints.entries()) {
      const { x, y, width, height } = rectOf(n)
      context.drawImage(print, x, y, width, height)
      if (n !== this.#selected && n !== CENTER) continue
      context.strokeStyle = n === this.#selected ? accent : ink
      context.lineWidth = n === this.#selected ? 3 : 1
      context.strokeRect(x - 3.5, y - 3.5, width + 7, height + 7)
    }
  }

  /** Paints unfinished pictures while there is time in this frame. */
  #paint(density: number): void {
    const hasTime = frameTime()
    while (!this.done && hasTime()) {
      const n = this.#painted
      if (!this.#isStarted) {
        const { width, height } = rectOf(n)
        this.#picture.resize(Math.round(width * density), Math.round(height * density))
        this.#picture.draw(patternFromRecipe(this.#recipes[n]))
        this.#isStarted = true
      }
      this.#prints[n] = this.#picture.print(this.#prints[n])
      this.needsDrawing = true
      if (!this.#picture.done) return
      this.#isStarted = false
      this.#painted++
    }
  }
}
