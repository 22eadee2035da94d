import type { Palette } from './palette.ts'

const COLD = 0.1
const HOT = 1.1

/** The colour of what was written at a temperature: the ink of a careful hand, and redder the wilder it is. */
export function warmth(temperature: number, { ink, accent }: Palette): string {
  return blend(ink, accent, (temperature - COLD) / (HOT - COLD))
}

/** A colour between two, #rrggbb: share 0 is the first, 1 the second. */
export function blend(from: string, to: string, share: number): string {
  const part = Math.min(Math.max(share, 0), 1)
  const channel = (color: string, n: number) => Number.parseInt(color.slice(1 + 2 * n, 3 + 2 * n), 16)
  const mixed = [0, 1, 2].map((n) => Math.round(channel(from, n) + part * (channel(to, n) - channel(from, n))))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
