/** As Promise.all, but when one step fails the others come to their end first: no step writes on behind the failure. */
export async function together(steps: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
