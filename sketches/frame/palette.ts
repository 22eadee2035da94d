import { addressText } from './address.ts'

export interface Palette {
  paper: string
  ink: string
  accent: string
  ochre: string
  /** the accent's counterpart, for what is below zero or on the other side */
  cool: string
}

const night = matchMedia('(prefers-color-scheme: dark)')

/** The style sheet's colours by day or by night, or what the address asks for: #paper=faf7f0&ink=1f2a44&accent=… */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: keyof Palette) => {
    const asked = addressText(name)
    return asked && /^[0-9a-f]{6}$/i.test(asked) ? `#${asked}` : style.getPropertyValue(`--${name}`).trim()
  }
  const names = ['paper', 'ink', 'accent', 'ochre', 'cool'] as const
  const colors = Object.fromEntries(names.map((name) => [name, color(name)])) as unknown as Palette
  document.documentElement.style.background = colors.paper
  return colors
}

/** The colours for a file that will lie on white paper, whatever the hour. */
export function printPalette(): Palette {
  return night.matches ? { ...palette(), paper: '#faf7f0', ink: '#1f2a44' } : palette()
}

/** Tells when evening comes, or morning. */
export function onPaletteChange(action: () => void): void {
  night.addEventListener('change', action)
}

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
