import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCommand } from '../../scripts/build/library.ts'
import { root } from '../../scripts/build/root.ts'
import { latentOnLoop, patternFromRecipe, recipeFromPng, recipeText } from '../../src/api/pattern.ts'
import { renderTile } from '../../src/pattern/paint/painter.ts'
import { recipe } from '../fixtures/recipes.ts'

// Runs the shipped command in a process of its own.
let home: string
let folder: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'longhand-'))
  await buildCommand(join(home, 'dist'))
  await writeFile(join(home, 'package.json'), '{ "type": "module" }')
  folder = join(home, 'pictures')
  await mkdir(folder)
})
afterAll(() => rm(home, { recursive: true, force: true }))

interface Result {
  code: number | null
  signal: NodeJS.Signals | null
  errors: string
  output: Buffer
}

/** Runs the command. @param onErrors receives all of stderr so far, and may kill the process */
function longhand(words: string[], onErrors?: (errors: string, kill: (signal: NodeJS.Signals) => void) => void) {
  return new Promise<Result>((resolve, reject) => {
    const child = spawn(process.execPath, [join(home, 'dist/cli.js'), ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let errors = ''
    const output: Buffer[] = []
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
      onErrors?.(errors, (signal) => child.kill(signal))
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, errors, output: Buffer.concat(output) }))
  })
}

