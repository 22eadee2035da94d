import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { Page, type PageOptions } from '../../src/paper/page.ts'
import { Pen } from '../../src/paper/pen.ts'
import { type Call, Recorder } from '../fixtures/recorder.ts'

const UNIT = 10
const LAYOUT: PageOptions = { left: 100, right: 1100, top: 100, bottom: 500, lineHeight: 100, unit: UNIT }
const LINES = 5

/** Zigzag letters of the usual height, 2.7 units, 13 pixels apart; the pen is lifted at the end. */
function word(letters: number): Movement[] {
  const zigzag = Array.from({ length: letters }, (): Movement[] => [
    [5, -27, 0],
    [8, 27, 0],
  ]).flat()
  return zigzag.map(([dx, dy], n) => [dx, dy, n === zigzag.length - 1 ? 1 : 0])
}

/** Movements of these tests are in pixels, for readable numbers. */
const inUnits = ([dx, dy, pen]: Movement): Movement => [dx / UNIT, dy / UNIT, pen]

const SPACE: Movement = [40, 0, 0]

/** Words, each after a space. The pen is lifted at the start of a text. */
function text(...words: number[]): Movement[] {
  return words.flatMap((letters) => [SPACE, ...word(letters)])
}

const prose = (words: number, begin = 0) =>
  text(...Array.from({ length: words }, (_, n) => 2 + (((begin + n) * 5) % 7)))

function write(movements: Movement[], options: Partial<PageOptions> = {}) {
  const page = new Page({ ...LAYOUT, ...options })
  const surface = new Recorder()
  for (const movement of movements) page.write(inUnits(movement), surface)
  return { page, strokes: surface.strokes, calls: surface.calls }
}

/** Coordinates of the ink, including the control points of curves. */
const xsOf = (stroke: Call[]) => stroke.flatMap(([, ...numbers]) => (numbers as number[]).filter((_, n) => n % 2 === 0))
const ysOf = (stroke: Call[]) => stroke.flatMap(([, ...numbers]) => (numbers as number[]).filter((_, n) => n % 2 === 1))
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const lineOf = (stroke: Call[]) => Math.round((mean(ysOf(stroke)) - LAYOUT.top) / LAYOUT.lineHeight) + 0 // no −0

describe('line breaks', () => {
  test('come at spaces: every word is whole on one line, within the margins', () => {
    const { page, strokes } = write(prose(30))
    expect(page.line).toBeGreaterThan(1)
    expect(page.full).toBe(false)
    expect(strokes.length).toBe(30)
    for (const stroke of strokes) {
      expect(Math.min(...xsOf(stroke))).toBeGreaterThanOrEqual(LAYOUT.left)
      expect(Math.max(...xsOf(stroke))).toBeLessThanOrEqual(LAYOUT.right + 8 * UNIT)
      expect(Math.max(...ysOf(stroke)) - Math.min(...ysOf(stroke))).toBeLessThan(40)
    }
  })
  test.each([0, 1, 2, 3, 4, 5, 6])('come only once a line is nearly full, in reading order (text %i)', (begin) => {
    const { page, strokes } = write(prose(40, begin))
    const lines = strokes.map(lineOf)
    for (let n = 1; n < strokes.length; n++) {
      const [before, here] = [strokes[n - 1], strokes[n]]
      if (lines[n] === lines[n - 1]) expect(Math.min(...xsOf(here))).toBeGreaterThan(Math.max(...xsOf(before)))
      else {
        expect(lines[n]).toBe(lines[n - 1] + 1)
        expect(Math.max(...xsOf(before))).toBeGreaterThan(LAYOUT.right - 300)
      }
      // no word starts where it would have no room
      expect(Math.min(...xsOf(here))).toBeLessThan(LAYOUT.right - 10 * UNIT)
    }
    expect(lines.at(-1)).toBe(page.line)
  })
  test('drop the space: the next line starts at the margin', () => {
    const { strokes } = write(prose(30))
    const lines = strokes.map(lineOf)
    for (const [n, stroke] of strokes.entries()) if (lines[n] !== lines[n - 1]) expect(stroke[0][1]).toBe(LAYOUT.left)
  })
  test('come within a word only where it would run off the page', () => {
    const { strokes, page } = write(text(300))
    expect(page.line).toBe(3)
    for (const [n, stroke] of strokes.entries()) {
      if (n === strokes.length - 1) continue
      // in the first valley past the margin, where letters join
      expect(Math.max(...xsOf(stroke))).toBeGreaterThan(LAYOUT.right - UNIT)
      expect(Math.max(...xsOf(stroke))).toBeLessThan(LAYOUT.right + 2 * UNIT)
      expect(ysOf(stroke).at(-1)).toBeGreaterThan(mean(ysOf(stroke)))
    }
  })
  test('do not come when the pen goes back to cross a t', () => {
    // a word that ends a little past the margin, a jump back and up, a crossbar, and the next word
    const movements = [...text(77), [-0.5, -20, 0], [30, 0, 1], [60, 20, 0], ...word(3)] as Movement[]
    const { strokes } = write(movements)
    expect(strokes.map(lineOf)).toEqual([0, 0, 1])
  })
  test('do not come between the separate letters of a word', () => {
    // single letters with gaps of half a unit, up to where no new word would start
    const letters = Array.from({ length: 54 }, () => [[5, 0, 0] as Movement, ...word(1)]).flat()
    const { strokes, page } = write(letters)
    expect(page.pen.x).toBeGreaterThan(LAYOUT.right - 5 * UNIT)
    expect(strokes.every((stroke) => lineOf(stroke) === 0)).toBe(true)
  })
})

