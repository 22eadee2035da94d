import type { Pen } from 'longhand'
import { frameTime } from '../frame/frame-time.ts'
import type { Line } from '../frame/written-line.ts'
import type { Hairs } from './hairs.ts'

/** Sets the style of a piece of a hair. @param along 0 at the root, 1 at the tip */
export type HairStyle = (context: CanvasRenderingContext2D, right: boolean, along: number) => void

interface Sprout {
  hair: number
  pen: Pen
  grown: number
}

// With more hairs than this waiting to be drawn, they appear at once: they were there before the window changed.
const BACKLOG = 200

/** Draws hairs under the existing drawing. Each grows by one movement per frame and stays. */
export class Sprouts {
  #drawn = 0
  #growing: Sprout[] = []

  /** Returns whether everything is drawn. */
  get still(): boolean {
    return this.#growing.length === 0
  }

  /** Starts again on an empty page. */
  clear(): void {
    this.#drawn = 0
    this.#growing = []
  }

  /** Draws one frame of growth. The roots of the hairs are points of the line. */
  draw(context: CanvasRenderingContext2D, hairs: Hairs, line: Line, style: HairStyle): void {
    context.save()
    context.globalCompositeOperation = 'destination-over' // instead of layers composed in every frame
    context.lineCap = 'butt' // round caps would leave a dot where translucent pieces meet
    const extend = (sprout: Sprout) => {
      const { hair, pen } = sprout
      const length = hairs.length(hair)
      style(context, hairs.isRight(hair), sprout.grown / length)
      context.beginPath()
      hairs.extend(hair, sprout.grown, pen, line.unit, context)
      context.stroke()
      return ++sprout.grown < length
    }
    const hasTime = frameTime(4)
    const late = hairs.count - this.#drawn > BACKLOG
    while (this.#drawn < hairs.count && (!late || hasTime())) {
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
