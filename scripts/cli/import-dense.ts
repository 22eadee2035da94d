import { Command, InvalidArgumentError, Option } from 'commander'
import { COLOR_MODELS, type ColorModel, encodeDense, type ImportOptions, importDense } from '../../src/api/pattern.ts'
import { DENSE_ACTIVATIONS } from '../../src/pattern/dense/dense-file.ts'
import { output } from './output.ts'
import { naming, readBytes } from './weights-file.ts'

/** `longhand import-dense`: a trained dense network of PyTorch or Keras as one that `longhand pattern` paints. */
export function importDenseCommand(): Command {
  return new Command('import-dense')
    .description("Convert a dense network of PyTorch or Keras to longhand's format.")
    .argument('<in>', 'safetensors, or JSON with lists of numbers: 0.weight, 0.bias, … or dense/kernel, dense/bias, …')
    .argument('<out>', 'the file to write; - is standard output')
    .addOption(new Option('--activation <name>', 'of the hidden layers').choices([...DENSE_ACTIVATIONS]))
    .addOption(new Option('--output <name>', 'of the last layer').choices([...DENSE_ACTIVATIONS]))
    .option('--omega <factor>', 'of the sums of hidden layers, such as 30 for sines', number)
    .option('--range <from,to>', 'of x and y along the shorter side when it was trained', range)
    .option('--y-up', 'y grew upwards when it was trained')
    .addOption(new Option('--color <model>', 'of its answers').choices([...COLOR_MODELS]))
    .option('--name <name>', 'of the network')
    .option('--license <id>', 'of the network')
    .option('--attribution <text>', 'whose it is')
    .addHelpText(
      'after',
      `
What the file says of itself need not be said again.

The JSON of a PyTorch model:
  import json
  tensors = {name: tensor.tolist() for name, tensor in model.state_dict().items()}
  metadata = {'activation': 'tanh', 'output': 'sigmoid', 'range': [-0.5, 0.5]}
  json.dump({'metadata': metadata, 'tensors': tensors}, open('network.json', 'w'))
and of a Keras model:
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

function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.')
  return value
}

function range(text: string): [number, number] {
  const numbers = text.split(',').map(number)
  if (numbers.length !== 2) throw new InvalidArgumentError('Expected two numbers, such as -1,1.')
  return numbers as [number, number]
}
