import type { Weights } from '../../../src/index.ts'
import { matrix, vector } from '../matrix.ts'

// Writes the few messages of onnx.proto that the network needs, in the wire format of Protocol Buffers.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

const VARINT = 0
const BYTES = 2

const FLOAT = 1 // TensorProto.DataType
const ATTRIBUTE_INT = 2 // AttributeProto.AttributeType

type Field = Uint8Array[]

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

const int = (number: number, value: number): Field => [varint(number * 8 + VARINT), varint(value)]
const bytes = (number: number, value: Uint8Array): Field => [varint(number * 8 + BYTES), varint(value.length), value]
const text = (number: number, value: string): Field => bytes(number, new TextEncoder().encode(value))
const message = (number: number, fields: Field[]): Field => bytes(number, join(fields))

function join(fields: Field[]): Uint8Array {
  const parts = fields.flat()
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function initializer(name: string, dims: number[], values: number[]): Field {
  const raw = new DataView(new ArrayBuffer(4 * values.length))
  for (const [n, value] of values.entries()) raw.setFloat32(4 * n, value, true)
  const data = new Uint8Array(raw.buffer)
  return message(5, [...dims.map((dim) => int(1, dim)), int(2, FLOAT), text(8, name), bytes(9, data)])
}

function node(type: string, inputs: string[], outputs: string[], attributes: Field[] = []): Field {
  return message(1, [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, type),
    ...attributes,
  ])
}

const intAttribute = (name: string, value: number): Field =>
  message(5, [text(1, name), int(3, value), int(20, ATTRIBUTE_INT)])

function floats(field: number, name: string, dims: number[]): Field {
  const shape = message(
    2,
    dims.map((dim) => message(1, [int(1, dim)])),
  )
  return message(field, [text(1, name), message(2, [message(1, [int(1, FLOAT), shape])])])
}

function model(nodes: Field[]): Uint8Array {
  return join([int(1, 8), message(8, [text(1, ''), int(2, 17)]), message(7, nodes)])
}

/**
 * Encodes one step as an ONNX model: x (1, 1, 3), h (1, 1, H), c (1, 1, H) -> nextH, nextC (1, 1, H) and logits
 * (1, 1, 1 + 6M). Uses the LSTM operator, which is a sixth faster than separate products and elementwise operations; its
 * gates are in the order i o f g, and its matrices are (4H, inputs).
 */
export function onnxFile({ units: H, tensors }: Weights): Uint8Array {
  const { inputWeights, recurrentWeights, bias, headWeights, headBias } = tensors
  const outputs = headBias.shape[0]
  const order = [0, 3, 2, 1].flatMap((gate) => Array.from({ length: H }, (_, j) => gate * H + j))
  const rows = (columns: number[][]) => order.flatMap((gate) => columns.map((column) => column[gate]))
  const b = vector(bias)
  return model([
    node('LSTM', ['x', 'W', 'R', 'B', '', 'h', 'c'], ['Y', 'nextH', 'nextC'], [intAttribute('hidden_size', H)]),
    node('MatMul', ['nextH', 'V'], ['headProduct']),
    node('Add', ['headProduct', 'headBias'], ['logits']),
    text(2, 'step'),
    initializer('W', [1, 4 * H, 3], rows(matrix(inputWeights))),
    initializer('R', [1, 4 * H, H], rows(matrix(recurrentWeights))),
    initializer('B', [1, 8 * H], [...order.map((gate) => b[gate]), ...new Array(4 * H).fill(0)]),
    initializer('V', [1, H, outputs], vector(headWeights)),
    initializer('headBias', [1, outputs], vector(headBias)),
    floats(11, 'x', [1, 1, 3]),
    floats(11, 'h', [1, 1, H]),
    floats(11, 'c', [1, 1, H]),
    floats(12, 'nextH', [1, 1, H]),
    floats(12, 'nextC', [1, 1, H]),
    floats(12, 'logits', [1, 1, outputs]),
  ])
}
