import {
  type InkPoint,
  listenToPointers,
  type Model,
  type Movement,
  type PageOptions,
  Pen,
  type Point,
  type State,
  type Surface,
  VisitorInk,
} from 'longhand'
import { unscaled } from './unscaled.ts'
import { type Line, LONGEST } from './written-line.ts'

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
      this.states.push(this.#model.network.step(movement, this.states.at(-1) ?? this.#model.zero_state()))
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
