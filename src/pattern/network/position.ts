/**
 * What a network may see of a position in the picture. (dx, dy) is the position relative to the center of symmetry:
 *
 * | input    | values                                                                                    |
 * | -------- | ----------------------------------------------------------------------------------------- |
 * | x, y     | the position itself, −0.5…0.5 along the shorter side of the picture                       |
 * | r        | √(dx² + dy²)                                                                              |
 * | wave     | triangle waves along x and y, −0.5…0.5, of period 0.5                                     |
 * | parabola | 2 dx² and 2 dy²: mirror symmetry about both axes through the center                       |
 * | root     | √abs(dx) and √abs(dy), rounded at 0: mirror symmetry with a crease along the axes         |
 * | angle    | 0.3 cos kθ and 0.3 sin kθ for k folds, fading out at the center: rotation without a seam  |
 */
export type Input = (typeof INPUTS)[number]
/** All inputs, in the order of their slots. */
export const INPUTS = ['x', 'y', 'r', 'wave', 'parabola', 'root', 'angle'] as const

/** The columns of the first layer that take the values of each input. */
export const SLOTS: Readonly<Record<Input, readonly number[]>> = {
  x: [0],
  y: [1],
  r: [2],
  wave: [3, 4],
  parabola: [5, 6],
  root: [7, 8],
  angle: [9, 10],
}

/** The number of slots, rounded up to a multiple of four. */
export const SLOT_COUNT = 12

/** The origin of the symmetric inputs, and how often the angle repeats around it. */
export interface Symmetry {
  readonly center: readonly [number, number]
  readonly folds: number
}

export const WAVE_PERIOD = 0.5
/** The square of the distance at which the root is rounded off: below it, rounding errors of the position would show. */
export const ROOT_TIP = 1e-6
/** The square of the radius at which the angle has faded to 1/√2: at the center all directions meet. */
export const ANGLE_TIP = 1e-2
/** The amplitude of the angle: typical for x and y. */
export const ANGLE_SHARE = 0.3

/** Writes the values of an input for all positions into one plane or two. */
type Fill = (
  dx: Float64Array,
  dy: Float64Array,
  first: Float64Array,
  second: Float64Array,
  position: { x: Float64Array; y: Float64Array; folds: number },
) => void

const fills: Readonly<Record<Input, Fill>> = {
  x: (_dx, _dy, plane, _, { x }) => plane.set(x),
  y: (_dx, _dy, plane, _, { y }) => plane.set(y),
  r(dx, dy, plane) {
    for (let p = 0; p < plane.length; p++) plane[p] = length(dx[p], dy[p], 0)
  },
  wave(dx, dy, horizontal, vertical) {
    for (let p = 0; p < horizontal.length; p++) {
      horizontal[p] = triangleWave(dx[p])
      vertical[p] = triangleWave(dy[p])
    }
  },
  parabola(dx, dy, horizontal, vertical) {
    for (let p = 0; p < horizontal.length; p++) {
      horizontal[p] = 2 * dx[p] * dx[p]
      vertical[p] = 2 * dy[p] * dy[p]
    }
  },
  root(dx, dy, horizontal, vertical) {
    for (let p = 0; p < horizontal.length; p++) {
      horizontal[p] = Math.sqrt(length(dx[p], 0, ROOT_TIP))
      vertical[p] = Math.sqrt(length(dy[p], 0, ROOT_TIP))
    }
  },
  angle(dx, dy, cosines, sines, { folds }) {
    for (let p = 0; p < cosines.length; p++) {
      const r = length(dx[p], dy[p], ANGLE_TIP)
      const cosine = dx[p] / r
      const sine = dy[p] / r
      let real = ANGLE_SHARE
      let imaginary = 0
      // ANGLE_SHARE (cos θ + i sin θ)^folds
      for (let k = 0; k < folds; k++) {
        const before = real
        real = before * cosine - imaginary * sine
        imaginary = before * sine + imaginary * cosine
      }
      cosines[p] = real
      sines[p] = imaginary
    }
  },
}

/** A batch of positions and the values of their inputs. */
export interface Positions {
  /** (count) written by the caller */
  readonly x: Float64Array
  readonly y: Float64Array
  /** (values rounded up to a multiple of four, count) in the order of the slots in use, then zeros */
  readonly planes: Float64Array
  /** Computes the planes from x and y. */
  fillPlanes(): void
}

/** Creates the buffers for `count` positions and some inputs. */
export function createPositions(inputs: readonly Input[], { center, folds }: Symmetry, count: number): Positions {
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const dx = new Float64Array(count)
  const dy = new Float64Array(count)
  const planes = new Float64Array(4 * Math.ceil(slotsOf(inputs).length / 4) * count)
  let used = 0
  const steps = INPUTS.filter((input) => inputs.includes(input)).map((input) => {
    const [first, second = first] = SLOTS[input].map(() => planes.subarray(used * count, ++used * count))
    return () => fills[input](dx, dy, first as Float64Array, second as Float64Array, { x, y, folds })
  })
  return {
    x,
    y,
    planes,
    fillPlanes() {
      for (let p = 0; p < count; p++) {
        dx[p] = x[p] - center[0]
        dy[p] = y[p] - center[1]
      }
      for (const step of steps) step()
    },
  }
}

/** Returns the slots of some inputs, in the order in which `Positions` fills them. */
export function slotsOf(inputs: readonly Input[]): number[] {
  return INPUTS.filter((input) => inputs.includes(input)).flatMap((input) => SLOTS[input])
}

function length(dx: number, dy: number, tip: number): number {
  return Math.sqrt(dx * dx + dy * dy + tip)
}

function triangleWave(d: number): number {
  const turns = d / WAVE_PERIOD + 0.25
  const fraction = turns - Math.floor(turns)
  return (fraction < 0.5 ? fraction : 1 - fraction) * 2 - 0.5
}
