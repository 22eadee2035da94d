import { type Movement, Page, type PageOptions, type Surface } from 'longhand'

/** A single line of writing: it keeps its movements, in model units, and can be ruled anew when the window changes. */
export class Line {
  readonly movements: Movement[] = []
  /** where the pen stood after each movement, in pixels */
  points: { x: number; y: number }[] = []
  /** the ink */
  path = new Path2D()
  readonly #before: readonly Movement[]
  #page: Page
  #options: PageOptions

  /** @param before movements that lead to it and leave no ink: a line may begin in the middle of a word */
  constructor(options: PageOptions, before: readonly Movement[] = []) {
    this.#before = before
    this.#options = options
    this.#page = this.#begin(options)
  }

  /** Whether it is at its end: what is written from now on is lost. */
  get full(): boolean {
    return this.#page.full
  }

  get pen(): { x: number; y: number } {
    return this.#page.pen
  }

  write(movement: Movement): void {
    this.movements.push(movement)
    this.#draw(movement, this.#page, this.path)
    this.points.push({ x: this.pen.x, y: this.pen.y })
  }

  rule(options: PageOptions): void {
    this.#options = options
    this.#page = this.#begin(options)
    this.path = new Path2D()
    this.points = []
    for (const movement of this.movements.splice(0)) this.write(movement)
  }

  /** Draws it all, or from one movement to another, on an SVG or the like. */
  trace(surface: Surface, from = 0, to = this.movements.length): void {
    const page = this.#begin(this.#options)
    this.movements.forEach((movement, n) => {
      this.#draw(movement, page, n >= from && n < to ? surface : undefined)
    })
  }

  #begin(options: PageOptions): Page {
    const page = new Page(options)
    for (const movement of this.#before) this.#draw(movement, page)
    return page
  }

  #draw([dx, dy, pen]: Movement, page: Page, surface?: Surface): void {
    const { unit } = this.#options
    page.write([dx * unit, dy * unit, pen], surface)
  }
}
