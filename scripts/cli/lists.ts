import { InvalidArgumentError } from 'commander'

// Parsers of option values; commander adds the name of the option and the value to their errors.

export function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.')
  return value
}

/** Reads numbers separated by commas; an empty text is an empty list. */
export function numbers(text: string): number[] {
  return text === '' ? [] : text.split(',').map(number)
}

/** Reads words separated by commas. */
export function words(text: string): string[] {
  return text.split(',').map((word) => word.trim())
}
