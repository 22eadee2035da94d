import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/paper/movement.ts'
import { Page, type PageOptions } from '../../src/paper/page.ts'
import { Pen } from '../../src/paper/pen.ts'
import { type Call, Recorder } from '../fixtures/recorder.ts'

const UNIT = 10
const SHEET: PageOptions = { left: 100, right: 1100, top: 100, bottom: 500, lineHeight: 100, unit: UNIT }
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

/** Words with spaces before each: the pen is lifted when a text begins. */
function text(...words: number[]): Movement[] {
  return words.flatMap((letters) => [SPACE, ...word(letters)])
}

const prose = (words: number, begin = 0) =>
  text(...Array.from({ length: words }, (_, n) => 2 + (((begin + n) * 5) % 7)))

function write(movements: Movement[], options: Partial<PageOptions> = {}) {
  const page = new Page({ ...SHEET, ...options })
  const surface = new Recorder()
  for (const movement of movements) page.write(inUnits(movement), surface)
  return { page, strokes: surface.strokes, calls: surface.calls }
}

/** Where the ink is: every number that was drawn with, controls of curves too. */
const xsOf = (stroke: Call[]) => stroke.flatMap(([, ...numbers]) => (numbers as number[]).filter((_, n) => n % 2 === 0))
const ysOf = (stroke: Call[]) => stroke.flatMap(([, ...numbers]) => (numbers as number[]).filter((_, n) => n % 2 === 1))
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const lineOf = (stroke: Call[]) => Math.round((mean(ysOf(stroke)) - SHEET.top) / SHEET.lineHeight) + 0 // no −0

describe('lines are broken', () => {
  test('at spaces: every word stands whole on one line, within the margins', () => {
    const { page, strokes } = write(prose(30))
    expect(page.line).toBeGreaterThan(1)
    expect(page.full).toBe(false)
    expect(strokes.length).toBe(30)
    for (const stroke of strokes) {
      expect(Math.min(...xsOf(stroke))).toBeGreaterThanOrEqual(SHEET.left)
      expect(Math.max(...xsOf(stroke))).toBeLessThanOrEqual(SHEET.right + 8 * UNIT)
      expect(Math.max(...ysOf(stroke)) - Math.min(...ysOf(stroke))).toBeLessThan(40)
    }
  })
  test.each([0, 1, 2, 3, 4, 5, 6])(
    'not before they are nearly full, and in the order of reading (text %i)',
    (begin) => {
      const { page, strokes } = write(prose(40, begin))
      const lines = strokes.map(lineOf)
      for (let n = 1; n < strokes.length; n++) {
        const [before, here] = [strokes[n - 1], strokes[n]]
        if (lines[n] === lines[n - 1]) expect(Math.min(...xsOf(here))).toBeGreaterThan(Math.max(...xsOf(before)))
        else {
          expect(lines[n]).toBe(lines[n - 1] + 1)
          expect(Math.max(...xsOf(before))).toBeGreaterThan(SHEET.right - 300)
        }
        // none begins where there would be no room for it
        expect(Math.min(...xsOf(here))).toBeLessThan(SHEET.right - 10 * UNIT)
      }
      expect(lines.at(-1)).toBe(page.line)
    },
  )
  test('with no space at the beginning of the next: it begins at the margin', () => {
    const { strokes } = write(prose(30))
    const lines = strokes.map(lineOf)
    for (const [n, stroke] of strokes.entries()) if (lines[n] !== lines[n - 1]) expect(stroke[0][1]).toBe(SHEET.left)
  })
  test('within a word only where it would run off the page', () => {
    const { strokes, page } = write(text(300))
    expect(page.line).toBe(3)
    for (const [n, stroke] of strokes.entries()) {
      if (n === strokes.length - 1) continue
      // in the first valley past the margin, where letters join
      expect(Math.max(...xsOf(stroke))).toBeGreaterThan(SHEET.right - UNIT)
      expect(Math.max(...xsOf(stroke))).toBeLessThan(SHEET.right + 2 * UNIT)
      expect(ysOf(stroke).at(-1)).toBeGreaterThan(mean(ysOf(stroke)))
    }
  })
  test('not when the hand goes back for the bar of a t', () => {
    // a word that ends a little past the line, a leap back and up, a bar, and the next word
    const movements = [...text(77), [-0.5, -20, 0], [30, 0, 1], [60, 20, 0], ...word(3)] as Movement[]
    const { strokes } = write(movements)
    expect(strokes.map(lineOf)).toEqual([0, 0, 1])
  })
  test('not where letters of one word stand apart', () => {
    // single letters, half a unit of air between them, all the way past where no new word would be begun
    const letters = Array.from({ length: 54 }, () => [[5, 0, 0] as Movement, ...word(1)]).flat()
    const { strokes, page } = write(letters)
    expect(page.pen.x).toBeGreaterThan(SHEET.right - 5 * UNIT)
    expect(strokes.every((stroke) => lineOf(stroke) === 0)).toBe(true)
  })
})

