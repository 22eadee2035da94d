import { type BaseIssue, getDotPath } from 'valibot'

const MAX_RECEIVED = 60 // characters of a wrong value that an error repeats
const TYPES: Readonly<Record<string, string>> = {
  Object: 'an object',
  Array: 'a list',
  number: 'a number',
  string: 'text',
}

/**
 * Describes what a schema found wrong, as `<where>: Expected <what>, got <value>.`
 * @param issue the first issue of valibot's safeParse; a message of the schema's own says what was expected
 * @param root names the whole value, for issues that are not in one of its fields
 */
export function describeIssue(issue: BaseIssue<unknown>, root: string): string {
  const where = getDotPath(issue) ?? root
  if (isMissing(issue)) return `${where}: Expected this field, got nothing.`
  const expected = issue.message.startsWith('Invalid ') ? (issue.expected ?? issue.message) : issue.message
  const received = issue.received === 'undefined' ? 'nothing' : issue.received
  const got = received.length > MAX_RECEIVED ? `${received.slice(0, MAX_RECEIVED)}…` : received
  return `${where}: Expected ${TYPES[expected] ?? orList(expected)}, got ${TYPES[got] ?? got}.`
}

/** Valibot reports a missing field on its object, where it expects the field's name. */
function isMissing({ path, received }: BaseIssue<unknown>): boolean {
  return path?.at(-1)?.origin === 'key' && received === 'undefined'
}

/** Turns valibot's `(a | b | c)` into `a, b or c`. */
function orList(expected: string): string {
  if (!expected.startsWith('(')) return expected
  const options = expected.replace(/[()]/g, '').split(' | ')
  return `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`
}
