/**
 * Just enough of WebAssembly's binary format (W3C, WebAssembly Core Specification 2.0) to write a module of a few
 * functions down: instructions are lists of bytes.
 */

export type Code = readonly number[]

/** A parameter or local: 32-bit integer, float64 or a pair of float64 (v128). */
export type Kind = 'i32' | 'f64' | 'v128'

export interface WasmFunction {
  readonly name: string
  readonly parameters: readonly Kind[]
  readonly locals: readonly Kind[]
  readonly body: Code
}

const KINDS: Readonly<Record<Kind, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b }

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]
export const integer = (value: number): Code => [0x41, ...signed(value)]
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a]
export const times = (a: Code, b: Code): Code => [...a, ...b, 0x6c]
export const shiftLeft = (a: Code, bits: number): Code => [...a, ...integer(bits), 0x74]

/** Runs the body, and again for as long as the local, moved on by the step, is below the end. */
export const loop = (local: number, step: number, end: Code, ...body: Code[]): Code => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...set(local, add(get(local), integer(step))),
  ...[...get(local), ...end, 0x48, 0x0d, 0x00],
  0x0b,
]

const simd = (operation: number): Code => [0xfd, ...unsigned(operation)]
/** two neighbouring numbers of memory */
export const load = (address: Code, offset = 0): Code => [...address, ...simd(0), 4, ...unsigned(offset)]
/** one number of memory, twice */
export const loadBoth = (address: Code, offset = 0): Code => [...address, ...simd(10), 3, ...unsigned(offset)]
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...simd(11),
  ...[4, ...unsigned(offset)],
]
export const both = (number: Code): Code => [...number, ...simd(20)]
export const number = (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)]
/** the low halves of two pairs, or the high ones, as a pair */
export const lows = (a: Code, b: Code): Code => shuffle(a, b, 0)
export const highs = (a: Code, b: Code): Code => shuffle(a, b, 8)
const shuffle = (a: Code, b: Code, from: number): Code => [
  ...[...a, ...b, ...simd(13)],
  ...Array.from({ length: 16 }, (_, n) => from + n + (n < 8 ? 0 : 8)),
]
/** the lower 32 bits of the first number or the second */
export const bitsOf = (pair: Code, half: 0 | 1): Code => [...pair, ...simd(27), 2 * half]
export const absolutes = (a: Code): Code => [...a, ...simd(0xec)]
export const floors = (a: Code): Code => [...a, ...simd(0x75)]
export const sums = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf0)]
export const differences = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf1)]
export const products = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf2)]
/** b where b < a, else a */
export const lesser = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf6)]
/** b where a < b, else a */
export const greater = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf7)]

/** The module: it imports its memory as `memory.memory`, and exports its functions; none of them answers. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...list(parameters.map((kind) => [KINDS[kind]])), 0])
  const bodies = functions.map(({ locals, body }) => {
    const code = [...list(locals.map((kind) => [1, KINDS[kind]])), ...body, 0x0b]
    return [...unsigned(code.length), ...code]
  })
  const indices = functions.map((_, n) => unsigned(n))
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(types)),
    ...section(2, list([[...text('memory'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, list(indices)),
    ...section(7, list(functions.map(({ name }, n) => [...text(name), 0x00, ...unsigned(n)]))),
    ...section(10, list(bodies)),
  ])
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content]
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()]
}

function text(characters: string): Code {
  return list([...characters].map((character) => [character.charCodeAt(0)]))
}

/** LEB128 */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}
