import nj from 'numjs'
import type { Weights } from '../../src/index.ts'
import { matrix, vector } from './matrix.ts'
import { biasWithoutForget, type NumjsArrays } from './numjs-step.ts'

/**
 * The weights file of the 2016 tutorial: a matrix is an array of rows, each the base64 of one byte per value,
 * byte = 127 + 127 × value / LARGEST. The forget bias is not included; the tutorial adds it at every step.
 */
export type TutorialFile = [
  headWeights: string[],
  headBias: string,
  inputWeights: string[],
  recurrentWeights: string[],
  bias: string,
]

const LARGEST = [1.5, 2.5, 2.0, 0.8, 1.5] // largest absolute value of each tensor

/** Converts any weights to that format; larger values are clamped, which changes no timing. */
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

/** Reads the file as the tutorial does: row by row into plain arrays, scaled by numjs. */
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
