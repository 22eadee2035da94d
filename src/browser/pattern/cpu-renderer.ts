import type { Pattern } from '../../pattern/pattern.ts'

/**
 * Shows patterns on a canvas, painted by the CPU. Where an exact picture takes longer than a frame, a preview is shown
 * first, so that a drag stays smooth; it is refined as soon as no newer picture follows.
 */
export interface CpuRenderer {
  draw(pattern: Pattern): void
  /** Gives up the picture that is being painted. */
  stop(): void
}

/** @param done fraction of the canvas that is exact, 0…1 */
export type OnProgress = (done: number) => void
