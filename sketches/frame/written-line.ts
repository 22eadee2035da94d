import type { Movement, PageOptions, Pen, Point, State, Surface } from 'longhand'

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
