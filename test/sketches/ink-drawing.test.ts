import type { InkPoint } from 'longhand'
import { expect, test, vi } from 'vitest'
import { InkDrawing } from '../../sketches/frame/ink-drawing.ts'
import { Recorder } from '../fixtures/recorder.ts'

vi.mock('../../sketches/frame/controls.ts', () => ({ panelTop: () => 400 }))
vi.stubGlobal('innerWidth', 600)

/** What of a canvas the paper uses, and of that what was drawn. */
class Canvas extends Recorder {
  save(): void {}
  restore(): void {}
  scale(): void {}
  beginPath(): void {}
  stroke(): void {}
  get context(): CanvasRenderingContext2D {
    return this as unknown as CanvasRenderingContext2D
  }
}

const points = Array.from(
  { length: 8 },
  (_, n): InkPoint => ({ x: 40 + 20 * n, y: 90 + n * n, t: 16 * n, pressure: 0.5 }),
)
const color = () => '#1f2a44'

/** Two lines; all of it is drawn anew after so many samples of the second. */
function write(redrawnAfter?: number): Canvas {
  const paper = new InkDrawing(() => 2)
  let canvas = new Canvas()
  for (const down of [200, 0]) {
    points.forEach((point, n) => {
      const place = { ...point, y: point.y + down }
      if (n === 0) paper.begin(canvas.context, color(), 'visitor', place)
      else paper.extend(canvas.context, color(), [place])
      if (down > 0 || n + 1 !== redrawnAfter) return
      canvas = new Canvas()
      paper.draw(canvas.context, color)
    })
    paper.end(canvas.context, color())
  }
  return canvas
}

test.each([1, 2, 5, 8])('a line goes on where all is drawn anew after %i of its samples', (samples) => {
  const { calls, strokes } = write()
  expect(strokes).toHaveLength(2)
  expect(write(samples).calls).toEqual(calls)
})

test('what is drawn anew when the pen is lifted is what was drawn', () => {
  const paper = new InkDrawing(() => 2)
  const [first, again] = [new Canvas(), new Canvas()]
  paper.begin(first.context, color(), 'visitor', points[0])
  paper.extend(first.context, color(), points.slice(1))
  paper.end(first.context, color())
  paper.draw(again.context, color)
  expect(again.calls).toEqual(first.calls)
})
