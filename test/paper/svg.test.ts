import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { Pen } from '../../src/paper/pen.ts'
import { Svg } from '../../src/paper/svg.ts'
import { Recorder } from '../fixtures/recorder.ts'

const SIZE = { width: 200, height: 100, strokeWidth: 1.5 }

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** A strict parser of XML: elements, attributes, text, and character references. */
function parse(xml: string): Element {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
  if (illegal.test(xml)) throw new SyntaxError('Expected XML characters, got another one.')
  const plain = (text: string) => {
    if (/[<>]|&(?!#\d+;)/.test(text)) throw new SyntaxError(`Expected escaped text, got ${text}.`)
    return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
  }
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const pieces = xml.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g)
  for (const [, closes, name, attributes, isEmpty, text, stray] of pieces) {
    const parent = open[open.length - 1]
    if (stray) throw new SyntaxError('Expected an element, got a stray <.')
    else if (text !== undefined) parent.text += plain(text)
    else if (closes) {
      if (parent.name !== name) throw new SyntaxError(`Expected </${parent.name}>, got </${name}>.`)
      open.pop()
    } else {
      const entries = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, plain(value)])
      const element = { name, attributes: Object.fromEntries(entries), children: [], text: '' }
      if (entries.length !== Object.keys(element.attributes).length)
        throw new SyntaxError('Expected different attributes, got one twice.')
      parent.children.push(element)
      if (!isEmpty) open.push(element)
    }
  }
  if (open.length !== 1 || top.children.length !== 1)
    throw new SyntaxError('Expected a single root element, got none or several.')
  return top.children[0]
}

const layersOf = (svg: Element) => svg.children.filter(({ name }) => name === 'g')
const pathsOf = (svg: Element) =>
  layersOf(svg).flatMap(({ children }) => children.map(({ attributes }) => attributes.d))

