import { Command } from 'commander'
import type { Tensor } from '../../src/index.ts'
import { readWeights, type WeightsFile } from './weights-file.ts'

export function infoCommand(handwriting: URL): Command {
  return new Command('info')
    .description('Describe a weights file: what it is, whose it is, and how large.')
    .argument('[file]', "left out, longhand's own handwriting")
    .addHelpText(
      'after',
      `
Example:
  longhand info mine.json`,
    )
    .action(async (file: string | undefined) => {
      process.stdout.write(describe(await readWeights(file ?? handwriting)))
    })
}

function describe({ path, bytes, weights }: WeightsFile): string {
  const { name, description, license, attribution, units, mixtures, tensors } = weights
  const parameters = Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0)
  const rows = [
    ['name', name],
    ['description', description],
    ['license', license],
    ['attribution', attribution],
    ['network', `LSTM of ${count(units)} units, mixture of ${count(mixtures)} normal distributions`],
    ['parameters', count(parameters)],
    ...Object.entries(tensors).map(([name, tensor], n) => [n === 0 ? 'tensors' : '', tensorLine(name, tensor)]),
    ['file', `${path}, ${count(bytes)} bytes`],
  ]
  return rows.map(([label, text]) => `${label.padEnd(13)}${text || '(not told)'}\n`).join('')
}

function tensorLine(name: string, { shape, dtype }: Tensor): string {
  return `${name.padEnd(18)}${dtype.padEnd(9)}${shape.join(' × ')}`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
