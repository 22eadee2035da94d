/** Summary of several times, in milliseconds. */
export interface Timing {
  median: number
  lowerQuartile: number
  upperQuartile: number
}

interface Rounds {
  /** rounds that are not counted, while the JIT compiler optimizes */
  warmUp: number
  rounds: number
  /** consecutive calls per contender and round, so that its data is in the cache, as in real use */
  calls: number
}

/** The code to measure; a promise is awaited, other results are not. */
type Contender = () => unknown

/**
 * Measures contenders in turn, a few calls per round, so that other load on the machine affects all of them.
 * @returns the time per call of each contender, in milliseconds, one value per round
 */
export async function interleave<Name extends string>(
  contenders: Record<Name, Contender>,
  { warmUp, rounds, calls }: Rounds,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = -warmUp; round < rounds; round++)
    for (const name of names) {
      const start = performance.now()
      for (let n = 0; n < calls; n++) {
        const pending = contenders[name]()
        if (pending instanceof Promise) await pending
      }
      const time = (performance.now() - start) / calls
      if (round >= 0) times[name].push(time)
    }
  return times
}

/** Summarizes the times of every contender. */
export function summaries(times: Record<string, number[]>): Record<string, Timing> {
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, summary(values)]))
}

export function summary(times: number[]): Timing {
  return { median: quantile(times, 0.5), lowerQuartile: quantile(times, 0.25), upperQuartile: quantile(times, 0.75) }
}

/** Returns the median over the rounds of `times / reference`. */
export function medianRatio(times: number[], reference: number[]): number {
  return quantile(
    times.map((time, round) => time / reference[round]),
    0.5,
  )
}

/** Returns a quantile, interpolated linearly. */
export function quantile(values: number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.ceil(at)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
