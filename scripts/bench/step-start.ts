// One start of Node that times the step, and tells the program that started it.
import { openPeers } from './peers.ts'
import { readWeights } from './run.ts'
import { step } from './step.ts'

const { text, weights } = await readWeights()
const result = await step.run({ text, weights, peers: await openPeers(weights) })
process.send?.(result, () => process.exit())
