import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { Manuscript } from '../../src/paper/manuscript.ts'
import { Page, type PageOptions } from '../../src/paper/page.ts'
import { type Call, Recorder } from '../fixtures/recorder.ts'

const NARROW: PageOptions = { left: 100, right: 500, top: 100, bottom: 2000, lineHeight: 100, unit: 10 }
const WIDE: PageOptions = { left: 40, right: 1900, top: 60, bottom: 900, lineHeight: 130, unit: 14 }
const SHORT: PageOptions = { ...NARROW, bottom: 200 }

/** Zigzag letters of the usual height; the pen is lifted after the last. */
function word(letters: number): Movement[] {
  return Array.from({ length: 2 * letters }, (_, n): Movement => {
    const lifts = n === 2 * letters - 1 ? 1 : 0
    return n % 2 === 0 ? [0.5, -2.7, lifts] : [0.8, 2.7, lifts]
  })
}

const SPACE: Movement = [4, 0, 0]
const prose = (words: number) =>
  Array.from({ length: words }, (_, n) => [SPACE, ...word(2 + ((5 * n) % 7))]).flat() as Movement[]

const anything: fc.Arbitrary<Movement[]> = fc.array(
  fc.tuple(
    fc.double({ min: -3, max: 6, noNaN: true }),
    fc.double({ min: -4, max: 4, noNaN: true }),
    fc.constantFrom(0, 0, 0, 1),
  ) as fc.Arbitrary<Movement>,
  { maxLength: 200 },
)

function manuscriptOf(movements: readonly Movement[], layout = NARROW): Manuscript<number> {
  const manuscript = new Manuscript<number>(layout)
  for (const [n, movement] of movements.entries()) manuscript.add(movement, n)
  return manuscript
}

function drawn(manuscript: Manuscript<number>, from?: number, to?: number): Call[] {
  const surface = new Recorder()
  manuscript.draw(surface, from, to)
  return surface.calls
}

function written(movements: readonly Movement[], layout: PageOptions): Call[] {
  const surface = new Recorder()
  const page = new Page(layout)
  for (const movement of movements) page.write(movement, surface)
  return surface.calls
}

