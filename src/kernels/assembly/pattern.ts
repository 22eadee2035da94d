// The hot loops of the pattern network in AssemblyScript, compiled to WebAssembly by scripts/build/kernel.ts. All numbers are
// addresses or counts; src/pattern/network/wasm-engine.ts lays out the memory.
//
// Results agree with plain TypeScript to the bit by construction: the same float64 operations in the same order, two pixels at
// a time. A plane holds one number for each of the 64 pixels of a batch.

const PLANE: usize = 512

/**
 * Computes target = weights · source + bias, two outputs and four inputs at a time: eight weights stay in registers while
 * the pixels stream through.
 * @param weights float64 (outputs, inputs); bias float64 (outputs)
 * @param source float64 (inputs, 64); target float64 (outputs, 64)
 * @param inputs a multiple of 4; outputs even
 */
export function layer(weights: usize, bias: usize, source: usize, target: usize, inputs: i32, outputs: i32): void {
  const line: usize = (<usize>inputs) << 3
  for (let row = 0; row < outputs; row += 2) {
    const end = target + PLANE
    const upper = v128.load64_splat(bias)
    const lower = v128.load64_splat(bias, 8)
    for (let to = target; to < end; to += 16) {
      v128.store(to, upper)
      v128.store(to, lower, PLANE)
    }
    let from = source
    for (let column = 0; column < inputs; column += 4) {
      const a0 = v128.load64_splat(weights)
      const a1 = v128.load64_splat(weights, 8)
      const a2 = v128.load64_splat(weights, 16)
      const a3 = v128.load64_splat(weights, 24)
      const b0 = v128.load64_splat(weights + line)
      const b1 = v128.load64_splat(weights + line, 8)
      const b2 = v128.load64_splat(weights + line, 16)
      const b3 = v128.load64_splat(weights + line, 24)
      for (let to = target; to < end; to += 16) {
        const x0 = v128.load(from)
        const x1 = v128.load(from, PLANE)
        const x2 = v128.load(from, 2 * PLANE)
        const x3 = v128.load(from, 3 * PLANE)
        const a = f64x2.add(
          f64x2.add(f64x2.mul(a0, x0), f64x2.mul(a1, x1)),
          f64x2.add(f64x2.mul(a2, x2), f64x2.mul(a3, x3)),
        )
        const b = f64x2.add(
          f64x2.add(f64x2.mul(b0, x0), f64x2.mul(b1, x1)),
          f64x2.add(f64x2.mul(b2, x2), f64x2.mul(b3, x3)),
        )
        v128.store(to, f64x2.add(v128.load(to), a))
        v128.store(to, f64x2.add(v128.load(to, PLANE), b), PLANE)
        from += 16
      }
      from += 3 * PLANE
      weights += 32
    }
    weights += line
    bias += 16
    target += 2 * PLANE
  }
}

// A curve in memory: four float64, which are low, density, pieces, and the address of its table, as `lookUp` needs them; then
// the table, float64 (pieces + 1, 4), at a multiple of 32, the size of a piece.
//
// The four are loaded before each loop. As arguments, compilers would splat them over the lanes again for every pair.
const DENSITY: usize = 8
const PIECES: usize = 16
const WHERE: usize = 24

/**
 * Replaces arguments of a curve by its values, with the same operations as src/pattern/network/lookup-curve.ts.
 * @param values, end float64: the first address and the one past the last; a multiple of four numbers
 */
export function bend(values: usize, end: usize, curve: usize): void {
  const low = v128.load64_splat(curve)
  const density = v128.load64_splat(curve, DENSITY)
  const pieces = v128.load64_splat(curve, PIECES)
  const where = v128.load64_splat(curve, WHERE)
  for (; values < end; values += 32) {
    v128.store(values, lookUp(v128.load(values), low, density, pieces, where))
    v128.store(values, lookUp(v128.load(values, 16), low, density, pieces, where), 16)
  }
}

/** Does the same for a periodic curve, over one turn. */
export function sine(values: usize, end: usize, curve: usize): void {
  const low = v128.load64_splat(curve)
  const density = v128.load64_splat(curve, DENSITY)
  const pieces = v128.load64_splat(curve, PIECES)
  const where = v128.load64_splat(curve, WHERE)
  for (; values < end; values += 16) {
    const turns = f64x2.mul(v128.load(values), f64x2.splat(1.0 / (2.0 * Math.PI)))
    v128.store(values, lookUp(f64x2.sub(turns, f64x2.floor(turns)), low, density, pieces, where))
  }
}

/** Computes max(z, 0) + the curve at |z|. */
export function softplus(values: usize, end: usize, curve: usize): void {
  const low = v128.load64_splat(curve)
  const density = v128.load64_splat(curve, DENSITY)
  const pieces = v128.load64_splat(curve, PIECES)
  const where = v128.load64_splat(curve, WHERE)
  for (; values < end; values += 16) {
    const z = v128.load(values)
    const above = lookUp(f64x2.abs(z), low, density, pieces, where)
    v128.store(values, f64x2.add(f64x2.pmax(z, f64x2.splat(0)), above))
  }
}

export function relu(values: usize, end: usize): void {
  for (; values < end; values += 16) v128.store(values, f64x2.pmax(v128.load(values), f64x2.splat(0)))
}

/** @param where 2⁴⁷ + the table's address / 32, in both lanes */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function lookUp(z: v128, low: v128, density: v128, pieces: v128, where: v128): v128 {
  let u = f64x2.mul(f64x2.sub(z, low), density)
  u = f64x2.pmin(f64x2.pmax(u, f64x2.splat(0)), pieces)
  const n = f64x2.floor(u)
  const t = f64x2.sub(u, n)
  // The lowest bits of a float64 of at least 2⁴⁷ count 32nds: in this sum they are the address of the piece.
  const address = f64x2.add(n, where)
  const first = <usize>i32x4.extract_lane(address, 0)
  const second = <usize>i32x4.extract_lane(address, 2)
  const ab0 = v128.load(first)
  const cd0 = v128.load(first, 16)
  const ab1 = v128.load(second)
  const cd1 = v128.load(second, 16)
  const a = i64x2.shuffle(ab0, ab1, 0, 2)
  const b = i64x2.shuffle(ab0, ab1, 1, 3)
  const c = i64x2.shuffle(cd0, cd1, 0, 2)
  const d = i64x2.shuffle(cd0, cd1, 1, 3)
  return f64x2.add(f64x2.mul(f64x2.add(f64x2.mul(f64x2.add(f64x2.mul(d, t), c), t), b), t), a)
}
