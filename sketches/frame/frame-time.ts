/** Milliseconds that the network may take of each frame: a frame has other things to do, and the last step begun comes on top, and a collection of garbage may. */
export const NETWORK_TIME = 5

/** Whether there is still time in this frame to ask the network once more. */
export function frameTime(milliseconds = NETWORK_TIME): () => boolean {
  const until = performance.now() + milliseconds
  return () => performance.now() < until
}

const LONGEST_FRAME = 0.4 // seconds

/** The seconds since the last frame: after a pause or a rest in another tab, time goes on as if there had been none. */
export function frameSeconds(p: { deltaTime: number }): number {
  return Math.min(p.deltaTime / 1000, LONGEST_FRAME)
}
