let timer: ReturnType<typeof setTimeout> | undefined
let isFinal = false

/** Shows a line of text over the drawing. Without a time it stays; an empty text removes it. */
export function notice(text: string, seconds = Number.POSITIVE_INFINITY): void {
  const line = document.getElementById('notice')
  if (!line || isFinal) return
  clearTimeout(timer)
  line.textContent = text
  line.hidden = text === ''
  if (seconds < Number.POSITIVE_INFINITY) timer = setTimeout(() => notice(''), seconds * 1000)
}

/** Shows a line that no later notice replaces: the page cannot continue. */
export function lastNotice(text: string): void {
  notice(text)
  isFinal = true
}

/** Returns whether a notice is shown. */
export function hasNotice(): boolean {
  return Boolean(document.getElementById('notice')?.textContent)
}
