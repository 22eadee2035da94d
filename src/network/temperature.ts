/**
 * How freely a movement is sampled: a temperature T, or its two effects apart. `spread` multiplies sigma; `choice` is the
 * temperature of the choice among components, pi ∝ pi^(1/choice). A number T means { spread: T, choice: T }.
 */
export type Temperature = number | { readonly spread: number; readonly choice: number }

/** The temperature of the 2016 tutorial's sketches. */
export const DEFAULT_TEMPERATURE = 0.65

/**
 * Returns the two effects of a temperature.
 * @throws TypeError unless it is made of numbers, RangeError unless they are finite and ≥ 0
 */
export function temperatureParts(temperature: Temperature): { readonly spread: number; readonly choice: number } {
  if (typeof temperature !== 'object' || temperature === null) {
    checkNumber('temperature', temperature)
    return { spread: temperature, choice: temperature }
  }
  checkNumber('spread', temperature.spread)
  checkNumber('choice', temperature.choice)
  return temperature
}

/** Throws the errors of `temperatureParts`, for functions that sample only later. */
export function checkTemperature(temperature: Temperature): void {
  temperatureParts(temperature)
}

function checkNumber(name: string, value: unknown): void {
  if (typeof value !== 'number')
    throw new TypeError(`Expected ${name} to be a number of at least 0, got ${String(value)}.`)
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`Expected ${name} to be a finite number of at least 0, got ${value}.`)
}
