/** Pointers -> ink -> movements that the network knows. */

export type { InkPoint, Point } from './point.ts'
export { listenToPointers, type PointerOptions } from './pointer.ts'
export { type Pace, Resampler, resample } from './resample.ts'
export { type InkListener, type Stroke, Strokes } from './strokes.ts'
export { Writer, type WriterOptions } from './writer.ts'
