/** Of a row of times, in milliseconds. */
export interface Timing {
  median: number
  lowerQuartile: number
  upperQuartile: number
}

interface Rounds {
  /** not counted: the compiler has to see what is hot */
  warmUp: number
  rounds: number
  /** calls of one contender in a row: as in use, what it works on is in the cache */
  calls: number
}

/** What is timed; a promise is awaited, and a call that gives none is not kept waiting. */
type Contender = () => unknown

/**
 * Times the contenders in turn, a few calls each a round, so that whatever else the computer does falls on all of them.
 * @returns the time of a call of each, in milliseconds, in the order of the rounds
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

/** The time of every contender, summed up. */
export function summaries(times: Record<string, number[]>): Record<string, Timing> {
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, summary(values)]))
}

export function summary(times: number[]): Timing {
  return { median: quantile(times, 0.5), lowerQuartile: quantile(times, 0.25), upperQuartile: quantile(times, 0.75) }
}

/** How many times as long `times` took as `reference` did in the same round: the median over the rounds. */
export function medianRatio(times: number[], reference: number[]): number {
  return quantile(
    times.map((time, round) => time / reference[round]),
    0.5,
  )
}

export function quantile(values: number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.ceil(at)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
