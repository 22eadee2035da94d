import {
  FreeHand,
  Manuscript,
  type Model,
  type Movement,
  type PageOptions,
  type Point,
  type State,
  type Surface,
} from 'longhand'
import { frameTime } from './frame-time.ts'
import { WritingPace } from './writing-pace.ts'
import { type Line, LONGEST } from './written-line.ts'

/** A line that the network writes. Entry 0 of its lists is the start: a lifted pen at the margin. */
export class HandLine implements Line {
  readonly movements: Movement[] = [[0, 0, 1]]
  points: Point[] = []
  readonly states: State[] = []
  readonly scale = 1
  readonly revision = 0
  readonly #manuscript: Manuscript
  readonly #hand: FreeHand
  readonly #temperature: number
  readonly #pace = new WritingPace()
  #drawn = 0

  constructor(model: Model, temperature: number, page: PageOptions) {
    this.#hand = new FreeHand(model)
    this.#temperature = temperature
    this.#manuscript = new Manuscript(page)
    this.points.push({ x: page.left, y: page.top })
  }

  get unit(): number {
    return this.#manuscript.layout.unit
  }

  get rests(): boolean {
    return this.#manuscript.full || this.movements.length >= LONGEST
  }

  hasInk(n: number): boolean {
    return this.movements[n - 1]?.[2] === 0 && !this.#manuscript.startsLine(n - 1)
  }

  advance(seconds: number, hasTime: () => boolean): void {
    if (this.rests || !this.#hand.warmUp(frameTime())) return
    this.#pace.run(seconds, () => (this.rests || !hasTime() ? null : this.#write()))
  }

  drawNew(surface: Surface): void {
    this.#manuscript.draw(surface, this.#drawn)
    this.#drawn = this.#manuscript.length
  }

  restart(): void {
    this.#drawn = 0
  }

  layOut(page: PageOptions): void {
    this.#manuscript.layOut(page)
    this.points = [{ x: page.left, y: page.top }, ...this.#manuscript.points]
    if (this.#manuscript.full) this.points.pop()
  }

  #write(): Movement {
    const movement = this.#hand.write(this.#temperature)
    this.states.push(this.#hand.state) // after reading the movement before this one
    this.movements.push(movement)
    this.#manuscript.add(movement, undefined)
    if (!this.#manuscript.full) this.points.push({ x: this.#manuscript.pen.x, y: this.#manuscript.pen.y })
    return movement
  }
}
