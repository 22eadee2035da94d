/** each 0…255 */
export type Rgb = readonly [red: number, green: number, blue: number]

/** @param color as #rrggbb */
export function rgb(color: string): Rgb {
  return [1, 3, 5].map((n) => Number.parseInt(color.slice(n, n + 2), 16)) as unknown as Rgb
}

/** Returns a color between two: share 0 is the first, 1 the second. */
export function blend(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((channel, n) => channel + share * (to[n] - channel)) as unknown as Rgb
}
