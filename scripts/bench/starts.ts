import type { Result } from './bench.ts'
import { quantile, summaries } from './timing.ts'

/**
 * Number of fresh processes per result. numjs reads 8 MB per step, more than a core's own cache; depending on the shared
 * cache, which varies from start to start, its product takes 2 to 6 ns per weight.
 */
const STARTS = 7

/** Starts processes in sequence and returns the median of their results, with the range of each ratio. */
export async function overStarts(start: () => Promise<Result>): Promise<Result> {
  const results: Result[] = []
  for (let n = 0; n < STARTS; n++) results.push(await start())
  const medians = columns(results.map(({ timings }) => mapValues(timings, ({ median }) => median)))
  const ratios = columns(results.map((result) => result.ratios))
  return {
    timings: summaries(medians),
    ratios: mapValues(ratios, (values) => quantile(values, 0.5)),
    ranges: mapValues(ratios, (values) => [Math.min(...values), Math.max(...values)]),
    notes: [`median of ${STARTS} starts; ratios with their smallest and largest value`],
  }
}

/** Transposes rows with the same names to one list of values per name. */
function columns(rows: Record<string, number>[]): Record<string, number[]> {
  return mapValues(rows[0], (_, name) => rows.map((row) => row[name]))
}

function mapValues<From, To>(
  record: Record<string, From>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}
