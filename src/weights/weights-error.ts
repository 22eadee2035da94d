/** A problem in a weights file: names the part, what was expected there, and what was found. */
export class WeightsError extends Error {
  override name = 'WeightsError'
}
