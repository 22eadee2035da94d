/*! longhand: the pattern network. The handwriting network is in longhand.js. MIT license */

/** Adds the pattern network to the global `longhand`, beside the handwriting network of the other script. */
import * as pattern from '../api/pattern.ts'

const globals = globalThis as { longhand?: object }

globals.longhand = { ...globals.longhand, ...pattern }
