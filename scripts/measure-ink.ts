// Measures how well the network predicts the same handwriting from devices with different event rates, and in several sizes.
//
//     npx tsx scripts/measure-ink.ts LINES.jsonl.gz [LINES_A_SET]
//
// A line of the file: {"set": "s01", "multiline": false, "text": "…", "strokes": [[x0, y0, dx, dy, dx, dy, …], …]}.
// The recordings, curves at 100 samples per second, are resampled at every rate and processed like a visitor's ink.
// Prints nats per point (lower is better), in model units.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeWeights, Model, nll } from '../src/index.ts'
import type { InkPoint } from '../src/ink/point.ts'
import { type Stroke, Strokes } from '../src/ink/strokes.ts'
import { VisitorInk } from '../src/ink/visitor-ink.ts'
import { root } from './build/root.ts'

const SETS = ['s01', 's08', 's17', 's19', 's20', 's21', 's24']
const RECORDED = 10 // ms from sample to sample
const LIFTED = 100 // ms from stroke to stroke
const SIGMA = 18 // the standard deviation of y at size 1, pixels: an x-height of about 27

interface Line {
  set: string
  multiline: boolean
  text: string
  strokes: number[][]
}
type Curve = [x: number, y: number][]

const [file, linesASet = '6'] = process.argv.slice(2)
if (!file) throw new Error('Expected a file: npx tsx scripts/measure-ink.ts LINES.jsonl.gz')
const model = new Model(decodeWeights(JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8'))))
const lines = choose(readLines(file), Number(linesASet)).map(curves)
console.log(`${lines.length} lines\n`)
console.log('events/s   size   nats/point   points   mean step   unit   revisions/line')

const nats: number[] = []
for (const size of [1, 0.5, 2]) {
  for (const rate of [30, 60, 120, 240]) {
    const mean = measure(rate, size)
    if (rate >= 60) nats.push(mean)
  }
}
console.log(`From 60 events a second up, all sizes: ${(Math.max(...nats) - Math.min(...nats)).toFixed(3)} nats apart\n`)
for (const size of [1, 0.5, 2]) for (const rate of [60, 120, 240]) measure(rate, size, 1, 'whole pixels, as a mouse')

function measure(rate: number, size: number, grain = 0, note = ''): number {
  let sum = 0
  let points = 0
  let steps = 0
  let length = 0
  let units = 0
  let revisions = 0
  for (const line of lines) {
    const writer = write(line, rate, size * SIGMA, grain)
    const { movements, unit } = writer
    let state = model.update([0, 0, 1], model.zero_state())
    model.set_scale_factor(unit)
    for (const [i, movement] of movements.entries()) {
      const [dx, dy, pen] = movement
      if (i > 0) sum += nll(model.get_pdf(state), [dx / unit, dy / unit, pen]) // the first only puts the pen down
      state = model.update(movement, state)
      if (i > 0 && movements[i - 1]?.[2] === 0) {
        length += Math.hypot(dx, dy) / unit
        steps++
      }
    }
    points += movements.length - 1
    units += unit / size
    revisions += writer.revision
  }
  const mean = sum / points
  const columns = [
    String(rate).padStart(8),
    String(size).padStart(7),
    mean.toFixed(3).padStart(13),
    String(points).padStart(9),
    (length / steps).toFixed(3).padStart(12),
    (units / lines.length).toFixed(1).padStart(7),
    (revisions / lines.length).toFixed(1).padStart(17),
  ]
  console.log(`${columns.join('')}   ${note}`)
  return mean
}

/** Writes a line, whose y has standard deviation 1, at a size of sigma pixels. */
function write(line: Curve[], rate: number, sigma: number, grain: number): VisitorInk {
  const round = (value: number) => (grain > 0 ? Math.round(value / grain) * grain : value)
  const writer = new VisitorInk()
  const strokes = new Strokes({
    onDown: (point) => writer.down(point),
    onMove: (more) => writer.move(more),
    onUp: (_: Stroke) => writer.up(),
  })
  let t = 0
  for (const curve of line) {
    const [first, ...rest] = events(curve, rate).map(({ x, y, t: after, pressure }) => ({
      x: round(x * sigma),
      y: round(y * sigma),
      t: t + after,
      pressure,
      grain,
    })) as [InkPoint, ...InkPoint[]]
    strokes.down(1, 'pen', first)
    for (const event of rest) strokes.move(1, [event])
    strokes.up(1)
    t = (rest.at(-1) ?? first).t + LIFTED
  }
  return writer
}

/** Samples a curve at a device's rate, with its first and last point. */
function events(curve: Curve, rate: number): InkPoint[] {
  const end = (curve.length - 1) * RECORDED
  const at = (t: number): InkPoint => {
    const i = Math.min(Math.floor(t / RECORDED), curve.length - 1)
    const [x, y] = curve[i] as [number, number]
    const [nextX, nextY] = curve[i + 1] ?? [x, y]
    const u = t / RECORDED - i
    return { x: x + (nextX - x) * u, y: y + (nextY - y) * u, t, pressure: 0.5 }
  }
  const seen: InkPoint[] = []
  for (let t = 0; t < end; t += 1000 / rate) seen.push(at(t))
  return [...seen, at(end)]
}

function readLines(path: string): Line[] {
  return gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Selects the same number of lines from each set, evenly spaced. */
function choose(all: Line[], count: number): Line[] {
  return SETS.flatMap((set) => {
    const some = all.filter((line) => line.set === set && !line.multiline && line.text.length >= 12)
    return Array.from({ length: count }, (_, i) => some[Math.floor(((i + 0.5) * some.length) / count)] as Line)
  })
}

/** Converts strokes to curves of equal size: y has standard deviation 1 about the slope of the line. */
function curves({ strokes }: Line): Curve[] {
  const line = strokes.map((numbers) => {
    let [x, y] = [0, 0]
    const curve: Curve = []
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i] as number
      y += numbers[i + 1] as number
      curve.push([x, y])
    }
    return curve
  })
  const points = line.flatMap((curve) =>
    curve.filter(([x, y], i) => i === 0 || x !== curve[i - 1]?.[0] || y !== curve[i - 1]?.[1]),
  )
  const mean = (value: (point: [number, number]) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])]
  const slope = mean((point) => (point[0] - x) * (point[1] - y)) / mean((point) => (point[0] - x) ** 2)
  const level = Math.min(Math.max(slope, -0.15), 0.15)
  const sigma = Math.sqrt(mean((point) => (point[1] - y - level * (point[0] - x)) ** 2))
  return line.map((curve) => curve.map(([px, py]) => [px / sigma, py / sigma]))
}
