import type { Result } from './bench.ts'
import { quantile, summaries } from './timing.ts'

/**
 * How often a program is started anew for one result. numjs reads 8 MB a step, more than a processor's own cache, and
 * finds them in the cache that it shares with others or does not: its product takes 2 ns a weight or 6, start by start.
 */
const STARTS = 7

/** Starts one after the other; what most of them say, and how far they lie apart. */
export async function overStarts(start: () => Promise<Result>): Promise<Result> {
  const results: Result[] = []
  for (let n = 0; n < STARTS; n++) results.push(await start())
  const medians = columns(results.map(({ timings }) => mapValues(timings, ({ median }) => median)))
  const ratios = columns(results.map((result) => result.ratios))
  return {
    timings: summaries(medians),
    ratios: mapValues(ratios, (values) => quantile(values, 0.5)),
    ranges: mapValues(ratios, (values) => [Math.min(...values), Math.max(...values)]),
    notes: [`of ${STARTS} starts; ratios from the least to the largest`],
  }
}

/** Rows with the same names as a row of values for each name. */
function columns(rows: Record<string, number>[]): Record<string, number[]> {
  return mapValues(rows[0], (_, name) => rows.map((row) => row[name]))
}

function mapValues<From, To>(
  record: Record<string, From>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}
