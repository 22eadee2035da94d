/** A frame has other things to do than to ask the network: whether there is still time for it, 8 ms if not told otherwise. */
export function frameTime(milliseconds = 8): () => boolean {
  const until = performance.now() + milliseconds
  return () => performance.now() < until
}
