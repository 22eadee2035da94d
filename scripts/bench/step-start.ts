// Measures the step in one process and sends the result to its parent.
import { openPeers } from './peers.ts'
import { readWeights } from './run.ts'
import { step } from './step.ts'

const { text, weights } = await readWeights()
const result = await step.run({ text, weights, peers: await openPeers(weights) })
process.send?.(result, () => process.exit())