describe('baseline drift', () => {
  const slanted = (movements: Movement[], slope: number) =>
    movements.map(([dx, dy, pen]): Movement => [dx, dy + slope * dx, pen])

  test.each([-0.015, 0, 0.015])('is removed where the writing slants by %d', (slope) => {
    const { strokes } = write(slanted(prose(48), slope))
    const lines = strokes.map(lineOf)
    for (let line = 0; line <= 3; line++) {
      const ink = strokes.filter((_, n) => lines[n] === line).flatMap(ysOf)
      const rule = LAYOUT.top + line * LAYOUT.lineHeight
      // small letters are 27 high: a line off by less is still apart from its neighbors
      expect(Math.abs(mean(ink) - rule)).toBeLessThan(27)
      expect(Math.max(...ink) - Math.min(...ink)).toBeLessThan(LAYOUT.lineHeight)
    }
  })
  test('is removed better with every line', () => {
    const { strokes } = write(prose(60), { bottom: 2000 })
    const later = strokes.filter((stroke) => lineOf(stroke) >= 3)
    expect(later.length).toBeGreaterThan(20)
    for (const stroke of later) {
      const rule = LAYOUT.top + lineOf(stroke) * LAYOUT.lineHeight
      expect(Math.abs(mean(ysOf(stroke)) - rule)).toBeLessThan(5)
    }
  })
  test('is removed after a slip of the pen', () => {
    const { strokes } = write([...prose(10), [10, 30, 1], ...prose(120)], { right: 1e6 })
    expect(mean(ysOf(strokes[12])) - LAYOUT.top).toBeGreaterThan(10)
    expect(Math.abs(mean(ysOf(strokes.at(-1) as Call[])) - LAYOUT.top)).toBeLessThan(5)
  })
  test('is removed within a few words where the pen is lifted between letters', () => {
    const { strokes } = write([...prose(10), [10, 30, 1], ...prose(12)], { right: 1e6 })
    expect(Math.abs(mean(ysOf(strokes.at(-1) as Call[])) - LAYOUT.top)).toBeLessThan(5)
  })
  test('is removed without moving a dot away from its letter', () => {
    const dot: Movement[] = [
      [-20, -40, 0],
      [1, 0, 1],
    ]
    const { strokes } = write([...prose(10), [10, 30, 1], ...text(5), ...dot], { right: 1e6 })
    const [letters, above] = strokes.slice(-2).map(ysOf)
    expect(Math.abs((letters.at(-1) as number) - above[0] - 40)).toBeLessThan(2.7)
  })
  test('is removed in the long run, however steep', () => {
    const { strokes } = write(slanted(prose(700), 0.05), { right: 1e6 })
    expect(Math.abs(mean(ysOf(strokes.at(-1) as Call[])) - LAYOUT.top)).toBeLessThan(27)
  })
  test('is removed without bending letters', () => {
    const plain = new Recorder()
    const pen = new Pen(LAYOUT.left, LAYOUT.top)
    const movements = slanted(prose(8), 0.05)
    for (const movement of movements) pen.move(movement, plain)
    const { strokes } = write(movements)
    for (const [n, stroke] of strokes.entries()) {
      // two letters on, the shift has changed by a small part of their height
      const shift = (at: number) => ysOf(stroke)[at] - ysOf(plain.strokes[n])[at]
      for (let at = 12; at < ysOf(stroke).length; at++) expect(Math.abs(shift(at) - shift(at - 12))).toBeLessThan(2.7)
    }
  })
})

