/** Milliseconds of a frame to spend on painting: the page has other work to do, workers have none. */
export const BUDGET = { page: 10, workers: 14 } as const

/** Pixels that are painted however long it takes: a picture of fewer shows nothing. */
export const MIN_PIXELS = 1 << 12

/** Pixels per millisecond to assume before any were painted, in both qualities. */
export const INITIAL_SPEED = { exact: 500, preview: 1000 } as const

/** Measures the speed of painting. */
export interface Speed {
  /** how many pixels fit into a frame's budget, at least MIN_PIXELS */
  readonly affordable: number
  /** Records a measurement. */
  add(pixels: number, milliseconds: number): void
  /** Records that painting was faster than could be measured: more pixels may be affordable. */
  raise(): void
}

const GROWTH = 1.1

/**
 * Creates a speed that follows its measurements, averaged exponentially.
 * @param initial pixels per millisecond
 * @param budget milliseconds per frame
 */
export function createSpeed(initial: number, budget: number): Speed {
  let perMillisecond = initial
  return {
    get affordable() {
      return Math.max(MIN_PIXELS, perMillisecond * budget)
    },
    add(pixels, milliseconds) {
      if (milliseconds > 1) perMillisecond += 0.5 * (pixels / milliseconds - perMillisecond)
    },
    raise() {
      perMillisecond *= GROWTH
    },
  }
}
