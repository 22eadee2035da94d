// npx tsx scripts/cell-order.ts [weights.json]: orders the cells of a network by similarity, for the sketch `cells`, and writes
// the order beside the weights: handwriting.json -> handwriting.cells.json. Run it again for new weights.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CellOrder, decodeWeights, FreeHand, fingerprint, Model, orderCells, Random } from '../src/index.ts'
import { shortPath } from './build/build-error.ts'
import { report } from './build/report.ts'
import { root } from './build/root.ts'

// The order should hold for every style, so it is computed from several.
const HANDS = 8
const MOVEMENTS = 500 // per hand
const TEMPERATURE = 0.65

export interface CellOrderFile extends CellOrder {
  format: 'longhand-cells'
  version: 1
  /** fingerprint of the weights that the order belongs to */
  weights: string
}

async function main(file: string): Promise<void> {
  const weights = decodeWeights(JSON.parse(await readFile(file, 'utf8')))
  const model = new Model(weights)
  const states: Float32Array[] = []
  for (let seed = 1; seed <= HANDS; seed++) {
    model.random = new Random(seed)
    const hand = new FreeHand(model)
    for (let n = 0; n < MOVEMENTS; n++) {
      hand.write(TEMPERATURE)
      states.push(hand.state.h)
    }
  }
  const { order, sign, mean, deviation } = orderCells(states)
  const cells: CellOrderFile = {
    format: 'longhand-cells',
    version: 1,
    weights: fingerprint(weights),
    order,
    sign,
    mean: mean.map(short),
    deviation: deviation.map(short),
  }
  const out = file.replace(/(\.json)?$/, '.cells.json')
  const entries = Object.entries(cells).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  await writeFile(out, `{\n${entries.join(',\n')}\n}\n`)
  console.log(`${shortPath(out)}: ${cells.order.length} cells, ordered by ${states.length} movements`)
}

/** Rounds to four digits, finer than any color on the page. */
function short(value: number): number {
  return Number(value.toPrecision(4))
}

try {
  await main(process.argv[2] ?? join(root, 'weights/handwriting.json'))
} catch (error) {
  console.error(report(error))
  process.exitCode = 1
}
