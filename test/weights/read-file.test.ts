import { expect, test } from 'vitest'
import { encodeWeights } from '../../src/weights/file.ts'
import { parseWeightsFile, readWeightsFile } from '../../src/weights/read-file.ts'
import { WeightsError } from '../../src/weights/weights-error.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

const TUTORIAL = [['eH2CeX6Deg=='], 'eH2CeX6Deg==', ['eH2CeQ==', 'eH2CeQ==', 'eH2CeQ=='], ['eH2CeQ=='], 'eH2CeQ==']

test.each([
  ['JSON', (json: string) => json],
  ['a string assigned in a script', (json: string) => `lstm_data='${json}';\n`],
  ['a value assigned in a script', (json: string) => `globalThis.longhandWeights = ${json}\n`],
])('reads %s', (_how, write) => {
  const contents = write(JSON.stringify(TUTORIAL))
  expect(parseWeightsFile(contents)).toEqual(TUTORIAL)
  expect(readWeightsFile(contents)).toMatchObject({ name: 'handwriting (2016)', units: 1, mixtures: 1 })
})

test('reads a file of its own format, as JSON or from its script', () => {
  const weights = smallWeights(2, 1)
  const json = JSON.stringify(encodeWeights(weights))
  expect(readWeightsFile(json)).toEqual(weights)
  expect(readWeightsFile(`globalThis.longhandWeights = ${json}\n`)).toEqual(weights)
})

test.each(['', 'hello', "lstm_data='[", 'x = ', '{"format":'])('refuses %j', (contents) => {
  expect(() => readWeightsFile(contents)).toThrow(WeightsError)
  expect(() => readWeightsFile(contents)).toThrow(/^weights file: Expected JSON/)
})
