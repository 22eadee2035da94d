import { Command, InvalidArgumentError, Option } from 'commander'
import { COLOR_MODELS, type ColorModel, encodeDense, type ImportOptions, importDense } from '../../src/api/pattern.ts'
import { DENSE_ACTIVATIONS } from '../../src/pattern/dense/dense-network.ts'
import { number, numbers } from './lists.ts'
import { output } from './output.ts'
import { naming, readBytes } from './weights-file.ts'

/** Creates `longhand import-dense`, which converts a dense network for `longhand pattern --dense`. */
export function importDenseCommand(): Command {
  return new Command('import-dense')
    .description('Convert a trained dense network from PyTorch or Keras for longhand pattern --dense.')
    .argument(
      '<in>',
      'safetensors, or JSON with lists of numbers named 0.weight, 0.bias, … or dense/kernel, dense/bias, …',
    )
    .argument('<out>', 'the file to write, or - for standard output')
    .addOption(new Option('--activation <name>', 'activation of the hidden layers').choices([...DENSE_ACTIVATIONS]))
    .addOption(new Option('--output <name>', 'activation of the last layer').choices([...DENSE_ACTIVATIONS]))
    .option('--omega <factor>', 'factor of the sums in hidden layers, such as 30 for SIREN', number)
    .option('--range <from,to>', 'range of x and y along the shorter side in training', range)
    .option('--y-up', 'y grew upward in training')
    .addOption(new Option('--color <model>', 'color model of the outputs').choices([...COLOR_MODELS]))
    .option('--name <name>', 'name of the network')
    .option('--license <id>', 'license of the network')
    .option('--attribution <text>', 'who made the network')
    .addHelpText(
      'after',
      `
Options that the file's metadata contains can be left out.

Write a PyTorch model as JSON:
  import json
  tensors = {name: tensor.tolist() for name, tensor in model.state_dict().items()}
  metadata = {'activation': 'tanh', 'output': 'sigmoid', 'range': [-0.5, 0.5]}
  json.dump({'metadata': metadata, 'tensors': tensors}, open('network.json', 'w'))
For a Keras model, replace the second line by:
  tensors = {weight.path: weight.numpy().tolist() for weight in model.weights}

Example:
  longhand import-dense network.safetensors picture.json
  longhand pattern --dense picture.json --size 2048 --out picture.png`,
    )
    .action(convert)
}

async function convert(from: string, to: string, options: ImportOptions & { color?: ColorModel }): Promise<void> {
  const bytes = await readBytes(from)
  await output(to, `${JSON.stringify(encodeDense(naming(from, () => importDense(bytes, options))))}\n`)
}

function range(text: string): [number, number] {
  const ends = numbers(text)
  if (ends.length !== 2) throw new InvalidArgumentError('Expected two numbers such as -1,1.')
  return ends as [number, number]
}
