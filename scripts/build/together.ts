/** Like Promise.all, but waits until all steps have ended before it throws, so that none writes files after a failure. */
export async function together(steps: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
