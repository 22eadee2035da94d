import { Command, Option } from 'commander'
import { ALPHAS, COLOR_MODELS, INPUTS, LARGEST_SIDE, LAYER_ACTIVATIONS } from '../../src/api/pattern.ts'
import { interruptibly } from './interrupt.ts'
import { numbers, words } from './lists.ts'
import { output, STDOUT } from './output.ts'
import { jobsOfDense, jobsOfRecipe, type PatternOptions } from './pattern-jobs.ts'
import { createProgress, picturePng } from './picture.ts'
import { decimal, integer } from './values.ts'

const MAX_FRAMES = 9999
/** Options that do not apply to a trained network, which has its own weights and colors. */
const RECIPE_OPTIONS = 'recipe seed units depth activations inputs latent color alpha frames radius'.split(' ')

const pixels = integer(1, LARGEST_SIDE)

/** Creates `longhand pattern`, which paints an abstract pattern as a PNG, or a loop as numbered PNGs. */
export function patternCommand(): Command {
  return new Command('pattern')
    .description('Paint an abstract pattern as a PNG, or a loop as numbered PNGs.')
    .option('--recipe <file>', 'start from a recipe: a JSON file, or a PNG saved with its recipe')
    .addOption(
      new Option('--dense <file>', 'paint a trained network instead, written by import-dense').conflicts(
        RECIPE_OPTIONS,
      ),
    )
    .option(
      '-s, --seed <number>',
      'seed of the weights (default: random, or that of the recipe)',
      integer(0, 2 ** 32 - 1),
    )
    .option('--units <number>', 'units per layer', integer(2, 64))
    .option('--depth <number>', 'number of hidden layers', integer(1, 32))
    .option('--activations <list>', `activations of the layers in turn: ${LAYER_ACTIVATIONS.join(', ')}`, words)
    .option('--inputs <list>', `inputs of the network: ${INPUTS.join(', ')}`, words)
    .option('--latent <numbers>', 'latent values, such as 0.5,-1', numbers)
    .option('--color <model>', `color model: ${COLOR_MODELS.join(', ')}`)
    .option('--alpha <mode>', `opacity: ${ALPHAS.join(', ')}`)
    .option('--zoom <factor>', 'zoom into the center', decimal(1 / 1024, 1024))
    .option('--size <pixels>', 'width and height', pixels, 1080)
    .option('--width <pixels>', 'width, instead of --size', pixels)
    .option('--height <pixels>', 'height, instead of --size', pixels)
    .option(
      '--frames <number>',
      'paint a loop through latent space, as that many numbered PNGs',
      integer(1, MAX_FRAMES),
    )
    .option('--radius <distance>', 'radius of the loop in latent space (default: 1)', decimal(0, 100))
    .requiredOption(
      '-o, --out <file>',
      'the PNG to write, or - for standard output; with --frames, a number is added before .png',
    )
    .addHelpText(
      'after',
      `
Examples:
  longhand pattern --seed 3 --color oklch --out a.png
  longhand pattern --recipe a.png --size 8192 --out large.png
  longhand pattern --seed 4 --inputs r,angle --activations sine,tanh --size 512 --frames 120 --out loop.png`,
    )
    .action((options: PatternOptions) => interruptibly((signal) => paint(options, signal)))
}

async function paint(options: PatternOptions, signal: AbortSignal): Promise<void> {
  const { size, width = size, height = size } = options
  const jobs = await (options.dense === undefined ? jobsOfRecipe(options) : jobsOfDense(options))
  const progress = createProgress()
  for (const [n, { path, ...picture }] of jobs.entries()) {
    const onProgress = (done: number) => progress((n + done) / jobs.length)
    await output(path, picturePng({ ...picture, width, height }, onProgress, signal))
  }
  const paths = jobs.map(({ path }) => (path === STDOUT ? 'standard output' : path))
  const name = paths.length === 1 ? paths[0] : `${paths[0]} … ${paths.at(-1)}`
  const seed = jobs[0]?.recipe ? `, seed ${jobs[0].recipe.seed}` : ''
  process.stderr.write(`${name}: ${width} × ${height} pixels${seed}\n`)
}
