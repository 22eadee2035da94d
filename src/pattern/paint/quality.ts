import { previewEngine } from '../network/wasm-engine.ts'
import type { Pattern } from '../pattern.ts'
import { createPainter, type Painter } from './painter.ts'

/**
 * How the CPU paints: 'exact', with the same bytes on every machine; or 'preview', in float32, in half the time, and off by
 * a 255th here and there. The swift one is for pictures under a hand that drags, which are there for a moment.
 */
export type Quality = 'exact' | 'preview'

/** Pixels along each side of the picture that is painted both ways first, */
const TRIAL = 8
/** and how far apart, of 255, both may be on the mean. */
const TOLERANCE = 0.5

/**
 * A painter at some quality. A network that is both deep and steep makes much of float32's rounding; where that would show,
 * and where there is no WebAssembly, the swift painter is the exact one.
 */
export function painterFor(pattern: Pattern, quality: Quality): Painter {
  const exact = createPainter(pattern)
  const engine = quality === 'preview' ? previewEngine() : undefined
  if (!engine) return exact
  const swift = createPainter(pattern, engine)
  return difference(swift, exact) <= TOLERANCE ? swift : exact
}

/** Of a small picture: the mean over all its bytes. */
function difference(one: Painter, other: Painter): number {
  const [bytes, others] = [one, other].map((painter) => {
    const out = new Uint8ClampedArray(4 * TRIAL * TRIAL)
    painter.paint({ width: TRIAL, height: TRIAL }, out)
    return out
  }) as [Uint8ClampedArray, Uint8ClampedArray]
  return bytes.reduce((sum, byte, k) => sum + Math.abs(byte - others[k]), 0) / bytes.length
}
