import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeWeights } from 'longhand'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildCommand } from '../../scripts/build/library.ts'
import { root } from '../../scripts/build/root.ts'
import { swap } from '../../scripts/build/swap.ts'

// Runs the command as shipped: one file, with the weights where the package has them, in its own process.
let folder: string
const at = (name: string) => join(folder, name)
const SHORT = ['--width', '60mm', '--lines', '1', '--margin', '4mm', '--x-height', '2mm']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
  await buildCommand(at('package/dist'))
  await mkdir(at('package/weights'))
  for (const name of ['handwriting.json', 'scribe.json'])
    symlinkSync(join(root, 'weights', name), at(`package/weights/${name}`))
  await writeFile(at('package/package.json'), '{ "type": "module" }')
  await writeFile(at('old.json'), JSON.stringify(tutorialFile()))
})
afterAll(() => rm(folder, { recursive: true }))

interface Answer {
  code: number | null
  out: string
  err: string
}

function longhand(...words: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [at('package/dist/cli.js'), ...words], { cwd: folder })
    const answer = { code: null as number | null, out: '', err: '' }
    child.stdout.on('data', (data) => {
      answer.out += data
    })
    child.stderr.on('data', (data) => {
      answer.err += data
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...answer, code }))
  })
}

async function write(...words: string[]): Promise<string> {
  const { code, out, err } = await longhand('write', ...SHORT, ...words)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

/** Returns all points of the paths, including control points; the ink lies within their hull. */
function ink(svg: string): { x: number; y: number }[] {
  const numbers = [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, path]) => path.match(/-?[\d.]+/g) ?? []).map(Number)
  return numbers.filter((_, n) => n % 2 === 0).map((x, n) => ({ x, y: numbers[2 * n + 1] }))
}

/** Returns weights in the 2016 tutorial's format, with 2 units and 1 component; byte 127 is zero. */
function tutorialFile(): unknown {
  const row = (length: number) => Buffer.alloc(length, 127).toString('base64')
  const rows = (count: number, length: number) => Array.from({ length: count }, () => row(length))
  return [rows(2, 7), row(7), rows(3, 8), rows(2, 8), row(8)]
}

test('writes the same page for the same seed, and a different one for another', async () => {
  const [first, again, other] = await Promise.all([write('-s', '7'), write('--seed', '7'), write('--seed', '8')])
  expect(first).toBe(again)
  expect(other).not.toBe(first)
})

test('chooses and reports a seed if none is given, and repeats the page with it', async () => {
  const { code, out, err } = await longhand('write', ...SHORT)
  expect(code).toBe(0)
  const seed = /--seed (\d+)/.exec(err)?.[1] as string
  expect(await write('--seed', seed)).toBe(out)
})

test('makes the page as wide as requested and as high as its lines', async () => {
  const svg = await write('--seed', '7', '--lines', '3', '--line-height', '1cm')
  expect(svg).toContain('width="60mm" height="38mm" viewBox="0 0 60 38"')
})

test('wraps lines that fill the width, and keeps all ink on the paper', async () => {
  const svg = await write('--seed', '7', '--lines', '3', '--line-height', '1cm', '--pen', '0.4mm')
  const points = ink(svg)
  for (const line of [0, 1, 2]) {
    const xs = points.filter(({ y }) => y > 4 + 10 * line && y < 14 + 10 * line).map(({ x }) => x)
    expect(Math.min(...xs)).toBeLessThan(10)
    expect(Math.max(...xs)).toBeGreaterThan(40)
  }
  expect(points.every(({ x, y }) => x >= 0.2 && x <= 59.8 && y >= 0.2 && y <= 37.8)).toBe(true)
})

test('keeps the ink on the paper even at a high temperature without margins', async () => {
  const svg = await write('--seed', '3', '--temperature', '2', '--margin', '0', '--lines', '2', '--line-height', '5mm')
  const points = ink(svg)
  expect(points.length).toBeGreaterThan(100)
  expect(points.every(({ x, y }) => x >= 0 && x <= 60 && y >= 0 && y <= 10.35)).toBe(true)
})

test('writes fewer and larger letters with a larger x-height', async () => {
  // letters differ, so measure the vertical spread of long lines on several pages
  const long = ['--width', '160mm']
  const pages = (...words: string[]) =>
    Promise.all(['7', '8', '9', '10'].map((seed) => write('--seed', seed, ...long, ...words)))
  const [small, large] = await Promise.all([pages(), pages('--x-height', '3mm')])
  const height = (svg: string) => {
    const ys = ink(svg).map(({ y }) => y)
    const middle = ys.reduce((sum, y) => sum + y, 0) / ys.length
    return Math.sqrt(ys.reduce((sum, y) => sum + (y - middle) ** 2, 0) / ys.length)
  }
  const sum = (svgs: string[], measure: (svg: string) => number) => svgs.reduce((all, svg) => all + measure(svg), 0)
  expect(sum(large, height)).toBeGreaterThan(1.1 * sum(small, height))
  expect(sum(large, (svg) => ink(svg).length)).toBeLessThan(sum(small, (svg) => ink(svg).length))
})

