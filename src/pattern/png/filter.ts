/**
 * Creates a filter that writes rows as differences: from the pixel to the left, from the one above, or from Paeth's
 * predictor, whichever has the smallest sum of absolute values (the heuristic of ISO/IEC 15948, 12.8). Rows have to come
 * in order.
 * @returns a function that writes row `at` of `pixels` (rows, width, 4) RGBA to `out`, with its filter type before it
 */
export function createFilter(width: number, channels: 1 | 3 | 4) {
  const length = channels * width
  // One pixel of zeros to the left of the first.
  let row = new Uint8Array(channels + length)
  let above = new Uint8Array(channels + length)
  const candidates = [1, 2, 4].map((type) => ({ type, bytes: new Uint8Array(length) }))
  const [fromLeft, fromAbove, fromBoth] = candidates.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array]

  return (pixels: Uint8ClampedArray, at: number, out: Uint8Array): void => {
    ;[row, above] = [above, row]
    for (let column = 0, from = 4 * at * width, to = channels; column < width; column++, from += 4, to += channels)
      for (let channel = 0; channel < channels; channel++) row[to + channel] = pixels[from + channel]
    for (let k = 0; k < length; k++) {
      const value = row[k + channels]
      const left = row[k]
      const up = above[k + channels]
      const corner = above[k]
      fromLeft[k] = value - left
      fromAbove[k] = value - up
      fromBoth[k] = value - paeth(left, up, corner)
    }
    let best = candidates[0] as (typeof candidates)[number]
    let least = Number.POSITIVE_INFINITY
    for (const candidate of candidates) {
      const size = sizeOf(candidate.bytes)
      if (size < least) {
        best = candidate
        least = size
      }
    }
    out[at * (1 + length)] = best.type
    out.set(best.bytes, at * (1 + length) + 1)
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toCorner = Math.abs(guess - corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** Sums the absolute values of differences, read as signed bytes. */
function sizeOf(bytes: Uint8Array): number {
  let sum = 0
  for (let k = 0; k < bytes.length; k++) {
    const byte = bytes[k]
    sum += byte < 128 ? byte : 256 - byte
  }
  return sum
}
