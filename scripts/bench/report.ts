import type { Result } from './bench.ts'

/** Formats a result as a table. */
export function reportText(title: string, { timings, ratios, ranges = {}, numbers = {}, notes = [] }: Result): string {
  const head = Object.keys(timings).length ? [title, 'median', 'quartiles'] : [title]
  const rows = Object.entries(timings).map(([name, { median, lowerQuartile, upperQuartile }]) => [
    `  ${name}`,
    `${digits(median)} ms`,
    `${digits(lowerQuartile)} to ${digits(upperQuartile)}`,
  ])
  const ends = Object.entries(ratios).map(([name, ratio]) => [
    `  ${name}`,
    `${ratio.toFixed(1)} ×`,
    ranges[name] ? ranges[name].map((end) => end.toFixed(1)).join(' to ') : '',
  ])
  const others = Object.entries(numbers).map(([name, value]) => [`  ${name}`, shortest(value)])
  return [...[head, ...rows, ...others, ...ends].map(row), ...notes.map((note) => `  ${note}`)].join('\n')
}

function row([name, ...cells]: string[]): string {
  return `${name.padEnd(40)}${cells.map((cell) => cell.padStart(20)).join('')}`.trimEnd()
}

/** Formats a time with three significant digits. */
function digits(milliseconds: number): string {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3)
}

function shortest(value: number): string {
  if (Number.isInteger(value)) return `${value}`
  return Math.abs(value) < 0.01 ? value.toExponential(1) : value.toFixed(value < 10 ? 2 : 1)
}
