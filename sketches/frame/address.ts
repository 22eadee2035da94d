// What the address asks for: page.html?seed=7, or page.html#seed=7&temperature=0.5, which wins. The part after # never
// leaves the browser, and may be rewritten on a page that was opened from a disk.

function parameters(): URLSearchParams {
  const asked = new URLSearchParams(location.search)
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) asked.set(name, value)
  return asked
}

export function addressText(name: string): string | null {
  return parameters().get(name)
}

/** A number from the address, held within its limits; the fallback where there is none. */
export function addressNumber(name: string, fallback: number, min: number, max: number): number {
  const text = addressText(name)
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isNaN(value) ? fallback : Math.min(Math.max(value, min), max)
}

/** The seed that the address asks for, or a fresh one. */
export function addressSeed(): number {
  return Math.floor(addressNumber('seed', freshSeed(), 0, 0xffffffff))
}

/** Another seed, short enough to be told to a friend. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] % 100_000
}

const SELDOM = 400 // milliseconds: browsers refuse an address that changes more than a hundred times in thirty seconds

const waiting = new Map<string, string>()
let written = Number.NEGATIVE_INFINITY
let timer: ReturnType<typeof setTimeout> | undefined

/** Puts a value into the address, so that it can be shared: at once, or soon if it has just changed. */
export function writeAddress(name: string, value: string | number): void {
  waiting.set(name, String(value))
  clearTimeout(timer)
  timer = setTimeout(write, Math.max(0, written + SELDOM - performance.now()))
}

function write(): void {
  const hash = new URLSearchParams(location.hash.slice(1))
  for (const [name, value] of waiting) hash.set(name, value)
  waiting.clear()
  history.replaceState(null, '', `#${hash}`)
  written = performance.now()
}

// An address changed by hand means another drawing; what `writeAddress` does is no such change.
addEventListener('hashchange', () => location.reload())
