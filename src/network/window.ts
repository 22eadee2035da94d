import { exp } from '../math/elementary.ts'
import { ROUNDING } from '../math/rounding.ts'
import { GRID } from './grid.ts'

/** How much the window sees of each character near its position: phi of the characters `from`, `from` + 1, … */
export interface Attention {
  /** index of the first character that was evaluated; phi of all others is 0 */
  readonly from: number
  /** (characters near the position), ≥ 0 */
  readonly phi: Float64Array
}

/** A soft window over the text, which moves forward as the text is written. Graves 2013, equations 46 to 51. */
export interface Window {
  /** positions of the components, (K), in characters */
  readonly kappa: Float64Array
  /** what the window sees, (A): for each character of the alphabet its phi, summed over the text */
  readonly seen: Float32Array
  readonly attention: Attention
}

// Far beyond what training gives, and small enough that nothing overflows.
const LOGIT_LIMIT = 10

// A component's terms count where alpha exp(−beta (kappa − u)²) > exp(−REACH): smaller ones are a thirtieth of what `seen`
// resolves. So a step costs the same in a text of 20 characters and of 20,000.
const REACH = 20

/**
 * Moves the window by one step.
 *
 *     alpha = exp a, beta = exp b, kappa' = kappa + exp k          (K)
 *     phi(u) = Σ_k alpha_k exp(−beta_k (kappa'_k − u)²)            (U)
 *     seen = Σ_u phi(u) onehot(text_u)                             (A)
 *
 * @param parameters (≥ 3K): a, b, k; clamped to ±10
 * @param kappa (K), not changed
 * @param text characters, (U)
 * @param alphabet A
 */
export function moveWindow(parameters: Float64Array, kappa: Float64Array, text: Uint8Array, alphabet: number): Window {
  const K = kappa.length
  const moved = new Float64Array(K)
  const alpha = new Float64Array(K)
  const beta = new Float64Array(K)
  const first = new Int32Array(K)
  const last = new Int32Array(K)
  let from = text.length
  let to = -1
  for (let k = 0; k < K; k++) {
    const a = clamp(parameters[k])
    alpha[k] = exp(a)
    beta[k] = exp(clamp(parameters[K + k]))
    moved[k] = kappa[k] + exp(clamp(parameters[2 * K + k]))
    const radius = Math.sqrt((REACH + a) / beta[k])
    first[k] = Math.max(Math.ceil(moved[k] - radius), 0)
    last[k] = Math.min(Math.floor(moved[k] + radius), text.length - 1)
    from = Math.min(from, first[k])
    to = Math.max(to, last[k])
  }
  const phi = new Float64Array(Math.max(to - from + 1, 0))
  for (let k = 0; k < K; k++)
    for (let u = first[k]; u <= last[k]; u++) {
      const distance = moved[k] - u
      phi[u - from] += alpha[k] * exp(-beta[k] * distance * distance)
    }
  return { kappa: moved, seen: seenOf({ from, phi }, text, alphabet), attention: { from, phi } }
}

function clamp(logit: number): number {
  return Math.min(Math.max(logit, -LOGIT_LIMIT), LOGIT_LIMIT)
}

/** Returns the index of the character that the window sees most of; past the text, its end. */
export function attended({ from, phi }: Attention, characters: number): number {
  let most = 0
  for (let n = 1; n < phi.length; n++) if (phi[n] > phi[most]) most = n
  return Math.min(from + most, characters - 1)
}

/** Rounded to the grid of hidden states: most characters are then exactly 0, and cost nothing. */
function seenOf({ from, phi }: Attention, text: Uint8Array, alphabet: number): Float32Array {
  const sums = new Float64Array(alphabet)
  for (let n = 0; n < phi.length; n++) sums[text[from + n]] += phi[n]
  const seen = new Float32Array(alphabet)
  for (let a = 0; a < alphabet; a++) if (sums[a] > 0) seen[a] = (sums[a] * GRID + ROUNDING - ROUNDING) / GRID
  return seen
}
