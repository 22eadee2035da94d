import { Command } from 'commander'
import type { Tensor, TextWeights, Weights } from '../../src/index.ts'
import { readAnyWeights, type WeightsFile } from './weights-file.ts'

export function infoCommand(handwriting: URL): Command {
  return new Command('info')
    .description('Describe a weights file: its name, license, attribution, architecture, and size.')
    .argument('[file]', "a weights file (default: longhand's own handwriting)")
    .addHelpText(
      'after',
      `
Example:
  longhand info mine.json`,
    )
    .action(async (file: string | undefined) => {
      process.stdout.write(describe(await readAnyWeights(file ?? handwriting)))
    })
}

function describe({ path, bytes, weights }: WeightsFile<Weights | TextWeights>): string {
  const { name, description, license, attribution, metrics } = weights
  const tensors = Object.entries<Tensor>(weights.tensors)
  const parameters = tensors.reduce((sum, [, { data }]) => sum + data.length, 0)
  const rows = [
    ['name', name],
    ['description', description],
    ['license', license],
    ['attribution', attribution],
    ['network', architecture(weights)],
    ...('hands' in weights ? [['hands', weights.hands.map((hand) => hand.name).join(', ')]] : []),
    ['metrics', `unit ${metrics.unit}, x-height ${metrics.xHeight}, mean step ${metrics.meanStep}`],
    ['parameters', count(parameters)],
    ...tensors.map(([name, tensor], n) => [n === 0 ? 'tensors' : '', tensorLine(name, tensor)]),
    ['file', `${path}, ${count(bytes)} bytes`],
  ]
  return rows.map(([label, text]) => `${label.padEnd(13)}${printable(text) || '(none)'}\n`).join('')
}

function architecture(weights: Weights | TextWeights): string {
  const mixture = `mixture of ${count(weights.mixtures)} normal distributions`
  if (!('hands' in weights)) return `LSTM of ${count(weights.units)} units, ${mixture}`
  return `two LSTM layers of ${count(weights.units)} units, window of ${count(weights.window)} components, ${mixture}`
}

function tensorLine(name: string, { shape, dtype }: Tensor): string {
  return `${name.padEnd(18)}${dtype.padEnd(9)}${shape.join(' × ')}`
}

/** Escapes control characters, which could otherwise change what the terminal shows. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
