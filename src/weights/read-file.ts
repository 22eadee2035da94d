import { decodeWeights, type Weights } from './file.ts'
import { importTutorialWeights } from './tutorial.ts'
import { WeightsError } from './weights-error.ts'

/**
 * Reads any weights file for free writing: version 1 or 2, or the 2016 tutorial's file, each as JSON or as a script.
 * @throws WeightsError naming the part, what was expected, and what was found
 */
export function readWeightsFile(contents: string): Weights {
  const json = parseWeightsFile(contents)
  return Array.isArray(json) ? importTutorialWeights(json) : decodeWeights(json)
}

/**
 * Parses a weights file without checking what is in it: JSON, or a script that assigns JSON or a quoted string of JSON to a
 * variable, as pages load weights: `lstm_data='[…]';`, `globalThis.longhandWeights = {…}`.
 * @throws WeightsError unless it contains JSON
 */
export function parseWeightsFile(contents: string): unknown {
  const assignment = /^\s*(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*/.exec(contents)
  const json = assignment ? unquote(contents.slice(assignment[0].length).trimEnd().replace(/;$/, '')) : contents
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new WeightsError(`weights file: Expected JSON, or a script that assigns JSON. ${(error as Error).message}`)
  }
}

/** Removes the quotes of a string literal. JSON itself starts with no quote that matters here: no weights file is one string. */
function unquote(text: string): string {
  const quote = text[0]
  return `'"\``.includes(quote) && text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text
}
