import { checkMovement, type Movement } from '../math/movement.ts'
import { Page, type PageOptions } from './page.ts'
import { Recording } from './recording.ts'
import type { Surface } from './surface.ts'
import { Svg, type SvgOptions } from './svg.ts'

/** One movement of a manuscript, as callbacks see it. */
export interface Mark<Tag> {
  /** its index in `movements` */
  readonly index: number
  /** the line of the page that its ink is on, from 0 */
  readonly line: number
  readonly tag: Tag
}

export interface ManuscriptSvgOptions<Tag> extends SvgOptions {
  /** the color of a layer, asked with its first mark */
  color: (mark: Mark<Tag>) => string
  /** the name of the layer that a mark belongs to; left out, every line of the page is a layer */
  layer?: (mark: Mark<Tag>) => string
}

/**
 * All movements of a page, kept in model units, so that they can be laid out and drawn again on a page of any size.
 *
 * Each movement may carry a tag: the temperature it was sampled at, the state of the network, the character it belongs to.
 * Arrays have one entry per movement. `add` is for free writing, whose lines the page breaks where it finds a space;
 * `addWord` and `breakLine` are for text, whose words and lines are known.
 *
 *     const manuscript = new Manuscript(page)
 *     while (!manuscript.full) manuscript.add(hand.write(0.5), undefined, context)   // draws what is new
 *     manuscript.layOut(largerPage)                                                   // the window has changed:
 *     manuscript.draw(context)                                                        // draws everything again
 */
export class Manuscript<Tag = undefined> {
  /** model units */
  readonly movements: Movement[] = []
  readonly tags: Tag[] = []
  readonly #words = new Map<number, number>() // the index of a word's first movement, and behind its last
  readonly #breaks = new Map<number, number>() // line breaks before a movement
  readonly #most: number
  #layout: PageOptions
  #page: Page
  #recording = new Recording()
  #ends: number[] = [] // where the ink of each movement ends in the recording
  #lines: number[] = []
  #points: { x: number; y: number }[] = []

  /**
   * @param layout margins, line height, and the size of a model unit; RangeError as for `Page`
   * @param most movements after which the page counts as full, even if the writing went in circles
   */
  constructor(layout: PageOptions, most = Number.POSITIVE_INFINITY) {
    this.#most = most
    this.#layout = layout
    this.#page = new Page(layout)
  }

  get layout(): Readonly<PageOptions> {
    return this.#layout
  }

  /** The number of movements. */
  get length(): number {
    return this.movements.length
  }

  /** Whether the page is full. Movements that find no room on it are kept but not drawn. */
  get full(): boolean {
    return this.#page.full || this.length >= this.#most
  }

  /** The line that is being written, from 0. */
  get line(): number {
    return this.#page.line
  }

  /** The pen: where it is on the page, in pixels, and whether it touches the paper. */
  get pen(): Readonly<{ x: number; y: number; touches: boolean }> {
    return this.#page.pen
  }

  /** Where the pen was after each movement, in pixels. */
  get points(): readonly Readonly<{ x: number; y: number }>[] {
    return this.#points
  }

