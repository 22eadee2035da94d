import type { Layer } from '../network/layers.ts'
import { previewEngine } from '../network/wasm-engine.ts'
import type { Pattern } from '../pattern.ts'
import { createPainter, type Painter } from './painter.ts'

/**
 * How the CPU paints. 'exact' gives the same bytes on every machine. 'preview' computes in float32, in half the time, and
 * about one byte in a hundred differs by 1/255: for pictures that are replaced soon, such as during a drag.
 */
export type Quality = 'exact' | 'preview'

/** Creates a painter of a quality. Where WebAssembly is missing, every painter is exact. */
export function painterFor(pattern: Pattern, quality: Quality): Painter {
  return createPainter(pattern, quality === 'preview' ? previewEngine() : undefined)
}

/** The side of the picture that is painted in both qualities, in pixels. */
const TRIAL_SIDE = 8
/** The largest mean difference of its bytes that is accepted, of 255. */
const TOLERANCE = 0.5

const decisions = new WeakMap<Layer, Quality>()

/**
 * Decides how to paint a preview of a pattern: 'exact' if its network is so deep and steep that it amplifies the rounding
 * of float32 visibly, else 'preview'. Decided once per network, by painting a small picture in both qualities.
 */
export function previewQuality(pattern: Pattern): Quality {
  // The last layer stands for the network: all pictures of a network share it, whatever their latent values.
  const network = pattern.layers[pattern.layers.length - 1] as Layer
  let quality = decisions.get(network)
  if (!quality) {
    quality = trialDifference(pattern) <= TOLERANCE ? 'preview' : 'exact'
    decisions.set(network, quality)
  }
  return quality
}

/** Returns the mean difference of the bytes of both qualities, of 255. */
function trialDifference(pattern: Pattern): number {
  const exact = paintTrial(pattern, 'exact')
  const preview = paintTrial(pattern, 'preview')
  return exact.reduce((sum, byte, k) => sum + Math.abs(byte - preview[k]), 0) / exact.length
}

function paintTrial(pattern: Pattern, quality: Quality): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(4 * TRIAL_SIDE * TRIAL_SIDE)
  painterFor(pattern, quality).paint({ width: TRIAL_SIDE, height: TRIAL_SIDE }, bytes)
  return bytes
}
