/** Advice for mistakes that a beginner cannot know: the name that is not defined, and what to do. */
const ADVICE: readonly [pattern: RegExp, advice: string][] = [
  [
    /\bModel is not defined/,
    'Model needs handwriting.js and longhand.js: put both script tags before the one of sketch.js.',
  ],
  [/\blonghand is not defined/, 'Put the script tag of longhand.js before the one of sketch.js.'],
  [/\b(createCanvas|background|stroke|p5) is not defined/, 'Put the script tag of p5.min.js before all others.'],
]

// What browsers report for errors in scripts of a page that was opened from a disk.
const HIDDEN = /^Script error\.?$/

/** Describes an error for the person who edits a sketch: file, line, message, and advice if there is any. */
export function describeError(error: unknown, file = '', line = 0): string {
  const message = error instanceof Error ? error.message : String(error)
  if (HIDDEN.test(message))
    return 'There is a mistake in a script, before the sketch could start. The browser hides where on pages opened from a disk: see its console (F12), or open the page with npm start.'
  const advice = ADVICE.find(([pattern]) => pattern.test(message))?.[1] ?? ''
  const where = file ? place(file, line) : placeFromStack(error)
  return `${where}${message.replace(/\.?$/, '.')}${advice && ` ${advice}`}`
}

function placeFromStack(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined
  const found = /([^/\s(@]+\.[jt]s)[^:\s]*:(\d+):\d+/.exec(stack ?? '')
  return found ? place(found[1], Number(found[2])) : ''
}

function place(file: string, line: number): string {
  return `${file
    .split('/')
    .at(-1)
    ?.replace(/[?#].*/, '')}, line ${line}: `
}
