/** milliseconds of a frame that may go by with painting: the page has other things to do, workers have none */
export const BUDGET = { page: 10, workers: 14 } as const
/** pixels that are painted however long they take: of fewer nobody could tell what they show */
export const LEAST = 1 << 12

/** How fast somebody paints. */
export interface Speed {
  /** pixels that are painted within a frame, as far as was measured */
  readonly affordable: number
  /** So many pixels were painted in so many milliseconds. */
  took(pixels: number, milliseconds: number): void
  /** They were done before anybody looked: more of them may be. */
  waited(): void
}

const GROWTH = 1.1

/**
 * @param guess pixels a millisecond, before any were painted
 * @param budget milliseconds of a frame
 */
export function createSpeed(guess: number, budget: number): Speed {
  let perMillisecond = guess
  return {
    get affordable() {
      return Math.max(LEAST, perMillisecond * budget)
    },
    took(pixels, milliseconds) {
      if (milliseconds > 1) perMillisecond += 0.5 * (pixels / milliseconds - perMillisecond)
    },
    waited() {
      perMillisecond *= GROWTH
    },
  }
}
