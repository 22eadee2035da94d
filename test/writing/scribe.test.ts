import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { decodeTextWeights } from '../../src/weights/text-file.ts'
import { charactersOf } from '../../src/writing/characters.ts'
import { Scribe } from '../../src/writing/scribe.ts'
import { runsOf } from '../../src/writing/text-runs.ts'

const weights = decodeTextWeights(
  JSON.parse(readFileSync(new URL('../../weights/scribe.json', import.meta.url), 'utf8')),
)
const textOf = (text: string) =>
  charactersOf(text)
    .map(({ code }) => String.fromCharCode(code + 31))
    .join('')

test('a seed gives the same movements again, and indices name every letter in order', () => {
  const text = 'My words'
  const write = () => [...new Scribe(weights, new Random(7)).write(text, { hand: 'alder' })]
  const written = write()
  expect(write()).toEqual(written)
  const indices = written.map(({ index }) => index)
  expect([...indices].sort((a, b) => a - b)).toEqual(indices)
  expect([...new Set(indices)].map((index) => text[index]).join('')).toBe('Mywords')
  expect(written.at(-1)?.movement[2]).toBe(1)
})

test('accents, quotes, dashes, and the ellipsis become ASCII and marks; other characters are named or left out', () => {
  expect(textOf('“Łódź” – naïve…')).toBe('"Lodz" - naive...')
  expect(charactersOf('é')).toEqual([{ code: 70, index: 0, marks: '\u0301' }])
  expect(() => charactersOf('hi 😀')).toThrow('got "😀" (U+1F600) at index 3.')
  const unknown: string[] = []
  expect(
    charactersOf('a😀b', (character, index) => unknown.push(`${character} ${index}`)).map(({ index }) => index),
  ).toEqual([0, 3])
  expect(unknown).toEqual(['😀 1'])
})

test('empty text writes nothing; words stay whole, and blank lines are kept', () => {
  expect([...new Scribe(weights, new Random(7)).write('')]).toEqual([])
  const runs = runsOf(charactersOf(`${'word '.repeat(20)}\n\nend`))
  expect(runs.every(({ words }) => words.reduce((sum, word) => sum + word.length + 1, -1) <= 45)).toBe(true)
  expect(runs.at(-1)?.breaks).toBe(2)
})

test('unknown hands are refused, and mixes lie between two', () => {
  const scribe = new Scribe(weights, new Random(7))
  expect(() => scribe.hand('nobody')).toThrow('Expected one of alder, ash')
  expect(scribe.mix('alder', 'ash', 0).vector).toEqual(scribe.hand('alder').vector)
  expect(scribe.randomHand().vector).toHaveLength(16)
})