describe('the file', () => {
  test('is an SVG of the given size, in pixels', () => {
    const svg = new Svg('#1f2a44')
    svg.moveTo(1, 2)
    svg.lineTo(3, 4)
    const root = parse(svg.toString(SIZE))
    expect(root.name).toBe('svg')
    expect(root.attributes).toMatchObject({
      xmlns: 'http://www.w3.org/2000/svg',
      width: '200',
      height: '100',
      viewBox: '0 0 200 100',
    })
    expect(layersOf(root)[0].attributes).toMatchObject({
      fill: 'none',
      stroke: '#1f2a44',
      'stroke-width': '1.5',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    })
    expect(pathsOf(root)).toEqual(['M1 2L3 4'])
  })
  test('states its real size in millimeters on request, without changing its coordinates', () => {
    const svg = new Svg()
    svg.moveTo(1, 2)
    svg.lineTo(3, 4)
    const root = parse(svg.toString({ ...SIZE, millimeters: 0.25 }))
    expect(root.attributes).toMatchObject({ width: '50mm', height: '25mm', viewBox: '0 0 200 100' })
    expect(pathsOf(root)).toEqual(['M1 2L3 4'])
  })
  test('has a background and a title only on request', () => {
    const names = (options: object) =>
      parse(new Svg().toString({ ...SIZE, ...options })).children.map(({ name }) => name)
    expect(names({})).toEqual([])
    expect(names({ background: '#faf7f0', title: 'a page' })).toEqual(['title', 'rect'])
  })
  test('is valid XML whatever the texts and colors', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('"/><script>', '&amp;', ']]>', '\0'),
    )
    fc.assert(
      fc.property(words, words, words, words, (title, background, color, name) => {
        const svg = new Svg(color)
        svg.moveTo(0, 0)
        svg.lineTo(1, 1)
        svg.layer(color, name)
        svg.moveTo(0, 0)
        svg.lineTo(1, 1)
        const root = parse(svg.toString({ ...SIZE, title, background }))
        expect(layersOf(root).length).toBe(2)
        expect(root.children.every((element) => ['title', 'rect', 'g'].includes(element.name))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
  test('keeps texts as they are', () => {
    const root = parse(new Svg().toString({ ...SIZE, title: 'A & B <"pen"> ö 笔 🖋' }))
    expect(root.children[0].text).toBe('A & B <"pen"> ö 笔 🖋')
  })
  test.each(['width', 'height', 'strokeWidth', 'millimeters'])('refuses a %s that is not a size', (name) => {
    for (const size of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const write = () => new Svg().toString({ ...SIZE, [name]: size })
      expect(write).toThrow(RangeError)
      expect(write).toThrow(`Expected ${name} to be a finite number above 0, got ${size}.`)
    }
  })
})

describe('paths', () => {
  const movements = fc.array(
    fc.tuple(
      fc.double({ min: 0.1, max: 9, noNaN: true }),
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.constantFrom(0, 0, 0, 1),
    ) as fc.Arbitrary<Movement>,
    { maxLength: 60 },
  )
  test('are one per stroke, with a single M each', () => {
    fc.assert(
      fc.property(movements, (written) => {
        const [svg, recorder] = [new Svg(), new Recorder()]
        for (const surface of [svg, recorder]) {
          const pen = new Pen()
          for (const movement of written) pen.move(movement, surface)
        }
        const paths = pathsOf(parse(svg.toString(SIZE)))
        expect(paths.length).toBe(recorder.strokes.length)
        for (const [n, path] of paths.entries()) {
          expect(path).toMatch(/^M[-\d. ]+([LQ][-\d. ]+)+$/)
          const letters = path.replace(/[^MLQ]/g, '')
          const calls = recorder.strokes[n].map(([kind]) => kind)
          expect(letters).toBe(calls.filter((kind, at) => at === 0 || kind !== 'M').join(''))
        }
      }),
    )
  })
  test('keep hundredths, and keep curves', () => {
    const svg = new Svg()
    svg.moveTo(1.006, -2.3449)
    svg.quadraticCurveTo(1 / 3, 2 / 3, -0.001, 100)
    expect(pathsOf(parse(svg.toString(SIZE)))).toEqual(['M1.01 -2.34Q0.33 0.67 0 100'])
  })
  test('are as fine in inches as in millimeters', () => {
    const svg = new Svg()
    svg.moveTo(0.12346, 0)
    svg.lineTo(1, 2)
    const root = parse(svg.toString({ width: 8, height: 11, strokeWidth: 0.1 / 25.4, millimeters: 25.4 }))
    expect(root.attributes).toMatchObject({ width: '203.2mm', height: '279.4mm', viewBox: '0 0 8 11' })
    expect(pathsOf(root)).toEqual(['M0.1235 0L1 2'])
    expect(layersOf(root)[0].attributes['stroke-width']).toBe('0.0039')
  })
  test('end where the next layer starts', () => {
    const svg = new Svg('#111111')
    svg.moveTo(0, 0)
    svg.lineTo(5, 5)
    svg.layer('#d1495b')
    svg.moveTo(5, 5)
    svg.lineTo(9, 9)
    const root = parse(svg.toString(SIZE))
    expect(pathsOf(root)).toEqual(['M0 0L5 5', 'M5 5L9 9'])
    expect(layersOf(root).map(({ attributes }) => attributes.stroke)).toEqual(['#111111', '#d1495b'])
    expect(layersOf(root).map(({ attributes }) => attributes['inkscape:label'])).toEqual(['1', '2'])
    expect(layersOf(root).every(({ attributes }) => attributes['inkscape:groupmode'] === 'layer')).toBe(true)
    expect(root.attributes['xmlns:inkscape']).toBe('http://www.inkscape.org/namespaces/inkscape')
  })
  test('are not exported for empty layers', () => {
    const svg = new Svg('#111111')
    svg.layer('#222222', 'empty')
    svg.layer('#333333', 'drawn')
    svg.moveTo(0, 0)
    svg.lineTo(1, 1)
    expect(layersOf(parse(svg.toString(SIZE))).map(({ attributes }) => attributes.stroke)).toEqual(['#333333'])
  })
  test('can be exported while the drawing continues', () => {
    const svg = new Svg()
    svg.moveTo(0, 0)
    svg.lineTo(1, 1)
    expect(pathsOf(parse(svg.toString(SIZE)))).toEqual(['M0 0L1 1'])
    svg.moveTo(1, 1)
    svg.lineTo(2, 2)
    expect(pathsOf(parse(svg.toString(SIZE)))).toEqual(['M0 0L1 1L2 2'])
  })
})

describe('invalid calls throw a RangeError and change nothing:', () => {
  test('points that are not finite', () => {
    const svg = new Svg()
    svg.moveTo(1, 1)
    svg.lineTo(2, 2)
    const before = svg.toString(SIZE)
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number
    for (const call of [
      () => svg.moveTo(nan, 0),
      () => svg.moveTo(0, infinity),
      () => svg.lineTo(nan, 0),
      () => svg.lineTo(0, -infinity),
      () => svg.quadraticCurveTo(nan, 0, 1, 1),
      () => svg.quadraticCurveTo(7, 7, 1, nan),
    ])
      expect(call).toThrow(RangeError)
    expect(() => svg.lineTo(0, -infinity)).toThrow('Expected a point of finite numbers, got 0, -Infinity.')
    expect(svg.toString(SIZE)).toBe(before)
    svg.moveTo(2, 2)
    svg.lineTo(3, 3)
    expect(pathsOf(parse(svg.toString(SIZE)))).toEqual(['M1 1L2 2L3 3'])
    expect(() => svg.quadraticCurveTo(7, 7, 1, nan)).toThrow(RangeError)
    svg.moveTo(7, 7)
    svg.lineTo(8, 8)
    expect(pathsOf(parse(svg.toString(SIZE)))).toEqual(['M1 1L2 2L3 3', 'M7 7L8 8'])
  })
  test('a line without a start, also on a new layer', () => {
    const svg = new Svg()
    expect(() => svg.lineTo(1, 1)).toThrow(RangeError)
    svg.moveTo(1, 1)
    svg.lineTo(2, 2)
    svg.layer('#d1495b')
    expect(() => svg.quadraticCurveTo(1, 1, 2, 2)).toThrow('Expected moveTo before lineTo, got a line without a start.')
    svg.moveTo(2, 2)
    svg.lineTo(3, 3)
    expect(pathsOf(parse(svg.toString(SIZE)))).toEqual(['M1 1L2 2', 'M2 2L3 3'])
  })
})
