import { BuildError, shortPath } from './build-error.ts'

export interface Header {
  title: string
  /** one sentence that says what one sees */
  sentence: string
  tags: string[]
  /** what to try first */
  tryFirst: string
}

const example = `/*
 * Title of the sketch
 * One sentence that says what one sees.
 * tags: handwriting, still
 * try: what to do first
 */`

/** Reads the description of a sketch from its first block comment; the gallery shows it. */
export function readHeader(source: string, file: string): Header {
  const lines = commentLines(source)
  const title = lines[0]
  if (!title) throw incomplete(file, 'has no header')

  const field = (name: string) => lines.findIndex((line) => line.toLowerCase().startsWith(`${name}:`))
  const value = (name: string) => (field(name) < 0 ? '' : lines[field(name)].slice(name.length + 1).trim())
  const end = Math.min(...['tags', 'try'].map(field).filter((at) => at > 0), lines.length)
  const sentence = lines.slice(1, end).join(' ')

  if (!sentence) throw incomplete(file, 'has no sentence under its title')
  if (!value('tags')) throw incomplete(file, 'has no line `tags: …` in its header')
  if (!value('try')) throw incomplete(file, 'has no line `try: …` in its header')
  const tags = value('tags')
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  return { title, sentence, tags, tryFirst: value('try') }
}

function commentLines(source: string): string[] {
  const comment = /^\s*(?:#![^\n]*\n\s*)?\/\*([\s\S]*?)\*\//.exec(source)
  if (!comment) return []
  return comment[1]
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .filter(Boolean)
}

function incomplete(file: string, fault: string): BuildError {
  return new BuildError(`${shortPath(file)} ${fault}. Begin the file with a comment like this:\n${example}`)
}
