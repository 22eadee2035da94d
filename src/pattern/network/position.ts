/** What a network may be told of a place in the picture. */
export type Input = (typeof INPUTS)[number]
export const INPUTS = ['x', 'y', 'r', 'wave', 'parabola', 'root', 'angle'] as const

/**
 * The numbers that each input is made of, by their slot. With (dx, dy) the way from the centre of symmetry:
 *
 * | x, y     | the place itself, −0.5…0.5 along the shorter side of the picture                       |
 * | r        | √(dx² + dy²)                                                                           |
 * | wave     | triangle waves along x and y, −0.5…0.5, of period 0.5                                  |
 * | parabola | 2 dx² and 2 dy²: mirrored about both axes through the centre                           |
 * | root     | √|dx| and √|dy|, the tip rounded off: the same symmetry, with a crease at the axes     |
 * | angle    | cos kθ and sin kθ times 0.3, for k folds: it turns about the centre without any seam   |
 */
export const SLOTS: Readonly<Record<Input, readonly number[]>> = {
  x: [0],
  y: [1],
  r: [2],
  wave: [3, 4],
  parabola: [5, 6],
  root: [7, 8],
  angle: [9, 10],
}

/** of numbers a place may be told in, rounded up to whole groups of four */
export const SLOT_COUNT = 12

/** Where the symmetric inputs are measured from, and how often the angle repeats around it. */
export interface Symmetry {
  readonly center: readonly [number, number]
  readonly folds: number
}

export const WAVE_PERIOD = 0.5
/** How far from its axis the root bends, squared: below it, rounding of a place would show. */
export const ROOT_TIP = 1e-6
/** How far from the centre the angle has faded to 1/√2, squared: all its directions meet there. */
export const ANGLE_TIP = 1e-2
/** Of the angle's swing: as much as x and y do as a rule. */
export const ANGLE_SHARE = 0.3

/** What an input says of every place, into one plane or two. (dx, dy): from the centre of symmetry. */
type Say = (
  dx: Float64Array,
  dy: Float64Array,
  first: Float64Array,
  second: Float64Array,
  place: { x: Float64Array; y: Float64Array; folds: number },
) => void

const say: Readonly<Record<Input, Say>> = {
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
      // (cos θ + i sin θ)^folds, of that share
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

/** A batch of places, and what the inputs say of them. */
export interface Places {
  /** (count) written by the caller */
  readonly x: Float64Array
  readonly y: Float64Array
  /** (numbers rounded up to whole fours, count) the numbers in the order of the slots, then zeros */
  readonly planes: Float64Array
  /** Writes the planes. */
  describe(): void
}

export function createPlaces(inputs: readonly Input[], { center, folds }: Symmetry, count: number): Places {
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const dx = new Float64Array(count)
  const dy = new Float64Array(count)
  const planes = new Float64Array(4 * Math.ceil(slotsOf(inputs).length / 4) * count)
  let used = 0
  const sayings = INPUTS.filter((input) => inputs.includes(input)).map((input) => {
    const [first, second = first] = SLOTS[input].map(() => planes.subarray(used * count, ++used * count))
    return () => say[input](dx, dy, first as Float64Array, second as Float64Array, { x, y, folds })
  })
  return {
    x,
    y,
    planes,
    describe() {
      for (let p = 0; p < count; p++) {
        dx[p] = x[p] - center[0]
        dy[p] = y[p] - center[1]
      }
      for (const saying of sayings) saying()
    },
  }
}

/** The slots in use, in the order that `Places` writes them in. */
export function slotsOf(inputs: readonly Input[]): number[] {
  return INPUTS.filter((input) => inputs.includes(input)).flatMap((input) => SLOTS[input])
}

function length(dx: number, dy: number, tip: number): number {
  return Math.sqrt(dx * dx + dy * dy + tip)
}

function triangleWave(d: number): number {
  const turns = d / WAVE_PERIOD + 0.25
  const along = turns - Math.floor(turns)
  return (along < 0.5 ? along : 1 - along) * 2 - 0.5
}
