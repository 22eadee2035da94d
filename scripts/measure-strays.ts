// Counts how often words stray and are written again, over random English sentences in 20 hands:
//   npx tsx scripts/measure-strays.ts [sentences per hand, default 20]
import { readFile } from 'node:fs/promises'
import { decodeTextWeights, Random, Scribe } from '../src/index.ts'

const WORDS =
  `the of and a to in is you that it he was for on are as with his they at be this have from or one had by word but not what
  all were we when your can said there use an each which she do how their if will up other about out many then them these so
  some her would make like him into time has look two more write go see number no way could people my than first water been
  call who oil its now find long down day did get come made may part garden window letter yellow quickly paper`.split(
    /\s+/,
  )

const perHand = Number(process.argv[2] ?? 20)
const weights = decodeTextWeights(
  JSON.parse(await readFile(new URL('../weights/scribe.json', import.meta.url), 'utf8')),
)
const random = new Random(11)
const strays: Record<string, number> = {}
let words = 0
let movements = 0
for (const hand of new Scribe(weights).hands.slice(0, 20)) {
  const scribe = new Scribe(weights, new Random(7))
  for (let n = 0; n < perHand; n++) {
    const sentence = Array.from({ length: 6 }, () => WORDS[Math.floor(random.uniform() * WORDS.length)]).join(' ')
    const onStray = (stray: string) => {
      strays[stray] = (strays[stray] ?? 0) + 1
    }
    for (const word of scribe.words(`${sentence[0].toUpperCase()}${sentence.slice(1)}.`, { hand, onStray })) {
      if (!word) continue
      words++
      movements += word.movements.length
    }
  }
}
console.log(`${20 * perHand} sentences, ${words} words, ${movements} movements kept`)
for (const [stray, count] of Object.entries(strays))
  console.log(`${stray}: ${count} (${((100 * count) / words).toFixed(2)} per 100 words)`)
