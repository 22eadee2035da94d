import type { InkPoint } from 'longhand'
import { expect, test, vi } from 'vitest'
import { InkDrawing } from '../../sketches/frame/ink-drawing.ts'
import { Recorder } from '../fixtures/recorder.ts'

vi.mock('../../sketches/frame/controls.ts', () => ({ panelTop: () => 400 }))
vi.stubGlobal('innerWidth', 600)

/** The part of a canvas that InkDrawing uses, which records the ink. */
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

/** Writes two strokes, and draws everything again on a new canvas after some samples of the second. */
function write(redrawnAfter?: number): Canvas {
  const drawing = new InkDrawing(() => 2)
  let canvas = new Canvas()
  for (const down of [200, 0]) {
    points.forEach((point, n) => {
      const place = { ...point, y: point.y + down }
      if (n === 0) drawing.begin(canvas.context, color(), 'visitor', place)
      else drawing.extend(canvas.context, color(), [place])
      if (down > 0 || n + 1 !== redrawnAfter) return
      canvas = new Canvas()
      drawing.draw(canvas.context, color)
    })
    drawing.end(canvas.context, color())
  }
  return canvas
}

test.each([1, 2, 5, 8])('a stroke continues unchanged after a full redraw at its sample %i', (samples) => {
  const { calls, strokes } = write()
  expect(strokes).toHaveLength(4) // two strokes, and the dot that each starts with
  expect(write(samples).calls).toEqual(calls)
})

test('a full redraw after the stroke ends is identical', () => {
  const drawing = new InkDrawing(() => 2)
  const [first, again] = [new Canvas(), new Canvas()]
  drawing.begin(first.context, color(), 'visitor', points[0])
  drawing.extend(first.context, color(), points.slice(1))
  drawing.end(first.context, color())
  drawing.draw(again.context, color)
  expect(again.calls).toEqual(first.calls)
})