describe('a manuscript', () => {
  test('draws what a page draws, as it grows and again', () => {
    fc.assert(
      fc.property(anything, (movements) => {
        const surface = new Recorder()
        const manuscript = new Manuscript(NARROW)
        const pages = new Page(NARROW)
        for (const movement of movements) {
          manuscript.add(movement, undefined, surface)
          pages.write(movement)
          expect([manuscript.line, manuscript.full]).toEqual([pages.line, pages.full])
          const { x, y, touches } = pages.pen
          expect(manuscript.pen).toMatchObject({ x, y, touches })
          expect(manuscript.points.at(-1)).toEqual({ x, y })
        }
        expect(surface.calls).toEqual(written(movements, NARROW))
        const again = new Recorder()
        manuscript.draw(again)
        expect(again.calls).toEqual(surface.calls)
      }),
    )
  })

  test('draws any range, and all ranges together are everything', () => {
    fc.assert(
      fc.property(anything, fc.array(fc.nat(200), { maxLength: 5 }), (movements, cuts) => {
        const manuscript = manuscriptOf(movements)
        const stops = [0, ...cuts.map((cut) => Math.min(cut, movements.length)), movements.length].sort((a, b) => a - b)
        const pieces = stops.slice(1).flatMap((stop, n) => drawn(manuscript, stops[n], stop))
        expect(pieces).toEqual(drawn(manuscript))
        expect(drawn(manuscript, 7, 7)).toEqual([])
      }),
    )
  })

  test('laid out on another page, draws what was written there in the first place, and on the first the same as before', () => {
    fc.assert(
      fc.property(anything, (movements) => {
        const manuscript = manuscriptOf(movements)
        const before = drawn(manuscript)
        for (const layout of [WIDE, SHORT]) {
          manuscript.layOut(layout)
          expect(manuscript.layout).toBe(layout)
          expect(drawn(manuscript)).toEqual(written(movements, layout))
        }
        manuscript.layOut(NARROW)
        expect(drawn(manuscript)).toEqual(before)
        expect(manuscript.movements).toEqual(movements)
      }),
      { numRuns: 40 },
    )
  })

  test('keeps what a full page has no room for', () => {
    const movements = prose(60)
    const manuscript = manuscriptOf(movements, SHORT)
    expect(manuscript.full).toBe(true)
    expect(manuscript.length).toBe(movements.length)
    expect(drawn(manuscript).length).toBeLessThan(written(movements, NARROW).length)
    manuscript.layOut(NARROW)
    expect(manuscript.full).toBe(false)
    expect(drawn(manuscript)).toEqual(written(movements, NARROW))
  })

  test('keeps its own copy of each movement', () => {
    const movement: Movement = [1, 2, 0]
    const manuscript = manuscriptOf([movement])
    movement[0] = 100
    expect(manuscript.movements).toEqual([[1, 2, 0]])
  })

  test('knows each movement’s tag, line, and ink', () => {
    const movements = prose(40)
    const manuscript = manuscriptOf(movements)
    expect(manuscript.line).toBeGreaterThan(3)
    expect(manuscript.tags).toEqual(movements.map((_, n) => n))
    const pen = new Page(NARROW)
    for (let n = 0; n < movements.length; n++) {
      const { line } = pen
      const surface = new Recorder()
      pen.write(movements[n], surface)
      expect(manuscript.mark(n)).toEqual({ index: n, line, tag: n })
      expect(manuscript.startsLine(n)).toBe(pen.line !== line)
      expect(manuscript.hasInk(n)).toBe(surface.calls.length > 0)
      expect(drawn(manuscript, n, n + 1)).toEqual(surface.calls)
    }
  })

  test('returns where a movement led on the page, in model units', () => {
    const manuscript = new Manuscript(NARROW)
    for (const movement of prose(30)) {
      const { x, y } = manuscript.pen
      const [dx, dy, pen] = manuscript.add(movement, undefined)
      expect(dx).toBeCloseTo((manuscript.pen.x - x) / NARROW.unit, 12)
      expect(dy).toBeCloseTo((manuscript.pen.y - y) / NARROW.unit, 12)
      expect(pen).toBe(movement[2])
    }
  })

  test('starts again after clear', () => {
    const manuscript = manuscriptOf(prose(20))
    manuscript.breakLine()
    manuscript.clear()
    expect([manuscript.length, manuscript.line, manuscript.full, drawn(manuscript).length]).toEqual([0, 0, false, 0])
    manuscript.add([1, 1, 0], 5)
    expect([manuscript.tags, manuscript.points]).toEqual([[5], [{ x: 100, y: 110 }]])
  })

  test('of 20,000 movements draws only what is new', () => {
    const manuscript = new Manuscript({ ...NARROW, bottom: 1e6 })
    const longest = { calls: 0 }
    for (const movement of prose(2500).slice(0, 20_000)) {
      const surface = new Recorder()
      manuscript.add(movement, undefined, surface)
      longest.calls = Math.max(longest.calls, surface.calls.length)
    }
    expect(manuscript.length).toBe(20_000)
    expect(manuscript.line).toBeGreaterThan(300)
    expect(longest.calls).toBeLessThanOrEqual(3)
  })

  test('refuses what Page and checkMovement refuse, and keeps nothing of it', () => {
    const manuscript = new Manuscript(NARROW)
    expect(() => new Manuscript({ ...NARROW, left: 700 })).toThrow('Expected left to be less than right')
    expect(() => manuscript.add([1, Number.NaN, 0], undefined)).toThrow(RangeError)
    expect(() => manuscript.addWord([[1, 1, 0], [1] as unknown as Movement], [undefined, undefined])).toThrow(TypeError)
    expect(() => manuscript.addWord([[1, 1, 0]], [])).toThrow('Expected one tag per movement, got 0 for 1 movements.')
    expect(manuscript.length).toBe(0)
    manuscript.add([1, 1, 0], undefined)
    expect(() => manuscript.layOut({ ...NARROW, unit: 0 })).toThrow(RangeError)
    expect(manuscript.layout).toBe(NARROW)
    expect(manuscript.points).toEqual([{ x: 100, y: 110 }])
  })
})

describe('the SVG of a manuscript', () => {
  const size = { width: 600, height: 2100, strokeWidth: 2 }
  const layersOf = (svg: string) =>
    [...svg.matchAll(/<g [^>]*label="([^"]*)"[^>]* stroke="([^"]*)"/g)].map(([, name, color]) => [name, color])
  const pathsOf = (svg: string) => [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, path]) => path)

  test('has a layer per line and a path per stroke', () => {
    const manuscript = manuscriptOf(prose(30))
    const svg = manuscript.svg({ ...size, color: ({ line }) => `#00000${line}` })
    const lines = Array.from({ length: manuscript.line + 1 }, (_, n) => [`line ${n + 1}`, `#00000${n}`])
    expect(layersOf(svg)).toEqual(lines)
    expect(pathsOf(svg).length).toBe(30)
    for (const path of pathsOf(svg)) expect(path).toMatch(/^M[^M]+$/)
  })

  test('has other layers where they are named, in the color of their first mark', () => {
    const manuscript = manuscriptOf(prose(12))
    const svg = manuscript.svg({
      ...size,
      layer: ({ tag }) => (tag < 20 ? 'early' : 'late'),
      color: ({ index }) => (index === 0 ? '#111111' : '#222222'),
    })
    expect(layersOf(svg)).toEqual([
      ['early', '#111111'],
      ['late', '#222222'],
    ])
  })
})

