import type { Manuscript, Mark } from 'longhand'
import type p5 from 'p5'

/**
 * Draws the movements of a manuscript, from one on, on pages where color or width change from movement to movement.
 * @param style width in pixels
 */
export function drawMovements<Tag>(
  p: p5,
  manuscript: Manuscript<Tag>,
  from: number,
  style: (mark: Mark<Tag>) => { color: string; width: number },
): void {
  const context = p.drawingContext as CanvasRenderingContext2D
  context.lineCap = context.lineJoin = 'round'
  for (let index = from; index < manuscript.length; index++) {
    const { color, width } = style(manuscript.mark(index))
    context.strokeStyle = color
    context.lineWidth = width
    context.beginPath()
    manuscript.draw(context, index, index + 1)
    context.stroke()
  }
}
