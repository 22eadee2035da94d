// Starts like a page of 2016: decodes the tutorial's weights into plain arrays and draws one movement with numjs.
import { Random } from '../../src/index.ts'
import { NumjsNetwork } from './numjs-step.ts'
import { fromTutorialFile, type TutorialFile } from './tutorial-file.ts'
import { numjsWriter } from './writers.ts'

const page = globalThis as { tutorialWeights?: TutorialFile; firstMovement?: unknown }
const write = numjsWriter(new NumjsNetwork(fromTutorialFile(page.tutorialWeights as TutorialFile)), new Random(1))
page.firstMovement = write([0, 0, 1])
