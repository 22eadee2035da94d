import { join, parse } from 'node:path'
import {
  decodeDense,
  decodeRecipe,
  latentOnLoop,
  networkFromRecipe,
  patternFromDense,
  patternFromRecipe,
  type Recipe,
  recipeFromPng,
  recipeFromSeed,
  recipeFromText,
} from '../../src/api/pattern.ts'
import { Random } from '../../src/math/random.ts'
import { Failure } from './failure.ts'
import { STDOUT } from './output.ts'
import type { Picture } from './picture.ts'
import { naming, readBytes, readJson } from './weights-file.ts'

/** The options of `longhand pattern`; `units` is the size in a recipe. */
export interface PatternOptions {
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

/** A picture to be painted, and the file to write it to. */
type Job = Pick<Picture, 'pattern' | 'recipe'> & { path: string }

/** Returns the picture of a trained network. */
export async function jobsOfDense({ dense = '', zoom = 1, out }: PatternOptions): Promise<Job[]> {
  const { json } = await readJson(dense)
  const network = naming(dense, () => decodeDense(json))
  return [{ path: out, pattern: patternFromDense(network, { center: [0, 0], zoom }) }]
}

/** Returns the picture of a recipe, or with --frames the pictures of a loop. */
export async function jobsOfRecipe({ frames, radius, out, ...options }: PatternOptions): Promise<Job[]> {
  const recipe = await readRecipe(options)
  const network = networkFromRecipe(recipe)
  const job = (path: string, recipe: Recipe) => ({ path, recipe, pattern: patternFromRecipe(recipe, network) })
  if (frames === undefined) {
    if (radius === undefined) return [job(out, recipe)]
    throw new Failure('--radius: Expected --frames as well, the number of pictures of the loop, got none.')
  }
  if (recipe.latent.length === 0)
    throw new Failure('latent: Expected at least one latent value for the loop, got none.')
  if (out === STDOUT) throw new Failure('--out: Expected the name of a file, because of --frames, got standard output.')
  const { dir, name, ext } = parse(out)
  return Array.from({ length: frames }, (_, frame) => {
    const number = String(frame + 1).padStart(String(frames).length, '0')
    const latent = latentOnLoop(recipe.latent, frame / frames, radius ?? 1)
    return job(join(dir, `${name}-${number}${ext}`), decodeRecipe({ ...recipe, latent }))
  })
}

async function readRecipe({ recipe: path, ...options }: Partial<PatternOptions>): Promise<Recipe> {
  const base = path === undefined ? recipeFromSeed(options.seed ?? new Random().seed) : await readRecipeFile(path)
  const { seed, units, depth, activations, inputs, latent, color, alpha, zoom } = options
  const fields = { seed, size: units, depth, activations, inputs, latent, color, alpha }
  const view = zoom === undefined ? base.view : { ...base.view, zoom }
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return decodeRecipe({ ...base, ...given, view })
}

async function readRecipeFile(path: string): Promise<Recipe> {
  const bytes = await readBytes(path)
  return naming(path, () => (bytes[0] === 0x89 ? recipeFromPng(bytes) : recipeFromText(bytes.toString('utf8'))))
}
