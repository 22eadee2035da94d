import { addressText } from './address.ts'

export interface Palette {
  paper: string
  ink: string
  accent: string
  ochre: string
  /** the accent's counterpart, for what is below zero or on the other side */
  cool: string
}

/** as the address has them, too */
export const COLOR_NAMES = ['paper', 'ink', 'accent', 'ochre', 'cool'] as const
const DAY: Partial<Palette> = { paper: '#faf7f0', ink: '#1f2a44', cool: '#2a7d8c' } // those that the style sheet changes at night

const night = matchMedia('(prefers-color-scheme: dark)')

/** The style sheet's colours by day or by night, or what the address asks for: #paper=faf7f0&ink=1f2a44&accent=… */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: keyof Palette) => asked(name) ?? style.getPropertyValue(`--${name}`).trim()
  const colors = Object.fromEntries(COLOR_NAMES.map((name) => [name, color(name)])) as unknown as Palette
  document.documentElement.style.background = colors.paper
  return colors
}

/** The colours for a file that will lie on white paper: those of the day, whatever the hour, or what the address asks for. */
export function printPalette(): Palette {
  const colors = palette()
  for (const name of COLOR_NAMES) colors[name] = asked(name) ?? DAY[name] ?? colors[name]
  return colors
}

function asked(name: keyof Palette): string | undefined {
  const text = addressText(name)
  return text && /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : undefined
}

/** Tells when evening comes, or morning. */
export function onPaletteChange(action: () => void): void {
  night.addEventListener('change', action)
}

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
