import { Command } from 'commander'
import { encodeWeights, importTutorialWeights } from '../../src/index.ts'
import { Failure } from './failure.ts'
import { output } from './output.ts'
import { naming, readWeightsJson } from './weights-file.ts'

export function importWeightsCommand(): Command {
  return new Command('import-weights')
    .description("Convert the weights file of the 2016 handwriting tutorial to longhand's format.")
    .argument('<old>', "the tutorial's file: JSON, or a script that assigns it (lstm_data=…)")
    .argument('<new>', 'the file to write; - is standard output')
    .addHelpText(
      'after',
      `
Examples:
  longhand import-weights tutorial.json mine.json
  longhand write --weights mine.json --out page.svg`,
    )
    .action(importWeights)
}

async function importWeights(from: string, to: string): Promise<void> {
  const { json } = await readWeightsJson(from)
  if ((json as { format?: unknown } | null)?.format === 'longhand-weights')
    throw new Failure(`Expected the 2016 tutorial's file, got ${from}, which is in longhand's format already.`)
  const weights = naming(from, () => importTutorialWeights(json))
  await output(to, `${JSON.stringify(encodeWeights(weights))}\n`)
}
