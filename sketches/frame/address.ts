import { Random } from 'longhand'

// Parameters from the address: page.html?seed=7, or page.html#seed=7&temperature=0.5, which takes precedence. The part after #
// never leaves the browser, and can be changed on a page opened from a disk.

function parameters(): URLSearchParams {
  const values = new URLSearchParams(location.search)
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) values.set(name, value)
  return values
}

export function addressText(name: string): string | null {
  return parameters().get(name)
}

/** Returns a number from the address, clamped to its limits, or the fallback if there is none. */
export function addressNumber(name: string, fallback: number, min: number, max: number): number {
  const text = addressText(name)
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isNaN(value) ? fallback : Math.min(Math.max(value, min), max)
}

/** Returns the seed from the address, or a fresh one. */
export function addressSeed(): number {
  return Math.floor(addressNumber('seed', freshSeed(), 0, 0xffffffff))
}

/** Returns a random seed that is short enough to read out to a friend. */
export function freshSeed(): number {
  return new Random().seed % 100_000
}

const DELAY = 300 // milliseconds: browsers refuse to change the address with every frame

let timer: ReturnType<typeof setTimeout> | undefined

/** Replaces the part after # once the visitor pauses. */
export function rewriteHash(text: () => string): void {
  clearTimeout(timer)
  timer = setTimeout(() => history.replaceState(null, '', `#${text()}`), DELAY)
}

const pending = new Map<string, string>()

/** Puts a value into the address once the visitor pauses, so that it can be shared. */
export function writeAddress(name: string, value: string | number): void {
  pending.set(name, String(value))
  rewriteHash(hashWithPending)
}

/** Puts a value into a new entry of the history, so that the browser's Back button returns to the current address. */
export function addHistoryEntry(name: string, value: string | number): void {
  history.replaceState(null, '', `#${hashWithPending()}`)
  pending.set(name, String(value))
  history.pushState(null, '', `#${hashWithPending()}`)
}

function hashWithPending(): string {
  const hash = new URLSearchParams(location.hash.slice(1))
  for (const [name, value] of pending) hash.set(name, value)
  pending.clear()
  return String(hash)
}

let restart: (() => void) | undefined

/** Calls back when the address has another seed, by Back, Forward, or editing, and nothing else has changed. */
export function onSeedChange(action: () => void): void {
  restart = action
}

// Any other change of the address asks for another page. `history.replaceState` does not fire this event.
addEventListener('hashchange', ({ oldURL, newURL }) => {
  clearTimeout(timer) // it would write the values of the entry that was left
  pending.clear()
  if (restart && withoutSeed(oldURL) === withoutSeed(newURL)) restart()
  else location.reload()
})

function withoutSeed(address: string): string {
  const url = new URL(address)
  const hash = new URLSearchParams(url.hash.slice(1))
  hash.delete('seed')
  return `${url.search}#${hash}`
}
