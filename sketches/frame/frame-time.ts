/** Milliseconds per frame for the network. The last step may exceed them, and the frame has other work to do. */
export const NETWORK_TIME = 5

/** Returns a function that tells whether there is still time in this frame for another network step. */
export function frameTime(milliseconds = NETWORK_TIME): () => boolean {
  const until = performance.now() + milliseconds
  return () => performance.now() < until
}

const LONGEST_FRAME = 0.4 // seconds

/** Returns the seconds since the last frame, limited so that animations do not jump after a pause or in a background tab. */
export function frameSeconds(p: { deltaTime: number }): number {
  return Math.min(p.deltaTime / 1000, LONGEST_FRAME)
}
