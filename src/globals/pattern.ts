/*! longhand: a network that paints. One that writes by hand is in longhand.js. MIT licence */

/** What the second script tag brings: the instrument that paints, in the global `longhand`, beside the one that writes. */
import * as pattern from '../api/pattern.ts'

const globals = globalThis as { longhand?: object }

globals.longhand = { ...globals.longhand, ...pattern }