describe('lines are level', () => {
  const slanted = (movements: Movement[], slope: number) =>
    movements.map(([dx, dy, pen]): Movement => [dx, dy + slope * dx, pen])

  test.each([-0.015, 0, 0.015])('also where the hand climbs or falls by %d', (slope) => {
    const { strokes } = write(slanted(prose(48), slope))
    const lines = strokes.map(lineOf)
    for (let line = 0; line <= 3; line++) {
      const ink = strokes.filter((_, n) => lines[n] === line).flatMap(ysOf)
      const rule = SHEET.top + line * SHEET.lineHeight
      // small letters are 27 high: a line that is off by less still stands on its own
      expect(Math.abs(mean(ink) - rule)).toBeLessThan(27)
      expect(Math.max(...ink) - Math.min(...ink)).toBeLessThan(SHEET.lineHeight)
    }
  })
  test('and more so with every line', () => {
    const { strokes } = write(prose(60), { bottom: 2000 })
    const later = strokes.filter((stroke) => lineOf(stroke) >= 3)
    expect(later.length).toBeGreaterThan(20)
    for (const stroke of later) {
      const rule = SHEET.top + lineOf(stroke) * SHEET.lineHeight
      expect(Math.abs(mean(ysOf(stroke)) - rule)).toBeLessThan(5)
    }
  })
  test('again after a slip of the hand', () => {
    const { strokes } = write([...prose(10), [10, 30, 1], ...prose(120)], { right: 1e6 })
    expect(mean(ysOf(strokes[12])) - SHEET.top).toBeGreaterThan(10)
    expect(Math.abs(mean(ysOf(strokes.at(-1) as Call[])) - SHEET.top)).toBeLessThan(5)
  })
  test('soon, where the pen is lifted between letters', () => {
    const { strokes } = write([...prose(10), [10, 30, 1], ...prose(12)], { right: 1e6 })
    expect(Math.abs(mean(ysOf(strokes.at(-1) as Call[])) - SHEET.top)).toBeLessThan(5)
  })
  test('and a dot stays above its letter', () => {
    const dot: Movement[] = [
      [-20, -40, 0],
      [1, 0, 1],
    ]
    const { strokes } = write([...prose(10), [10, 30, 1], ...text(5), ...dot], { right: 1e6 })
    const [letters, above] = strokes.slice(-2).map(ysOf)
    expect(Math.abs((letters.at(-1) as number) - above[0] - 40)).toBeLessThan(2.7)
  })
  test('in the long run whatever the hand tends to', () => {
    const { strokes } = write(slanted(prose(700), 0.05), { right: 1e6 })
    expect(Math.abs(mean(ysOf(strokes.at(-1) as Call[])) - SHEET.top)).toBeLessThan(27)
  })
  test('and no letter is bent for it', () => {
    const plain = new Recorder()
    const pen = new Pen(SHEET.left, SHEET.top)
    const movements = slanted(prose(8), 0.05)
    for (const movement of movements) pen.move(movement, plain)
    const { strokes } = write(movements)
    for (const [n, stroke] of strokes.entries()) {
      // two letters on: the page moves them by a small part of their height
      const shift = (at: number) => ysOf(stroke)[at] - ysOf(plain.strokes[n])[at]
      for (let at = 12; at < ysOf(stroke).length; at++) expect(Math.abs(shift(at) - shift(at - 12))).toBeLessThan(2.7)
    }
  })
})

