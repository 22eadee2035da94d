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

const SOON = 300 // milliseconds: browsers refuse an address that changes with every frame

let timer: ReturnType<typeof setTimeout> | undefined

/** Writes anew what is after the #, once the hand rests. */
export function rewriteHash(text: () => string): void {
  clearTimeout(timer)
  timer = setTimeout(() => history.replaceState(null, '', `#${text()}`), SOON)
}

const waiting = new Map<string, string>()

/** Puts a value into the address, once the hand rests, so that it can be shared. */
export function writeAddress(name: string, value: string | number): void {
  waiting.set(name, String(value))
  rewriteHash(() => {
    const hash = new URLSearchParams(location.hash.slice(1))
    for (const [name, value] of waiting) hash.set(name, value)
    waiting.clear()
    return String(hash)
  })
}

// An address changed by hand means another drawing; what `rewriteHash` does is no such change.
addEventListener('hashchange', () => location.reload())