describe('longhand pattern', () => {
  test('writes the picture of a seed with its recipe', async () => {
    const out = join(folder, 'a.png')
    const result = await longhand(['pattern', '--seed', '3', '--size', '120', '--color', 'hsl', '--out', out])
    expect(result.code).toBe(0)
    expect(result.errors).toContain('100 %')
    const bytes = await readFile(out)
    const expected = recipe({ seed: 3, color: 'hsl' })
    expect(recipeFromPng(bytes)).toEqual(expected)
    const pixels = new Uint8ClampedArray(120 * 120 * 4)
    renderTile(patternFromRecipe(expected), { width: 120, height: 120 }, pixels)
    expect([...decode(bytes).data]).toEqual([...pixels.filter((_, k) => k % 4 < 3)])
  })

  test('reads a recipe from a file or a picture, and changes it by options', async () => {
    const from = recipe({ seed: 8, size: 5, inputs: ['r', 'angle'], alpha: 'soft' })
    const file = join(folder, 'recipe.json')
    await writeFile(file, recipeText(from))
    const [first, second] = [join(folder, 'first.png'), join(folder, 'second.png')]
    await longhand(['pattern', '--recipe', file, '--width', '40', '--height', '20', '--out', first])
    expect(recipeFromPng(await readFile(first))).toEqual(from)
    expect([decode(await readFile(first)).width, decode(await readFile(first)).height]).toEqual([40, 20])
    await longhand([
      'pattern',
      '--recipe',
      first,
      '--size',
      '9',
      '--latent',
      '-1,0.5',
      '--color',
      'bw',
      '--out',
      second,
    ])
    expect(recipeFromPng(await readFile(second))).toEqual({ ...from, latent: [-1, 0.5], color: 'bw' })
  })

  test('writes a loop as numbered pictures, starting with the picture itself', async () => {
    const loop = join(folder, 'loop')
    const words = ['pattern', '--seed', '4', '--size', '16', '--frames', '10', '--out']
    const { code, errors } = await longhand([...words, `${loop}.png`])
    expect(code).toBe(0)
    expect(errors).toContain(`${loop}-01.png … ${loop}-10.png: 16 × 16 pixels, seed 4`)
    const files = (await readdir(folder)).filter((name) => name.startsWith('loop-')).sort()
    expect(files).toEqual(Array.from({ length: 10 }, (_, n) => `loop-${String(n + 1).padStart(2, '0')}.png`))
    const third = recipeFromPng(await readFile(`${loop}-03.png`))
    expect(third.latent).toEqual(latentOnLoop([0, 0], 2 / 10))
    expect(recipeFromPng(await readFile(`${loop}-01.png`))).toEqual(recipe({ seed: 4 }))
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('keeps the old picture after %s', async (signal) => {
    const out = join(folder, 'old.png')
    await writeFile(out, 'an old picture')
    const before = await readdir(folder)
    const result = await longhand(['pattern', '--seed', '1', '--size', '4000', '--out', out], (errors, kill) => {
      if (errors.includes('%')) kill(signal)
    })
    expect(result.signal).toBe(signal)
    expect(result.errors).not.toContain('100 %')
    expect(await readdir(folder)).toEqual(before)
    expect(await readFile(out, 'utf8')).toBe('an old picture')
  })

  test('keeps the finished pictures of a loop that is interrupted', async () => {
    const words = ['pattern', '--seed', '1', '--size', '400', '--frames', '99', '--out', join(folder, 'stopped.png')]
    const before = await readdir(folder)
    const result = await longhand(words, (errors, kill) => {
      if (errors.includes('10 %')) kill('SIGINT')
    })
    expect(result.signal).toBe('SIGINT')
    expect(result.errors).toContain('Stopped; no incomplete file is left.')
    const added = (await readdir(folder)).filter((name) => !before.includes(name))
    expect(added.length).toBeGreaterThanOrEqual(9)
    expect(added.length).toBeLessThan(99)
    for (const [n, name] of added.sort().entries()) {
      expect(name).toBe(`stopped-${String(n + 1).padStart(2, '0')}.png`)
      expect(decode(await readFile(join(folder, name)), { checkCrc: true }).height).toBe(400)
    }
  })

  test('writes to standard output', async () => {
    const { code, errors, output } = await longhand(['pattern', '--seed', '3', '--size', '8', '--out', '-'])
    expect(code).toBe(0)
    expect(errors).toContain('standard output: 8 × 8 pixels, seed 3')
    expect(decode(output).width).toBe(8)
    expect(recipeFromPng(output)).toEqual(recipe({ seed: 3 }))
  })

  test('refuses to replace a folder', async () => {
    const { code, errors } = await longhand(['pattern', '--size', '8', '--out', folder])
    expect(code).toBe(1)
    expect(errors).toMatch(`longhand: ${folder}: is a folder.`)
  })

  test.each([
    [['--seed', 'x'], 'Expected a whole number'],
    [['--size', '99999'], 'Expected a whole number from 1 to 16384'],
    [['--units', '65'], 'Expected a whole number from 2 to 64'],
    [['--latent', '1000'], 'latent.0: Expected a number from -100 to 100, got 1000.'],
    [['--color', 'pink'], 'color: Expected one of bw, rgb, cmyk, hsv, hsl, oklch, got "pink".'],
    [['--recipe', join(root, 'package.json')], 'package.json: format: Expected "longhand-pattern", got nothing.'],
    [['--recipe', 'nowhere.json'], 'nowhere.json: no such file or folder.'],
    [['--recipe', root], `${root}: is a folder.`],
    [['--latent', '', '--frames', '3'], 'latent: Expected at least one latent value for the loop, got none.'],
    [['--frames', '3', '--out', '-'], '--out: Expected the name of a file, because of --frames, got standard output.'],
    [['--frames', '3', '--radius', '100', '--latent', '1'], 'Expected a number from -100 to 100, got '],
    [['--radius', '5'], '--radius: Expected --frames as well, the number of pictures of the loop, got none.'],
    [['--zoom', '0'], 'Expected a number from 0.0009765625 to 1024'],
    [['--dense', 'a.json', '--seed', '3'], "option '--dense <file>' cannot be used with option '-s, --seed <number>'"],
    [['--dense', join(root, 'package.json')], 'package.json: '],
    [['--dense', join(root, 'LICENSE')], 'LICENSE is not JSON'],
  ])('reports what is wrong with %j, and writes nothing', async (words, message) => {
    const before = await readdir(folder)
    const result = await longhand(['pattern', '--size', '8', '--out', join(folder, 'never.png'), ...words])
    expect(result.code).not.toBe(0)
    expect(result.errors).toContain(message)
    expect(result.errors).not.toContain('    at ')
    expect(await readdir(folder)).toEqual(before)
  })
})

test('names the file that could not be written, not a temporary one', async () => {
  const out = join(folder, 'no such folder', 'a.png')
  const result = await longhand(['pattern', '--size', '8', '--out', out])
  expect(result.errors).toContain(`${out}: no such file or folder.`)
})

describe('longhand import-dense', () => {
  const path = (name: string) => join(folder, name)
  // One layer: red increases to the right, green downward, and blue is constant.
  const tensors = {
    '0.weight': [
      [4, 0],
      [0, 4],
      [0, 0],
    ],
    '0.bias': [0, 0, 0],
  }

  test('writes a network that longhand pattern can paint', async () => {
    await writeFile(path('torch.json'), JSON.stringify(tensors))
    expect(await longhand(['import-dense', path('torch.json'), path('net.json'), '--name', 'ramp'])).toMatchObject({
      code: 0,
    })
    expect(JSON.parse(await readFile(path('net.json'), 'utf8'))).toMatchObject({
      format: 'longhand-dense',
      name: 'ramp',
    })
    const words = ['--dense', path('net.json'), '--width', '50', '--height', '50', '--out', path('ramp.png')]
    expect(await longhand(['pattern', ...words])).toMatchObject({ code: 0 })
    const { data } = decode(await readFile(path('ramp.png')))
    const pixel = (column: number, row: number) => [...data.slice(3 * (50 * row + column), 3 * (50 * row + column) + 3)]
    const logistic = (z: number) => Math.round(255 / (1 + Math.exp(-z)))
    expect(pixel(0, 0)).toEqual([logistic(4 * -0.49), logistic(4 * -0.49), 128])
    expect(pixel(49, 0)).toEqual([logistic(4 * 0.49), logistic(4 * -0.49), 128])
    expect(pixel(0, 49)).toEqual([logistic(4 * -0.49), logistic(4 * 0.49), 128])
  })

  test('reports what is wrong, and keeps the old file', async () => {
    await writeFile(path('torch.json'), JSON.stringify({ ...tensors, '2.weight': [[1, 2]] }))
    await writeFile(path('net.json'), 'as it was')
    const before = await readdir(folder)
    const result = await longhand(['import-dense', path('torch.json'), path('net.json')])
    expect(result.code).toBe(1)
    expect(result.errors).toContain('layers.1: Expected 3 inputs, the outputs of the layer before, got 2.')
    expect(await readFile(path('net.json'), 'utf8')).toBe('as it was')
    expect(await readdir(folder)).toEqual(before)
  })
})
