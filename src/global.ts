/**
 * What the one script tag brings: the global `longhand`, and, once the weights' own script tag has been read, the global
 * `Model`, ready to use, for sketches in the words of the 2016 tutorial.
 */
import * as longhand from './index.ts'

interface Globals {
  longhand?: typeof longhand
  /** set by dist/weights/handwriting.js */
  longhandWeights?: unknown
  Model?: longhand.Model
}

const globals = globalThis as Globals

globals.longhand = longhand
if (globals.longhandWeights) globals.Model = new longhand.Model(longhand.decodeWeights(globals.longhandWeights))
