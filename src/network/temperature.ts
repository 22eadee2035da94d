/**
 * How freely a movement is sampled: a temperature T, or its two effects apart. `spread` multiplies sigma; `choice` is the
 * temperature of the choice among components, pi ∝ pi^(1/choice). A number T means { spread: T, choice: T }.
 */
export type Temperature = number | { readonly spread: number; readonly choice: number }

/** The temperature of the 2016 tutorial's sketches. */
export const DEFAULT_TEMPERATURE = 0.65

/** The two effects of a temperature. */
export function temperatureParts(temperature: Temperature): { readonly spread: number; readonly choice: number } {
  return typeof temperature === 'number' ? { spread: temperature, choice: temperature } : temperature
}

/** Throws a TypeError unless a temperature is made of numbers, and a RangeError unless they are finite and ≥ 0. */
export function checkTemperature(temperature: Temperature): void {
  if (typeof temperature === 'object' && temperature !== null) {
    checkNumber('spread', temperature.spread)
    checkNumber('choice', temperature.choice)
  } else checkNumber('temperature', temperature)
}

function checkNumber(name: string, value: unknown): void {
  if (typeof value !== 'number')
    throw new TypeError(`Expected ${name} to be a number of at least 0, got ${String(value)}.`)
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`Expected ${name} to be a finite number of at least 0, got ${value}.`)
}