describe('text', () => {
  /** Words on a page that keeps its baseline, each tagged with its number. */
  function textOf(layout: PageOptions, ...words: Movement[][]): Manuscript<number> {
    const manuscript = new Manuscript<number>({ ...layout, level: true })
    for (const [n, movements] of words.entries())
      manuscript.addWord(
        movements,
        movements.map(() => n),
      )
    return manuscript
  }
  const words = (count: number) => Array.from({ length: count }, (_, n) => [SPACE, ...word(2 + ((5 * n) % 9))])
  const linesOf = (manuscript: Manuscript<number>, n: number) => [
    ...new Set(
      manuscript.tags
        .map((tag, index) => (tag === n && manuscript.hasInk(index) ? manuscript.mark(index).line : -1))
        .filter((line) => line >= 0),
    ),
  ]

  test('keeps words whole, within the margins, on every page', () => {
    const manuscript = textOf(NARROW, ...words(40))
    for (const layout of [NARROW, { ...WIDE, right: 700, bottom: 9000 }, { ...NARROW, right: 330, bottom: 9000 }]) {
      manuscript.layOut({ ...layout, level: true })
      expect(manuscript.line).toBeGreaterThan(4)
      const lines = Array.from({ length: 40 }, (_, n) => linesOf(manuscript, n))
      for (const [n, found] of lines.entries()) {
        expect(found.length).toBe(1)
        if (n > 0) expect(found[0] - lines[n - 1][0]).toBeGreaterThanOrEqual(0)
        if (n > 0) expect(found[0] - lines[n - 1][0]).toBeLessThanOrEqual(1)
      }
      for (const [index, { x }] of manuscript.points.entries()) {
        expect(x).toBeGreaterThanOrEqual(layout.left)
        if (manuscript.hasInk(index)) expect(x).toBeLessThanOrEqual(layout.right)
      }
    }
  })

  test('fills a line before it breaks it', () => {
    const manuscript = textOf(NARROW, ...words(40))
    for (let n = 1; n < 40; n++) {
      const start = manuscript.tags.indexOf(n)
      if (!manuscript.startsLine(start)) continue
      const end = manuscript.points[start - 1].x
      const width = words(40)[n].reduce((sum, [dx]) => sum + dx * NARROW.unit, 0)
      expect(end + width).toBeGreaterThan(NARROW.right)
    }
  })

  test('stays as it was written: no drift is removed', () => {
    const drifting = words(30).map((movements) => movements.map(([dx, dy, pen]): Movement => [dx, dy + 0.03 * dx, pen]))
    const manuscript = textOf(WIDE, ...drifting)
    let [height, line] = [0, 0]
    for (const [index, [, dy]] of manuscript.movements.entries()) {
      height += dy
      line += Number(manuscript.startsLine(index))
      expect(manuscript.points[index].y).toBeCloseTo(WIDE.top + line * WIDE.lineHeight + height * WIDE.unit, 6)
    }
  })

  test('breaks lines where it is told, also twice, and on every page', () => {
    const manuscript = new Manuscript<number>({ ...WIDE, level: true })
    const add = (n: number) => manuscript.addWord(word(4), Array(8).fill(n))
    add(0)
    manuscript.breakLine()
    add(1)
    manuscript.breakLine()
    manuscript.breakLine()
    add(2)
    for (const layout of [WIDE, NARROW]) {
      manuscript.layOut({ ...layout, level: true })
      expect([0, 1, 2].map((n) => linesOf(manuscript, n))).toEqual([[0], [1], [3]])
      const first = manuscript.points[manuscript.tags.indexOf(2)]
      expect(first).toEqual({ x: layout.left, y: layout.top + 3 * layout.lineHeight - 2.7 * layout.unit })
    }
  })

  test('breaks a word that is longer than a line', () => {
    const manuscript = textOf(NARROW, word(90), [SPACE, ...word(3)])
    expect(linesOf(manuscript, 0)).toEqual([0, 1, 2])
    expect(Math.max(...manuscript.points.map(({ x }) => x))).toBeLessThan(NARROW.right + 8 * NARROW.unit)
  })

  test('is drawn as it comes', () => {
    const surface = new Recorder()
    const manuscript = new Manuscript({ ...NARROW, level: true })
    for (const [n, movements] of words(30).entries()) {
      manuscript.addWord(movements, Array(movements.length).fill(undefined), surface)
      if (n % 9 === 8) manuscript.breakLine()
    }
    const again = new Recorder()
    manuscript.draw(again)
    expect(surface.calls).toEqual(again.calls)
    manuscript.layOut(manuscript.layout)
    const laidOut = new Recorder()
    manuscript.draw(laidOut)
    expect(laidOut.calls).toEqual(again.calls)
  })
})
