import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import {
  ALPHAS,
  COLOR_MODELS,
  type Compressor,
  decodeDense,
  decodeRecipe,
  INPUTS,
  LARGEST_SIDE,
  LAYER_ACTIVATIONS,
  latentOnLoop,
  networkFromRecipe,
  type Pattern,
  patternFromDense,
  patternFromRecipe,
  pngBytes,
  type Recipe,
  RecipeError,
  recipeFromPng,
  recipeFromSeed,
  recipeFromText,
  renderBands,
} from '../../src/pattern/index.ts'
import { decimal, integer } from './values.ts'
import { naming, readJson } from './weights-file.ts'

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
  radius: number
  out: string
}

const MOST_FRAMES = 9999

const pixels = integer(1, LARGEST_SIDE)

/** `longhand pattern`: paints an abstract pattern, or a loop of them, as PNG. */
export function patternCommand(): Command {
  return new Command('pattern')
    .description('paint an abstract pattern as PNG')
    .option('--recipe <file>', 'begin from a recipe: a JSON file, or a PNG that was saved with one')
    .option('--dense <file>', 'instead, a trained network: what import-dense writes')
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
    .option('--zoom <factor>', 'into the middle', decimal(0, 1024))
    .option('--size <pixels>', 'of both sides', pixels, 1080)
    .option('--width <pixels>', 'instead of the size', pixels)
    .option('--height <pixels>', 'instead of the size', pixels)
    .option('--frames <number>', 'a loop through latent space, as numbered PNGs', integer(1, MOST_FRAMES))
    .option('--radius <distance>', 'how far the loop goes', decimal(0, 100), 1)
    .requiredOption('-o, --out <file>', 'the PNG to write; with --frames, a number is put before .png')
    .addHelpText(
      'after',
      `
Examples:
  longhand pattern --seed 3 --color oklch --out a.png
  longhand pattern --recipe a.png --size 8192 --out large.png
  longhand pattern --seed 4 --inputs r,angle --activations sine,tanh --size 512 --frames 120 --out loop.png`,
    )
    .action(async (options: Options) => {
      const stop = new AbortController()
      const interrupt = (signal: NodeJS.Signals) => stop.abort(new Interrupted(signal))
      process.on('SIGINT', interrupt)
      process.on('SIGTERM', interrupt)
      try {
        await paint(options, stop.signal)
      } finally {
        process.off('SIGINT', interrupt)
        process.off('SIGTERM', interrupt)
        // What waited for the tidying up now ends the program as it would have, for its caller to see.
        if (stop.signal.aborted) process.kill(process.pid, (stop.signal.reason as Interrupted).signal)
      }
    })
}

async function paint(options: Options, signal: AbortSignal): Promise<void> {
  const { size, width = size, height = size, frames, radius, out, dense } = options
  const progress = createProgress()
  const picture = { width, height, signal, progress }
  if (dense !== undefined) {
    await writePicture({ ...picture, pattern: await readDense(options), path: out })
    return
  }
  const recipe = await readRecipe(options)
  const network = networkFromRecipe(recipe)
  const paintRecipe = (recipe: Recipe) => ({ ...picture, recipe, pattern: patternFromRecipe(recipe, network) })
  if (frames === undefined) {
    await writePicture({ ...paintRecipe(recipe), path: out })
  } else {
    if (recipe.latent.length === 0)
      throw new RecipeError('latent: Got no latent numbers when expected one at least, for a loop to go through.')
    const digits = String(frames).length
    const { dir, name, ext } = parse(out)
    for (let frame = 0; frame < frames; frame++) {
      const latent = latentOnLoop(recipe.latent, frame / frames, radius)
      const path = join(dir, `${name}-${String(frame + 1).padStart(digits, '0')}${ext}`)
      const inLoop = (done: number) => progress((frame + done) / frames)
      await writePicture({ ...paintRecipe(decodeRecipe({ ...recipe, latent })), path, progress: inLoop })
    }
  }
  process.stderr.write(`${out}: ${width} × ${height} pixels, seed ${recipe.seed}\n`)
}

async function readDense({ dense = '', zoom = 1 }: Options): Promise<Pattern> {
  const { json } = await readJson(dense)
  return patternFromDense(
    naming(dense, () => decodeDense(json)),
    { center: [0, 0], zoom },
  )
}

async function readRecipe({ recipe: path, ...options }: Options): Promise<Recipe> {
  const begun = path === undefined ? recipeFromSeed(options.seed ?? freshSeed()) : await readRecipeFile(path)
  const { seed, units, depth, activations, inputs, latent, color, alpha, zoom } = options
  const chosen = { seed, size: units, depth, activations, inputs, latent, color, alpha }
  const view = zoom === undefined ? begun.view : { ...begun.view, zoom }
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
  return decodeRecipe({ ...begun, ...given, view })
}

async function readRecipeFile(path: string): Promise<Recipe> {
  const bytes = await readFile(path)
  return naming(path, () => (bytes[0] === 0x89 ? recipeFromPng(bytes) : recipeFromText(bytes.toString('utf8'))))
}

interface Picture {
  pattern: Pattern
  /** kept in the file */
  recipe?: Recipe
  width: number
  height: number
  path: string
  signal: AbortSignal
  progress: (done: number) => void
}

/** Writes beside the file first, so that there is a whole one or none. */
async function writePicture({ pattern, recipe, width, height, path, signal, progress }: Picture): Promise<void> {
  const channels = pattern.alpha !== 'none' ? 4 : pattern.color === 'bw' ? 1 : 3
  const png = { width, height, channels, ...(recipe && { recipe }) } as const
  const bands = (async function* () {
    for (const band of renderBands(pattern, width, height)) {
      // A signal is heard only between two turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      progress(band.done)
      yield band
    }
  })()
  const compressor = new CompressionStream('deflate') as unknown as Compressor
  const draft = join(dirname(path), `.${parse(path).base}.${process.pid}.part`)
  const file = await open(draft, 'w').catch((error) => {
    throw Object.assign(error, { path }) // nobody asked for the draft
  })
  try {
    for await (const bytes of pngBytes(png, bands, compressor)) await file.write(bytes)
    await file.close()
    signal.throwIfAborted()
    await rename(draft, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(draft, { force: true })
    throw error
  }
}

/** A line that counts up where someone looks on, and every tenth where it goes into a file. */
function createProgress(): (done: number) => void {
  let told = -1
  return (done) => {
    const percent = Math.floor(done * 100)
    if (process.stderr.isTTY) {
      if (percent !== told) process.stderr.write(`\r${percent} %${percent === 100 ? '\n' : ''}`)
    } else if (Math.floor(percent / 10) !== Math.floor(told / 10)) {
      process.stderr.write(`${percent} %\n`)
    }
    told = percent
  }
}

class Interrupted extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super('Stopped; nothing half done is left.')
  }
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
