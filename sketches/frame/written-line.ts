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
import { onPaper } from './on-paper.ts'
import { WritingPace } from './writing-pace.ts'

/** A written line and what the network remembered at every point of it: entry n of each list is after movement n. */
export interface Line {
  /** model units */
  readonly movements: readonly Movement[]
  /** where the pen was, pixels of the paper; on a small sheet there is no room for the last */
  readonly points: readonly Point[]
  /** having read that movement; the last are still to come */
  readonly states: readonly State[]
  /** pixels a model unit */
  readonly unit: number
  /** how large the paper is shown: what is drawn is drawn times this, and a pointer's pixels are divided by it */
  readonly scale: number
  /** goes up when all of it became another: what was drawn of it is to be drawn anew */
  readonly revision: number
  /** whether it waits for nothing but a hand */
  readonly rests: boolean
  /** whether a movement left ink */
  isInk(n: number): boolean
  /** Goes on for a frame: writes, or reads what was written. */
  goOn(seconds: number, inTime: () => boolean): void
  /** Draws what is new since it was last drawn. */
  ink(surface: Surface): void
  /** All of it is new. */
  restart(): void
  /** Moves to a sheet of another size. */
  layOut(sheet: PageOptions): void
}

export const LONGEST = 1500 // movements: what a page holds, and what memory and time are planned for

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

  isInk(n: number): boolean {
    return this.movements[n - 1]?.[2] === 0 && !this.#manuscript.startsLine(n - 1)
  }

  goOn(seconds: number, inTime: () => boolean): void {
    if (this.rests || !this.#hand.warmUp(frameTime())) return
    this.#pace.run(seconds, () => (this.rests || !inTime() ? null : this.#write()))
  }

  ink(surface: Surface): void {
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
    if (!this.#manuscript.full) this.points.push({ ...this.#manuscript.pen })
    return movement
  }
}

const MARGIN = 24 // pixels that stay free beyond the ink when the window gets smaller

/** A line that a visitor writes, as the network reads it. */
export class VisitorLine implements Line {
  readonly writer: VisitorInk
  movements: Movement[] = []
  states: State[] = []
  scale = 1
  readonly #model: Model
  readonly #sheet: PageOptions // as it was when the line began
  #revision = 0
  #pen = new Pen()
  #strokes = 0
  #samples = 0

  constructor(model: Model, sheet: PageOptions) {
    this.#model = model
    this.#sheet = sheet
    this.writer = new VisitorInk({ unit: sheet.unit })
  }

  get points(): readonly Point[] {
    return this.writer.points
  }

  get unit(): number {
    return this.writer.unit
  }

  get revision(): number {
    return this.writer.revision
  }

  get full(): boolean {
    return this.writer.movements.length >= LONGEST
  }

  get rests(): boolean {
    return !this.writer.writing && this.#isRead
  }

  isInk(n: number): boolean {
    return this.writer.movements[n - 1]?.[2] === 0
  }

  goOn(_seconds: number, inTime: () => boolean): void {
    if (this.#revision !== this.revision) {
      this.#revision = this.revision
      this.movements = []
      this.states = []
    }
    const { movements } = this.writer
    while (!this.#isRead && inTime()) {
      const movement = movements[this.states.length]
      this.movements.push(movement)
      this.states.push(this.#model.update(movement, this.states.at(-1) ?? this.#model.zero_state()))
    }
  }

  /** All ink, to the very tip of the pen, which the network has yet to read. */
  ink(surface: Surface): void {
    const { strokes, writing } = this.writer
    for (; this.#strokes < strokes.length; this.#strokes++, this.#samples = 0) {
      const stroke = strokes[this.#strokes]
      for (; this.#samples < stroke.length; this.#samples++) {
        const { x, y } = stroke[this.#samples]
        if (this.#samples > 0) this.#pen.move([x - this.#pen.x, y - this.#pen.y, 0], surface)
        else this.#touch(x, y, surface)
      }
      if (writing && this.#strokes === strokes.length - 1) return
      this.#pen.jump(this.#pen.x, this.#pen.y, surface)
    }
  }

  restart(): void {
    this.#strokes = this.#samples = 0
    this.#pen = new Pen()
  }

  /** The paper stays as it was written on; on a window that is too small for it, it is shown smaller. */
  layOut({ right, bottom }: PageOptions): void {
    let width = MARGIN
    let height = MARGIN
    for (const { x, y } of this.writer.strokes.flat()) {
      width = Math.max(width, x + MARGIN)
      height = Math.max(height, y + MARGIN)
    }
    const isNarrow = right < this.#sheet.right
    const isLow = bottom < this.#sheet.bottom
    this.scale = Math.min(1, isNarrow ? innerWidth / width : 1, isLow ? bottom / height : 1)
  }

  get #isRead(): boolean {
    return this.states.length >= Math.min(this.writer.movements.length, LONGEST)
  }

  /** A dot, until more comes. */
  #touch(x: number, y: number, surface: Surface): void {
    this.#pen.jump(x, y, surface)
    this.#pen.touches = true
    surface.moveTo(x, y)
    surface.lineTo(x, y)
  }
}

/** Leads a pen on to a point of a line. */
export function inkPoint(line: Line, n: number, pen: Pen, surface?: Surface): void {
  const { x, y } = line.points[n]
  const lifts = line.movements[n]?.[2] ?? 0
  if (line.isInk(n)) pen.move([x - pen.x, y - pen.y, lifts], surface)
  else {
    pen.jump(x, y, surface)
    pen.touches = lifts === 0
  }
}

/**
 * Leads the visitor's pointers to a line.
 * @param lineAt the line to write on where a pointer comes down; without one nothing is written
 */
export function writeOn(sheet: HTMLElement, lineAt: (point: Point) => VisitorLine | undefined): void {
  let line: VisitorLine | undefined
  const place = (point: InkPoint) => onPaper(point, line?.scale ?? 1)
  listenToPointers(sheet, {
    onDown(point) {
      line = lineAt(point)
      line?.writer.down(place(point))
    },
    onMove(points) {
      line?.writer.move(points.map(place))
    },
    onUp({ end }) {
      if (end === 'palm') line?.writer.undo()
      else line?.writer.up()
    },
  })
}
