import { type Character, END, NEWLINE, SPACE } from './characters.ts'

/** Words that the network writes from one start, at most as long as the lines that it was trained on. */
export interface Run {
  readonly words: readonly (readonly Character[])[]
  /** line breaks before the run */
  readonly breaks: number
}

const LONGEST_RUN = 45 // characters

/** Divides a text into runs: at line breaks, and at spaces where a line is longer than the network has seen in training. */
export function runsOf(characters: readonly Character[]): Run[] {
  const runs: Run[] = []
  let breaks = 0
  for (const line of split(characters, NEWLINE)) {
    let words: Character[][] = []
    let length = 0
    const finish = () => {
      if (words.length === 0) return
      runs.push({ words, breaks })
      words = []
      length = breaks = 0
    }
    for (const word of split(line, SPACE)) {
      if (word.length === 0) continue
      if (length + 1 + word.length > LONGEST_RUN) finish()
      words.push(word)
      length += 1 + word.length
    }
    finish()
    breaks++
  }
  return runs
}

/** Returns the codes that the network reads: words with spaces between them, and the end. */
export function codesOf(words: Run['words']): Uint8Array {
  return Uint8Array.from(
    words.flatMap((word, n) => [...(n > 0 ? [SPACE] : []), ...word.map(({ code }) => code)]).concat(END),
  )
}

function split(characters: readonly Character[], separator: number): Character[][] {
  const parts: Character[][] = [[]]
  for (const character of characters)
    if (character.code === separator) parts.push([])
    else parts[parts.length - 1].push(character)
  return parts
}
