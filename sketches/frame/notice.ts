let timer: ReturnType<typeof setTimeout> | undefined
let isLast = false // what is said stays

/** One line for the visitor, over the drawing. Left without a time it stays; an empty one takes it away. */
export function notice(text: string, seconds = Number.POSITIVE_INFINITY): void {
  const line = document.getElementById('notice')
  if (!line || isLast) return
  clearTimeout(timer)
  line.textContent = text
  line.hidden = text === ''
  if (seconds < Number.POSITIVE_INFINITY) timer = setTimeout(() => notice(''), seconds * 1000)
}

/** What stays, whatever else there would be to say: the page cannot go on. */
export function lastNotice(text: string): void {
  notice(text)
  isLast = true
}

/** Whether the visitor is being told something. */
export function isSaying(): boolean {
  return Boolean(document.getElementById('notice')?.textContent)
}
