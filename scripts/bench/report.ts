import type { Result } from './bench.ts'

/** A result as a table. */
export function reportText(title: string, { timings, ratios, rates = {} }: Result): string {
  const head = [title, 'median', 'quartiles']
  const rows = Object.entries(timings).map(([name, { median, lowerQuartile, upperQuartile }]) => [
    `  ${name}`,
    `${digits(median)} ms`,
    `${digits(lowerQuartile)} to ${digits(upperQuartile)}`,
  ])
  const speeds = Object.entries(rates).map(([name, rate]) => [`  ${name}`, `${rate.toFixed(3)} Mpixel/s`])
  const ends = Object.entries(ratios).map(([name, ratio]) => [`  ${name}`, `${ratio.toFixed(1)} ×`])
  return [head, ...rows, ...speeds, ...ends].map(row).join('\n')
}

function row([name, ...cells]: string[]): string {
  return `${name.padEnd(40)}${cells.map((cell) => cell.padStart(16)).join('')}`.trimEnd()
}

/** Three digits that count. */
function digits(milliseconds: number): string {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3)
}
