import nj from 'numjs'
import type { Weights } from '../../src/index.ts'
import { matrix, vector } from './matrix.ts'
import { biasWithoutForget, type NumjsArrays } from './numjs-step.ts'

/**
 * The weights file of the 2016 tutorial: a matrix is an array of rows, a row the base64 of one byte a value,
 * byte = 127 + 127 × value / the tensor's largest. The forget bias is added as the model runs.
 */
export type TutorialFile = [
  headWeights: string[],
  headBias: string,
  inputWeights: string[],
  recurrentWeights: string[],
  bias: string,
]

const LARGEST = [1.5, 2.5, 2.0, 0.8, 1.5]

/** Any weights in that format: as many bytes, though what is beyond a tensor's largest is cut off. */
export function toTutorialFile(weights: Weights): TutorialFile {
  const { tensors } = weights
  return [
    matrix(tensors.headWeights).map((row) => encodeRow(row, LARGEST[0])),
    encodeRow(vector(tensors.headBias), LARGEST[1]),
    matrix(tensors.inputWeights).map((row) => encodeRow(row, LARGEST[2])),
    matrix(tensors.recurrentWeights).map((row) => encodeRow(row, LARGEST[3])),
    encodeRow(biasWithoutForget(weights), LARGEST[4]),
  ]
}

/** Read as one read it then: row by row into arrays of numbers, and the scales applied by the array library. */
export function fromTutorialFile([
  headWeights,
  headBias,
  inputWeights,
  recurrentWeights,
  bias,
]: TutorialFile): NumjsArrays {
  const scaled = (values: number[] | number[][], n: number) => nj.array(values).divide(127).multiply(LARGEST[n])
  return {
    headWeights: scaled(headWeights.map(decodeRow), 0),
    headBias: scaled(decodeRow(headBias), 1),
    inputWeights: scaled(inputWeights.map(decodeRow), 2),
    recurrentWeights: scaled(recurrentWeights.map(decodeRow), 3),
    bias: scaled(decodeRow(bias), 4),
  }
}

function encodeRow(values: number[], largest: number): string {
  const bytes = values.map((value) => Math.max(0, Math.min(254, Math.round(127 + (127 * value) / largest))))
  return btoa(String.fromCharCode(...bytes))
}

function decodeRow(text: string): number[] {
  return [...atob(text)].map((character) => character.charCodeAt(0) - 127)
}
