import { addressText } from './address.ts'

export interface Palette {
  paper: string
  ink: string
  accent: string
  ochre: string
  /** counterpart of the accent, for negative values or the other side */
  cool: string
}

/** also the names of the address parameters */
export const COLOR_NAMES = ['paper', 'ink', 'accent', 'ochre', 'cool'] as const
const DAY: Partial<Palette> = { paper: '#faf7f0', ink: '#1f2a44', cool: '#2a7d8c' } // colors that the style sheet changes at night

const night = matchMedia('(prefers-color-scheme: dark)')

/** Returns the colors of the style sheet, by day or by night, or those in the address: #paper=faf7f0&ink=1f2a44&accent=… */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: keyof Palette) => fromAddress(name) ?? style.getPropertyValue(`--${name}`).trim()
  const colors = Object.fromEntries(COLOR_NAMES.map((name) => [name, color(name)])) as unknown as Palette
  document.documentElement.style.background = colors.paper
  return colors
}

/** Returns the colors for a file on white paper: those of the day, whatever the hour, or those in the address. */
export function printPalette(): Palette {
  const colors = palette()
  for (const name of COLOR_NAMES) colors[name] = fromAddress(name) ?? DAY[name] ?? colors[name]
  return colors
}

function fromAddress(name: keyof Palette): string | undefined {
  const text = addressText(name)
  return text && /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : undefined
}

/** Calls back when the system switches between light and dark. */
export function onPaletteChange(action: () => void): void {
  night.addEventListener('change', action)
}

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
