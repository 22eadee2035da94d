import type { Pen } from 'longhand'
import { frameTime } from '../frame/frame-time.ts'
import type { Line } from '../frame/written-line.ts'
import type { Hairs } from './hairs.ts'

/** How a piece of a hair that veers to one side is drawn: at its root along is 0, at its tip 1. */
export type HairStyle = (context: CanvasRenderingContext2D, right: boolean, along: number) => void

interface Sprout {
  hair: number
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
  draw(context: CanvasRenderingContext2D, hairs: Hairs, line: Line, style: HairStyle): void {
    context.save()
    context.globalCompositeOperation = 'destination-over' // no layers to lay over each other, frame by frame
    context.lineCap = 'butt' // where translucent pieces meet, round ones would leave a dot
    const extend = (sprout: Sprout) => {
      const { hair, pen } = sprout
      const length = hairs.length(hair)
      style(context, hairs.isRight(hair), sprout.grown / length)
      context.beginPath()
      hairs.extend(hair, sprout.grown, pen, line.unit, context)
      context.stroke()
      return ++sprout.grown < length
    }
    const inTime = frameTime(4)
    const late = hairs.count - this.#drawn > BACKLOG
    while (this.#drawn < hairs.count && (!late || inTime())) {
      const hair = this.#drawn++
      const pen = hairs.penOf(hair, line)
      if (!pen) continue
      const sprout = { hair, pen, grown: 0 }
      if (late) while (extend(sprout));
      else this.#growing.push(sprout)
    }
    this.#growing = this.#growing.filter(extend)
    context.restore()
  }
}