describe('a page', () => {
  test('is full after its last line, and then nothing is written any more', () => {
    const { page, calls } = write(prose(200))
    expect(page.full).toBe(true)
    expect(page.line).toBe(LINES - 1)
    expect(Math.max(...ysOf(calls))).toBeLessThan(SHEET.bottom + SHEET.lineHeight / 2)
    const surface = new Recorder()
    const { x, y } = page.pen
    for (const movement of prose(3)) page.write(inUnits(movement), surface)
    expect(surface.calls).toEqual([])
    expect([page.pen.x, page.pen.y, page.line]).toEqual([x, y, LINES - 1])
  })
  test('that is full has drawn its last line to the end', () => {
    const page = new Page(SHEET)
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
  test('of a single line holds one line', () => {
    const { page, strokes } = write(prose(50), { bottom: SHEET.top })
    expect([page.full, page.line]).toEqual([true, 0])
    expect(strokes.every((stroke) => lineOf(stroke) === 0)).toBe(true)
  })
  test('that ends above its first line holds that line, with its letters whole', () => {
    const { page, strokes } = write(prose(50), { bottom: 0 })
    expect([page.full, page.line]).toEqual([true, 0])
    expect(strokes).toEqual(write(prose(50), { bottom: SHEET.top }).strokes)
  })
  test('comes out the same from the same movements, drawn or not', () => {
    const movements = prose(60)
    expect(write(movements).calls).toEqual(write(movements).calls)
    const unseen = new Page(SHEET)
    for (const movement of movements) unseen.write(inUnits(movement))
    const { page } = write(movements)
    expect([unseen.pen.x, unseen.pen.y, unseen.line, unseen.full]).toEqual([
      page.pen.x,
      page.pen.y,
      page.line,
      page.full,
    ])
  })
  test('can be laid out anew at another width: the same words, on other lines', () => {
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
  test('leaves the movements as they were', () => {
    const movements = prose(30)
    write(movements)
    expect(movements).toEqual(prose(30))
  })
})

test('whatever the hand is about, its ink stays on the page', () => {
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
        expect(x).toBeGreaterThanOrEqual(SHEET.left - over)
        expect(x).toBeLessThanOrEqual(SHEET.right + over)
      }
      for (const y of ysOf(calls)) {
        expect(y).toBeGreaterThanOrEqual(SHEET.top - SHEET.lineHeight / 2 - over)
        expect(y).toBeLessThanOrEqual(SHEET.bottom + SHEET.lineHeight / 2 + over)
      }
      expect(page.line).toBeLessThan(LINES)
    }),
    { numRuns: 60 },
  )
})

describe('options that no page can have are refused by their name:', () => {
  test.each([
    ['lineHeight', 0, 'Expected lineHeight to be a number above 0, got 0.'],
    ['lineHeight', -20, 'Expected lineHeight to be a number above 0, got -20.'],
    ['unit', 0, 'Expected unit to be a number above 0, got 0.'],
    ['left', undefined, 'Expected left to be a finite number, got undefined.'],
    ['bottom', Number.NaN, 'Expected bottom to be a finite number, got NaN.'],
    ['right', Number.POSITIVE_INFINITY, 'Expected right to be a finite number, got Infinity.'],
    ['overrun', Number.NaN, 'Expected overrun to be a finite number, got NaN.'],
  ])('%s %j', (name, value, message) => {
    const make = () => new Page({ ...SHEET, [name]: value })
    expect(make).toThrow(RangeError)
    expect(make).toThrow(message)
  })
  test('a movement that is none, and the page stays as it was', () => {
    const page = new Page(SHEET)
    for (const movement of prose(2)) page.write(inUnits(movement))
    const { x, y } = page.pen
    expect(() => page.write([Number.NaN, 0, 0])).toThrow(
      'Expected a movement [dx, dy, pen] of three finite numbers, got [NaN, 0, 0]',
    )
    expect([page.pen.x, page.pen.y]).toEqual([x, y])
  })
  test('an overrun that is undefined is one that was left out', () => {
    const options = { ...SHEET, overrun: undefined } as unknown as PageOptions
    const page = new Page(options)
    for (const movement of prose(30)) page.write(inUnits(movement))
    expect([page.pen.x, page.pen.y]).toEqual([write(prose(30)).page.pen.x, write(prose(30)).page.pen.y])
  })
})