describe('a page', () => {
  test('is full after its last line, and ignores further movements', () => {
    const { page, calls } = write(prose(200))
    expect(page.full).toBe(true)
    expect(page.line).toBe(LINES - 1)
    expect(Math.max(...ysOf(calls))).toBeLessThan(LAYOUT.bottom + LAYOUT.lineHeight / 2)
    const surface = new Recorder()
    const { x, y } = page.pen
    for (const movement of prose(3)) page.write(inUnits(movement), surface)
    expect(surface.calls).toEqual([])
    expect([page.pen.x, page.pen.y, page.line]).toEqual([x, y, LINES - 1])
  })
  test('has drawn its last stroke to the end when it is full', () => {
    const page = new Page(LAYOUT)
    const surface = new Recorder()
    let last: { x: number; y: number; touches: boolean } = { x: 0, y: 0, touches: false }
    for (const movement of text(1000)) {
      if (page.full) break
      last = { x: page.pen.x, y: page.pen.y, touches: page.pen.touches }
      page.write(inUnits(movement), surface)
    }
    expect(page.full && last.touches).toBe(true)
    expect(surface.calls.at(-1)).toEqual(['L', last.x, last.y])
  })
  test('holds one line if it is one line high', () => {
    const { page, strokes } = write(prose(50), { bottom: LAYOUT.top })
    expect([page.full, page.line]).toEqual([true, 0])
    expect(strokes.every((stroke) => lineOf(stroke) === 0)).toBe(true)
  })
  test('holds its first line, with whole letters, even if it ends above it', () => {
    const { page, strokes } = write(prose(50), { bottom: 0 })
    expect([page.full, page.line]).toEqual([true, 0])
    expect(strokes).toEqual(write(prose(50), { bottom: LAYOUT.top }).strokes)
  })
  test('is the same for the same movements, drawn or not', () => {
    const movements = prose(60)
    expect(write(movements).calls).toEqual(write(movements).calls)
    const unseen = new Page(LAYOUT)
    for (const movement of movements) unseen.write(inUnits(movement))
    const { page } = write(movements)
    expect([unseen.pen.x, unseen.pen.y, unseen.line, unseen.full]).toEqual([
      page.pen.x,
      page.pen.y,
      page.line,
      page.full,
    ])
  })
  test('holds the same words on other lines at another width', () => {
    const movements = prose(30)
    const [narrow, wide] = [write(movements, { right: 1000 }), write(movements, { right: 1500 })]
    expect(narrow.page.line).toBeGreaterThan(wide.page.line)
    expect(narrow.strokes.length).toBe(wide.strokes.length)
    for (const [n, stroke] of narrow.strokes.entries()) {
      const other = wide.strokes[n]
      expect(stroke.length).toBe(other.length)
      const width = (xs: number[]) => Math.max(...xs) - Math.min(...xs)
      expect(width(xsOf(stroke))).toBeCloseTo(width(xsOf(other)), 6)
    }
  })
  test('does not change the movements', () => {
    const movements = prose(30)
    write(movements)
    expect(movements).toEqual(prose(30))
  })
})

test('ink stays on the page, whatever the movements', () => {
  const step = fc.oneof(
    fc.double({ min: -40, max: 60, noNaN: true }),
    fc.double({ min: -3000, max: 3000, noNaN: true }),
  )
  const movements = fc.array(fc.tuple(step, step, fc.constantFrom(0, 0, 0, 0, 1)) as fc.Arbitrary<Movement>, {
    maxLength: 300,
  })
  fc.assert(
    fc.property(movements, fc.constantFrom(undefined, 0, 30), (written, overrun) => {
      const { page, calls } = write(written, overrun === undefined ? {} : { overrun })
      const over = (overrun ?? 8 * UNIT) + 1e-9
      for (const x of xsOf(calls)) {
        expect(x).toBeGreaterThanOrEqual(LAYOUT.left - over)
        expect(x).toBeLessThanOrEqual(LAYOUT.right + over)
      }
      for (const y of ysOf(calls)) {
        expect(y).toBeGreaterThanOrEqual(LAYOUT.top - LAYOUT.lineHeight / 2 - over)
        expect(y).toBeLessThanOrEqual(LAYOUT.bottom + LAYOUT.lineHeight / 2 + over)
      }
      expect(page.line).toBeLessThan(LINES)
    }),
    { numRuns: 60 },
  )
})

describe('invalid options are refused by name:', () => {
  test.each([
    ['lineHeight', 0, 'Expected lineHeight to be a number above 0, got 0.'],
    ['lineHeight', -20, 'Expected lineHeight to be a number above 0, got -20.'],
    ['unit', 0, 'Expected unit to be a number above 0, got 0.'],
    ['left', undefined, 'Expected left to be a finite number, got undefined.'],
    ['bottom', Number.NaN, 'Expected bottom to be a finite number, got NaN.'],
    ['right', Number.POSITIVE_INFINITY, 'Expected right to be a finite number, got Infinity.'],
    ['overrun', Number.NaN, 'Expected overrun to be a finite number, got NaN.'],
  ])('%s %j', (name, value, message) => {
    const make = () => new Page({ ...LAYOUT, [name]: value })
    expect(make).toThrow(RangeError)
    expect(make).toThrow(message)
  })
  test('an invalid movement, and the page stays as it was', () => {
    const page = new Page(LAYOUT)
    for (const movement of prose(2)) page.write(inUnits(movement))
    const { x, y } = page.pen
    expect(() => page.write([Number.NaN, 0, 0])).toThrow(
      'Expected a movement [dx, dy, pen] of three finite numbers, got [NaN, 0, 0]',
    )
    expect([page.pen.x, page.pen.y]).toEqual([x, y])
  })
  test('an undefined overrun counts as left out', () => {
    const options = { ...LAYOUT, overrun: undefined } as unknown as PageOptions
    const page = new Page(options)
    for (const movement of prose(30)) page.write(inUnits(movement))
    expect([page.pen.x, page.pen.y]).toEqual([write(prose(30)).page.pen.x, write(prose(30)).page.pen.y])
  })
})
