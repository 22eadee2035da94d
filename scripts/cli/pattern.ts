import { join, parse } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import {
  ALPHAS,
  COLOR_MODELS,
  decodeDense,
  decodeRecipe,
  INPUTS,
  LARGEST_SIDE,
  LAYER_ACTIVATIONS,
  latentOnLoop,
  networkFromRecipe,
  patternFromDense,
  patternFromRecipe,
  type Recipe,
  recipeFromPng,
  recipeFromSeed,
  recipeFromText,
} from '../../src/api/pattern.ts'
import { Failure } from './failure.ts'
import { interruptibly } from './interrupt.ts'
import { output, STDOUT } from './output.ts'
import { createProgress, type Picture, picturePng } from './picture.ts'
import { decimal, integer } from './values.ts'
import { naming, readBytes, readJson } from './weights-file.ts'

interface Options {
  recipe?: string
  dense?: string
  seed?: number
  units?: number
  depth?: number
  activations?: string[]
  inputs?: string[]
  latent?: number[]
  color?: string
  alpha?: string
  zoom?: number
  size: number
  width?: number
  height?: number
  frames?: number
  radius?: number
  out: string
}

const MOST_FRAMES = 9999
/** options that say nothing to a trained network, which has its own weights and colours */
const OF_RECIPES = 'recipe seed units depth activations inputs latent color alpha frames radius'.split(' ')

const pixels = integer(1, LARGEST_SIDE)

/** `longhand pattern`: paints an abstract pattern, or a loop of them, as PNG. */
export function patternCommand(): Command {
  return new Command('pattern')
    .description('Paint an abstract pattern as PNG, or a loop of them.')
    .option('--recipe <file>', 'begin from a recipe: a JSON file, or a PNG that was saved with one')
    .addOption(
      new Option('--dense <file>', 'instead, a trained network: what import-dense writes').conflicts(OF_RECIPES),
    )
    .option(
      '-s, --seed <number>',
      'of the weights; left out, and without a recipe, a fresh one',
      integer(0, 2 ** 32 - 1),
    )
    .option('--units <number>', 'units a layer', integer(2, 64))
    .option('--depth <number>', 'hidden layers', integer(1, 32))
    .option('--activations <list>', `of the layers in turn: ${LAYER_ACTIVATIONS.join(', ')}`, words)
    .option('--inputs <list>', `what the network is told: ${INPUTS.join(', ')}`, words)
    .option('--latent <numbers>', 'such as 0.5,-1', numbers)
    .option('--color <model>', COLOR_MODELS.join(', '))
    .option('--alpha <mode>', ALPHAS.join(', '))
    .option('--zoom <factor>', 'into the middle', decimal(1 / 1024, 1024))
    .option('--size <pixels>', 'of both sides', pixels, 1080)
    .option('--width <pixels>', 'instead of the size', pixels)
    .option('--height <pixels>', 'instead of the size', pixels)
    .option('--frames <number>', 'a loop through latent space, as numbered PNGs', integer(1, MOST_FRAMES))
    .option('--radius <distance>', 'how far the loop goes; left out, 1', decimal(0, 100))
    .requiredOption(
      '-o, --out <file>',
      'the PNG to write, - is standard output; with --frames, a number is put before .png',
    )
    .addHelpText(
      'after',
      `
Examples:
  longhand pattern --seed 3 --color oklch --out a.png
  longhand pattern --recipe a.png --size 8192 --out large.png
  longhand pattern --seed 4 --inputs r,angle --activations sine,tanh --size 512 --frames 120 --out loop.png`,
    )
    .action((options: Options) => interruptibly((signal) => paint(options, signal)))
}

async function paint(options: Options, signal: AbortSignal): Promise<void> {
  const { size, width = size, height = size } = options
  const shots = await (options.dense === undefined ? shotsOfRecipe(options) : shotsOfDense(options))
  const progress = createProgress()
  for (const [n, { path, ...shown }] of shots.entries()) {
    const inAll = (done: number) => progress((n + done) / shots.length)
    await output(path, picturePng({ ...shown, width, height }, inAll, signal))
  }
  const paths = shots.map(({ path }) => (path === STDOUT ? 'standard output' : path))
  const name = paths.length === 1 ? paths[0] : `${paths[0]} … ${paths.at(-1)}`
  const seed = shots[0]?.recipe ? `, seed ${shots[0].recipe.seed}` : ''
  process.stderr.write(`${name}: ${width} × ${height} pixels${seed}\n`)
}

/** A picture that is to be written, and where to. */
type Shot = Pick<Picture, 'pattern' | 'recipe'> & { path: string }

async function shotsOfDense({ dense = '', zoom = 1, out }: Options): Promise<Shot[]> {
  const { json } = await readJson(dense)
  const network = naming(dense, () => decodeDense(json))
  return [{ path: out, pattern: patternFromDense(network, { center: [0, 0], zoom }) }]
}

async function shotsOfRecipe({ frames, radius, out, ...options }: Options): Promise<Shot[]> {
  const recipe = await readRecipe(options)
  const network = networkFromRecipe(recipe)
  const shot = (path: string, recipe: Recipe) => ({ path, recipe, pattern: patternFromRecipe(recipe, network) })
  if (frames === undefined) {
    if (radius === undefined) return [shot(out, recipe)]
    throw new Failure('--radius: Got no --frames when expected the number of pictures of a loop.')
  }
  if (recipe.latent.length === 0)
    throw new Failure('latent: Got no latent numbers when expected one at least, for a loop to go through.')
  if (out === STDOUT) throw new Failure('--out: Got standard output when expected the name of a file, for --frames.')
  const { dir, name, ext } = parse(out)
  return Array.from({ length: frames }, (_, frame) => {
    const number = String(frame + 1).padStart(String(frames).length, '0')
    const latent = latentOnLoop(recipe.latent, frame / frames, radius ?? 1)
    return shot(join(dir, `${name}-${number}${ext}`), decodeRecipe({ ...recipe, latent }))
  })
}

async function readRecipe({ recipe: path, ...options }: Partial<Options>): Promise<Recipe> {
  const begun = path === undefined ? recipeFromSeed(options.seed ?? freshSeed()) : await readRecipeFile(path)
  const { seed, units, depth, activations, inputs, latent, color, alpha, zoom } = options
  const chosen = { seed, size: units, depth, activations, inputs, latent, color, alpha }
  const view = zoom === undefined ? begun.view : { ...begun.view, zoom }
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
  return decodeRecipe({ ...begun, ...given, view })
}

async function readRecipeFile(path: string): Promise<Recipe> {
  const bytes = await readBytes(path)
  return naming(path, () => (bytes[0] === 0x89 ? recipeFromPng(bytes) : recipeFromText(bytes.toString('utf8'))))
}

function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number
}

function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.')
  return value
}

function numbers(text: string): number[] {
  return text === '' ? [] : text.split(',').map(number)
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim())
}