test('uses the requested temperature, pen, ink and paper', async () => {
  const [plain, other] = await Promise.all([
    write('--seed', '7'),
    write('-s', '7', '-t', '0.3', '--pen', '.5', '--color', 'crimson', '--background', 'none'),
  ])
  expect(plain).toContain('fill="#faf7f0"')
  expect(plain).toContain('stroke="#1f2a44"')
  expect(other).toContain('stroke="crimson" stroke-width="0.5"')
  expect(other).not.toContain('<rect')
  expect(ink(other)).not.toEqual(ink(plain))
})

test('accepts a hex color without #, and adds the # that SVG requires', async () => {
  const [bare, full, short] = await Promise.all([
    write('--seed', '7', '--color', 'd1495b', '--background', 'EDAE49'),
    write('--seed', '7', '--color', '#d1495b', '--background', '#EDAE49'),
    write('--seed', '7', '--color', '246', '--background', 'none'),
  ])
  expect(bare).toContain('stroke="#d1495b"')
  expect(bare).toContain('fill="#EDAE49"')
  expect(bare).toBe(full)
  expect(short).toContain('stroke="#246"')
})

test('writes a title and the settings that reproduce the picture into the SVG', async () => {
  const svg = await write('--seed', '7')
  expect(svg).toContain('<title>Handwriting</title>')
  expect(svg).toMatch(/<desc>Written by longhand, seed 7, temperature 0\.5\. Weights: [^<]+<\/desc>/)
})

test('writes the same page for equal widths in millimeters, centimeters, inches and pixels', async () => {
  const pages = await Promise.all(['50.8', '5.08cm', '2in', '192px'].map((w) => write('-s7', '-w', w)))
  expect(new Set(pages).size).toBe(1)
})

test('--out replaces an existing file, and leaves no other files', async () => {
  await mkdir(at('out'))
  await writeFile(at('out/page.svg'), 'old')
  const [printed, svg] = await Promise.all([
    write('--seed', '7', '--out', 'out/page.svg'),
    write('--seed', '7', '--out', '-'),
  ])
  expect(printed).toBe('')
  expect(readFileSync(at('out/page.svg'), 'utf8')).toBe(svg)
  expect(readdirSync(at('out'))).toEqual(['page.svg'])
})

test('reports a failure in one line with exit code 1, and keeps the old file', async () => {
  await writeFile(at('page.svg'), 'old')
  await writeFile(at('broken.json'), '{ "format": "longhand-weights", "version": 3 }')
  await writeFile(at('none.json'), 'hello')
  await mkdir(at('folder'))
  const failures: [string[], RegExp][] = [
    [['--weights', 'missing.json'], /^longhand: missing\.json: no such file or folder\.\n$/],
    [['--weights', 'folder'], /^longhand: folder: is a folder\.\n$/],
    [
      ['--weights', 'none.json'],
      /^longhand: none\.json: weights file: Expected JSON, or a script that assigns JSON\. .+\n$/,
    ],
    [['--weights', 'broken.json'], /^longhand: broken\.json: version: Expected 1 or 2, got 3\.\n$/],
    [['--weights', 'old.json'], /^longhand: old\.json .*import-weights old\.json NEW\.json\n$/],
    [['--margin', '29mm'], /^longhand: Expected lines of 40mm or more between the margins, got 2mm.*\n$/],
    [['--out', 'nowhere/page.svg'], /^longhand: nowhere\/page\.svg: no such file or folder\.\n$/],
    [['--out', 'folder'], /^longhand: folder: is a folder\.\n$/],
  ]
  const answers = await Promise.all(
    failures.map(([words]) => longhand('write', ...SHORT, '--seed', '7', '--out', 'page.svg', ...words)),
  )
  answers.forEach(({ code, out, err }, n) => {
    expect(err).toMatch(failures[n][1])
    expect({ code, out }).toEqual({ code: 1, out: '' })
  })
  expect(readFileSync(at('page.svg'), 'utf8')).toBe('old')
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
})

test('gives up on a network that never moves to the right', async () => {
  await longhand('import-weights', 'old.json', 'still.json')
  const { code, err } = await longhand('write', ...SHORT, '--seed', '7', '-t', '0', '--weights', 'still.json')
  expect(err).toMatch(
    /^longhand: Expected writing that moves to the right, got movements in one place with seed 7 at temperature 0\. Try .+\n$/,
  )
  expect(code).toBe(1)
})

