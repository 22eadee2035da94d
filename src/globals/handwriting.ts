/*! longhand: a network that writes by hand. One that paints is in longhand-pattern.js. MIT licence */

/**
 * What the one script tag brings: the global `longhand`, and, once the weights' own script tag has been read, the global
 * `Model`, ready to use, for sketches in the words of the 2016 tutorial. The instrument that paints has a script tag of its
 * own (pattern/global.ts), so that a page that only writes is half as heavy; they come in any order.
 */
import * as handwriting from '../api/handwriting.ts'

interface Globals {
  longhand?: object
  /** set by dist/weights/handwriting.js */
  longhandWeights?: unknown
  Model?: handwriting.Model
}

const globals = globalThis as Globals

globals.longhand = { ...globals.longhand, ...handwriting }
if (globals.longhandWeights) globals.Model = new handwriting.Model(handwriting.decodeWeights(globals.longhandWeights))
