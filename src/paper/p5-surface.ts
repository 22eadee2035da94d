import type { Surface } from './surface.ts'

/** What a surface needs of p5, in instance mode or global mode, or of a library with p5's vocabulary. */
export interface P5Lines {
  line(x1: number, y1: number, x2: number, y2: number): unknown
  /** left out, curves become polylines */
  bezier?(x1: number, y1: number, x2: number, y2: number, x3: number, y3: number, x4: number, y4: number): unknown
}

/**
 * Returns a surface that draws with p5's own `line` and `bezier`, so that p5's `stroke`, `strokeWeight`, and transformations
 * apply, and so that libraries that record or replace p5's calls (p5.plotSvg, p5.brush) see them.
 *
 *     noFill() // p5 would fill the curves
 *     page.write(hand.write(), p5Surface(p)) // in global mode: p5Surface(window)
 */
export function p5Surface(p: P5Lines): Surface {
  let x = 0
  let y = 0
  const endAt = (toX: number, toY: number) => {
    x = toX
    y = toY
  }
  const surface: Surface = {
    moveTo: endAt,
    lineTo(toX, toY) {
      p.line(x, y, toX, toY)
      endAt(toX, toY)
    },
  }
  if (p.bezier)
    surface.quadraticCurveTo = (controlX, controlY, toX, toY) => {
      // The same curve as a cubic: its control points are two thirds of the way to the quadratic one.
      const toward = (end: number, control: number) => end + (2 / 3) * (control - end)
      p.bezier?.(x, y, toward(x, controlX), toward(y, controlY), toward(toX, controlX), toward(toY, controlY), toX, toY)
      endAt(toX, toY)
    }
  return surface
}