test('reports an invalid option with the expected and the given value, with exit code 2', async () => {
  const calls: [string[], RegExp][] = [
    [['write', '--seed', '-1'], /'-1'.* whole number from 0 to 4294967295/],
    [['write', '--seed', '1.5'], /'1\.5'.* whole number/],
    [['write', '--temperature', 'hot'], /'hot'.* number from 0 to 2/],
    [['write', '--temperature', 'NaN'], /'NaN'.* number from 0 to 2/],
    [['write', '--width', '180miles'], /'180miles'.* such as 180mm/],
    [['write', '--width', '1mm'], /'1mm'.* 10mm to 5000mm/],
    [['write', '--lines', '0'], /'0'.* whole number from 1 to 1000/],
    [['write', '--color', 'blurple'], /'blurple'.* color such as/],
    [['write', '--colour', 'red'], /unknown option '--colour'/],
    [['write', 'page.svg'], /too many arguments/],
    [['import-weights', 'old.json'], /missing required argument 'new'/],
    [['wirte'], /unknown command 'wirte'[\s\S]*Did you mean write/],
  ]
  const answers = await Promise.all(calls.map(([words]) => longhand(...words)))
  answers.forEach(({ code, out, err }, n) => {
    expect(err).toMatch(calls[n][1])
    expect(err).toMatch(/^longhand: /)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})

test('prints help and version with exit code 0, and help with exit code 2 if no command is given', async () => {
  const [help, writeHelp, version, nothing] = await Promise.all([
    longhand('--help'),
    longhand('write', '--help'),
    longhand('--version'),
    longhand(),
  ])
  expect(help).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/write[\s\S]*import-weights[\s\S]*info/) })
  expect(writeHelp.out).toContain('longhand write --seed 7 --temperature 0.5 --width 180mm --lines 5 --out page.svg')
  expect(version.out.trim()).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
  expect(nothing).toEqual({ code: 2, out: '', err: help.out })
})

test.skipIf(process.platform === 'win32')('the command is executable after every build, also the second', async () => {
  await mkdir(at('twice'))
  await writeFile(at('twice/package.json'), '{ "type": "module" }')
  for (let build = 1; build <= 2; build++) {
    await swap(at('twice/dist'), buildCommand)
    expect(execFileSync(at('twice/dist/cli.js'), ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
  }
})

test("imports the tutorial's file as a weights file", async () => {
  expect(await longhand('import-weights', 'old.json', 'new.json')).toEqual({ code: 0, out: '', err: '' })
  const weights = decodeWeights(JSON.parse(readFileSync(at('new.json'), 'utf8')))
  expect(weights).toMatchObject({ units: 2, mixtures: 1 })
  expect(weights.tensors.bias.data).toEqual(Float32Array.of(0, 0, 0, 0, 1, 1, 0, 0)) // the forget bias

  const twice = await longhand('import-weights', 'new.json', 'newer.json')
  expect(twice).toEqual({
    code: 1,
    out: '',
    err: "longhand: Expected the 2016 tutorial's file, got new.json, which is in longhand's format already.\n",
  })
  expect(existsSync(at('newer.json'))).toBe(false)
})

test("imports the tutorial's file from a script, the form that its pages load", async () => {
  await writeFile(at('old.js'), `lstm_data='${JSON.stringify(tutorialFile())}';\n`)
  await Promise.all([longhand('import-weights', 'old.json', 'of-json'), longhand('import-weights', 'old.js', 'of-js')])
  expect(readFileSync(at('of-js'), 'utf8')).toBe(readFileSync(at('of-json'), 'utf8'))
})

test('info describes a text network, and escapes what a terminal would execute', async () => {
  await writeFile(
    at('terminal.json'),
    JSON.stringify({ ...JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8')), name: 'a\x1b[31mb' }),
  )
  const [text, escaped] = await Promise.all([
    longhand('info', join(root, 'weights/scribe.json')),
    longhand('info', 'terminal.json'),
  ])
  expect(text.out).toMatch(/^network +two LSTM layers of 400 units, window of 10 components, mixture of 20/m)
  expect(text.out).toMatch(/^hands +alder, /m)
  expect(escaped.out).toMatch(/^name +a\\u\{1b\}\[31mb\n/)
})

test('info prints name, license and sizes of the weights', async () => {
  const { code, out } = await longhand('info')
  expect(code).toBe(0)
  const { name, license } = JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8'))
  expect(out).toContain(`name         ${name}\n`)
  expect(out).toContain(`license      ${license}\n`)
  expect(out).toMatch(/^attribution {2}\S/m)
  expect(out).toMatch(/recurrentWeights +int8 +500 × 2000\n/)
  expect(out).toContain('parameters   1,068,621\n')
  expect(out).toMatch(/handwriting\.json, [\d,]+ bytes\n$/)
})

test('a text is written in a hand, from the command line or a file, and hands are listed', async () => {
  await writeFile(at('letter.txt'), 'Dear reader')
  const [direct, file, list, unknown] = await Promise.all([
    write('--seed', '7', '--text', 'Dear reader', '--hand', 'ash'),
    write('--seed', '7', '--text-file', 'letter.txt', '--hand', 'ash'),
    longhand('hands', '--list'),
    longhand('write', '--seed', '7', '--text', 'hi \u{1F600}'),
  ])
  expect(ink(direct).length).toBeGreaterThan(50)
  expect(file).toBe(direct)
  expect(list.out.split('\n').slice(0, 2)).toEqual(['alder', 'ash'])
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('(U+1F600) at index 3') })
}, 60_000)

test('exits without an error when the reader closes the pipe early', async () => {
  const child = spawn(process.execPath, [at('package/dist/cli.js'), 'write', ...SHORT, '--seed', '7'], { cwd: folder })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (data) => {
    err += data
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})
