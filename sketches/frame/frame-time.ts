/** A frame has other things to do than to ask the network: whether there is still time for it, 8 ms if not told otherwise. */
export function frameTime(milliseconds = 8): () => boolean {
  const until = performance.now() + milliseconds
  return () => performance.now() < until
}

const LONGEST_FRAME = 0.4 // seconds

/** The seconds since the last frame: after a pause or a rest in another tab, time goes on as if there had been none. */
export function frameSeconds(p: { deltaTime: number }): number {
  return Math.min(p.deltaTime / 1000, LONGEST_FRAME)
}
