import {
  FreeHand,
  type InkPoint,
  listenToPointers,
  Manuscript,
  type Model,
  type Movement,
  type PageOptions,
  Pen,
  type Point,
  type State,
  type Surface,
  VisitorInk,
} from 'longhand'
import { frameTime } from './frame-time.ts'
import { unscaled } from './unscaled.ts'
import { WritingPace } from './writing-pace.ts'

/** A written line with the network's state at every point. Entry n of each list is after movement n. */
export interface Line {
  /** model units */
  readonly movements: readonly Movement[]
  /** where the pen was, in page pixels; a full page has no room for the last */
  readonly points: readonly Point[]
  /** after reading that movement; the last ones may be still to come */
  readonly states: readonly State[]
  /** pixels per model unit */
  readonly unit: number
  /** at which the page is shown: drawings are multiplied by it, pointer positions divided */
  readonly scale: number
  /** increases when the whole line has changed and must be drawn again */
  readonly revision: number
  /** whether nothing is left to do until the visitor writes */
  readonly rests: boolean
  /** whether a movement left ink */
  hasInk(n: number): boolean
  /** Continues for one frame: writes, or reads what was written. */
  advance(seconds: number, hasTime: () => boolean): void
  /** Draws what is new since the last call. */
  drawNew(surface: Surface): void
  /** Makes the next `drawNew` draw everything. */
  restart(): void
  /** Lays out the line on a page of another size. */
  layOut(page: PageOptions): void
}

export const LONGEST = 1500 // movements: what fits on a page, and what memory and time allow

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
    return this.#manuscript.full || this.#manuscript.length + 1 >= LONGEST
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

const MARGIN = 24 // pixels to keep free beyond the ink when the window gets smaller

/** A line that a visitor writes, with what the network makes of it. */
export class VisitorLine implements Line {
  readonly ink: VisitorInk
  movements: Movement[] = []
  states: State[] = []
  scale = 1
  readonly #model: Model
  readonly #page: PageOptions // when the line began
  #revision = 0
  #pen = new Pen()
  #strokes = 0 // drawn
  #samples = 0 // drawn of the next stroke

  constructor(model: Model, page: PageOptions) {
    this.#model = model
    this.#page = page
    this.ink = new VisitorInk({ unit: page.unit })
  }

  get points(): readonly Point[] {
    return this.ink.points
  }

  get unit(): number {
    return this.ink.unit
  }

  get revision(): number {
    return this.ink.revision
  }

  get full(): boolean {
    return this.ink.movements.length >= LONGEST
  }

  get rests(): boolean {
    return !this.ink.writing && this.#isRead
  }

  hasInk(n: number): boolean {
    return this.ink.movements[n - 1]?.[2] === 0
  }

  advance(_seconds: number, hasTime: () => boolean): void {
    if (this.#revision !== this.revision) {
      this.#revision = this.revision
      this.movements = []
      this.states = []
    }
    while (!this.#isRead && hasTime()) {
      const movement = this.ink.movements[this.states.length]
      this.movements.push(movement)
      this.states.push(this.#model.update(movement, this.states.at(-1) ?? this.#model.zero_state()))
    }
  }

  /** Draws all new ink, up to the tip of the pen, which the network has yet to read. */
  drawNew(surface: Surface): void {
    const { strokes, writing } = this.ink
    for (; this.#strokes < strokes.length; this.#strokes++, this.#samples = 0) {
      const stroke = strokes[this.#strokes]
      for (; this.#samples < stroke.length; this.#samples++) {
        const { x, y } = stroke[this.#samples]
        if (this.#samples > 0) this.#pen.move([x - this.#pen.x, y - this.#pen.y, 0], surface)
        else this.#putDown(x, y, surface)
      }
      if (writing && this.#strokes === strokes.length - 1) return
      this.#pen.jump(this.#pen.x, this.#pen.y, surface)
    }
  }

  restart(): void {
    this.#strokes = this.#samples = 0
    this.#pen = new Pen()
  }

  /** Keeps the ink where it was written. If the window gets too small for it, it is shown smaller. */
  layOut({ right, bottom }: PageOptions): void {
    let width = MARGIN
    let height = MARGIN
    for (const { x, y } of this.ink.strokes.flat()) {
      width = Math.max(width, x + MARGIN)
      height = Math.max(height, y + MARGIN)
    }
    const isNarrower = right < this.#page.right
    const isLower = bottom < this.#page.bottom
    this.scale = Math.min(1, isNarrower ? innerWidth / width : 1, isLower ? bottom / height : 1)
  }

  get #isRead(): boolean {
    return this.states.length >= Math.min(this.ink.movements.length, LONGEST)
  }

  /** Draws a dot, until more follows. */
  #putDown(x: number, y: number, surface: Surface): void {
    this.#pen.jump(x, y, surface)
    this.#pen.touches = true
    surface.moveTo(x, y)
    surface.lineTo(x, y)
  }
}

/** Moves a pen on to a point of a line, and draws if that movement left ink. */
export function moveToPoint(line: Line, n: number, pen: Pen, surface?: Surface): void {
  const { x, y } = line.points[n]
  const lifts = line.movements[n]?.[2] ?? 0
  if (line.hasInk(n)) pen.move([x - pen.x, y - pen.y, lifts], surface)
  else {
    pen.jump(x, y, surface)
    pen.touches = lifts === 0
  }
}

/**
 * Connects the visitor's pointers to a line.
 * @param lineAt returns the line to write on where a pointer comes down, or nothing to ignore it
 */
export function writeOn(container: HTMLElement, lineAt: (point: Point) => VisitorLine | undefined): void {
  let line: VisitorLine | undefined
  const place = (point: InkPoint) => unscaled(point, line?.scale ?? 1)
  listenToPointers(container, {
    onDown(point) {
      line = lineAt(point)
      line?.ink.down(place(point))
    },
    onMove(points) {
      line?.ink.move(points.map(place))
    },
    onUp({ end }) {
      if (end === 'palm') line?.ink.undo()
      else line?.ink.up()
    },
  })
}