  /**
   * Appends a movement and draws its ink.
   * @param surface left out, nothing is drawn
   * @returns the movement as it was placed on the page, in model units: at the end of a line, it leads to the next one
   */
  add(movement: Readonly<Movement>, tag: Tag, surface?: Surface): Movement {
    checkMovement(movement)
    const { x, y } = this.#page.pen
    this.#append(movement, tag)
    this.#place(this.length - 1)
    if (surface) this.draw(surface, this.length - 1)
    const { unit } = this.#layout
    return [(this.#page.pen.x - x) / unit, (this.#page.pen.y - y) / unit, movement[2]]
  }

  /**
   * Appends a word and draws its ink. A word stays whole: if the rest of the line is too short, it starts the next line.
   * Only a word longer than a whole line is broken, as free writing is.
   * @param movements the first one leads from the word before to this one; at the start of a line, its dx is dropped
   * @param tags one per movement; RangeError unless there are as many
   * @param surface left out, nothing is drawn
   */
  addWord(movements: readonly Readonly<Movement>[], tags: readonly Tag[], surface?: Surface): void {
    for (const movement of movements) checkMovement(movement)
    if (movements.length !== tags.length)
      throw new RangeError(`Expected one tag per movement, got ${tags.length} for ${movements.length} movements.`)
    const start = this.length
    movements.forEach((movement, n) => {
      this.#append(movement, tags[n])
    })
    this.#words.set(start, this.length)
    this.#place(start)
    if (surface) this.draw(surface, start)
  }

  /** Starts the next movement or word on a new line. Call it again for an empty line. */
  breakLine(): void {
    this.#breaks.set(this.length, (this.#breaks.get(this.length) ?? 0) + 1)
  }

  /** Lays everything out on another page. Draws nothing: call `draw` on a clean surface. */
  layOut(layout: PageOptions): void {
    this.#page = new Page(layout)
    this.#layout = layout
    this.#recording = new Recording()
    this.#ends = []
    this.#lines = []
    this.#points = []
    this.#place(0)
  }

  /** Removes all movements. The layout stays. */
  clear(): void {
    this.movements.length = this.tags.length = 0
    this.#words.clear()
    this.#breaks.clear()
    this.layOut(this.#layout)
  }

  /** Draws the ink of the movements from `from` up to, not including, `to`. */
  draw(surface: Surface, from = 0, to = this.length): void {
    if (from < to) this.#recording.replay(surface, this.#start(from), this.#ends[to - 1])
  }

  /** One movement with its line and tag. */
  mark(index: number): Mark<Tag> {
    return { index, line: this.#lines[index], tag: this.tags[index] }
  }

  /** Whether a movement left ink. */
  hasInk(index: number): boolean {
    return this.#start(index) < this.#ends[index]
  }

  /** Whether the line was broken before a movement, so that it leads to the next line. */
  startsLine(index: number): boolean {
    return (this.#lines[index + 1] ?? this.#page.line) !== this.#lines[index]
  }

  /** Exports the page as SVG: one path per stroke, one layer per line, or as `layer` names them. */
  svg({ color, layer = ({ line }) => `line ${line + 1}`, ...options }: ManuscriptSvgOptions<Tag>): string {
    const layers = new Map<string, number[]>()
    for (let index = 0; index < this.length; index++) {
      const name = layer(this.mark(index))
      const indices = layers.get(name)
      if (indices) indices.push(index)
      else layers.set(name, [index])
    }
    const drawing = new Svg()
    for (const [name, indices] of layers) {
      drawing.layer(color(this.mark(indices[0])), name)
      for (const index of indices) this.draw(drawing, index, index + 1)
    }
    return drawing.toString(options)
  }

  #start(index: number): number {
    return index > 0 ? this.#ends[index - 1] : 0
  }

  #append(movement: Readonly<Movement>, tag: Tag): void {
    this.movements.push([...movement])
    this.tags.push(tag)
  }

  /** Lays out the movements from `from` on. */
  #place(from: number): void {
    let wordEnd = from // behind a word that has room on its line
    for (let index = from; index < this.length; index++) {
      const { line } = this.#page // before it may break: the ink that ends a line belongs to it
      for (let n = this.#breaks.get(index) ?? 0; n > 0; n--) this.#page.breakLine(this.#recording)
      const end = this.#words.get(index)
      if (end !== undefined && this.#makeRoom(index, end)) wordEnd = end
      this.#page.write(this.movements[index], this.#recording, index >= wordEnd)
      const { x, y } = this.#page.pen
      this.#lines.push(line)
      this.#points.push({ x, y })
      this.#ends.push(this.#recording.end)
    }
  }

  /** Breaks the line before a word that does not fit. @returns whether the word then fits */
  #makeRoom(start: number, end: number): boolean {
    const word = this.movements.slice(start, end)
    if (this.#page.fits(word)) return true
    if (!this.#page.blank) this.#page.breakLine(this.#recording, true)
    return this.#page.fits(word)
  }
}
