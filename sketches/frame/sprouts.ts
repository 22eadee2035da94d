import type { Movement, Pen } from 'longhand'
import { frameTime } from './frame-time.ts'
import { type Hair, hairPen } from './tufts.ts'
import type { Line } from './written-line.ts'

/** How a piece of a hair is drawn: at its root along is 0, at its tip 1. */
export type HairStyle = (context: CanvasRenderingContext2D, hair: Hair, along: number) => void

interface Sprout {
  hair: Hair
  pen: Pen
  grown: number
}

// So many hairs that wait to be drawn do not grow any more: they have been there before the window changed.
const BACKLOG = 200

/** Hairs that come up on a drawing, under what is there already: each grows by a movement a frame, and stays. */
export class Sprouts {
  #drawn = 0
  #growing: Sprout[] = []

  /** Whether everything is drawn. */
  get still(): boolean {
    return this.#growing.length === 0
  }

  /** On an empty sheet: all hairs come anew. */
  clear(): void {
    this.#drawn = 0
    this.#growing = []
  }

  /** One frame of growth. The hairs have their roots at the points of the line. */
  draw(context: CanvasRenderingContext2D, hairs: readonly Hair[], line: Line, style: HairStyle): void {
    context.save()
    context.globalCompositeOperation = 'destination-over' // no layers to lay over each other, frame by frame
    context.lineCap = 'butt' // where translucent pieces meet, round ones would leave a dot
    const extend = (sprout: Sprout) => {
      const isTip = sprout.grown === sprout.hair.movements.length - 1
      const [dx, dy] = sprout.hair.movements[sprout.grown] as Movement
      style(context, sprout.hair, sprout.grown / sprout.hair.movements.length)
      context.beginPath()
      sprout.pen.move([dx * line.unit, dy * line.unit, isTip ? 1 : 0], context)
      context.stroke()
      sprout.grown++
      return !isTip
    }
    const inTime = frameTime(4)
    const late = hairs.length - this.#drawn > BACKLOG
    while (this.#drawn < hairs.length && (!late || inTime())) {
      const hair = hairs[this.#drawn++] as Hair
      const root = line.points[hair.root]
      if (!root) continue // on a smaller sheet the line has not come so far
      const sprout = { hair, pen: hairPen(root), grown: 0 }
      if (late) while (extend(sprout));
      else this.#growing.push(sprout)
    }
    this.#growing = this.#growing.filter(extend)
    context.restore()
  }
}
