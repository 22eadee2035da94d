import type { Character } from './characters.ts'

/** A point of the pen on the page, in model units; y is 0 on the baseline and positive below it. */
export interface InkPoint {
  x: number
  y: number
  /** 1: the pen is lifted after this point */
  pen: number
  /** index of the character in the source text */
  index: number
}

// Marks as strokes around (0, 0), in x-heights; y points down.
const DOT = [
  [0, -0.02],
  [0.03, 0.03],
] as const // prettier than a point: a dot is a short line
type Stroke = readonly (readonly [x: number, y: number])[]
const SHAPES: Readonly<Record<string, readonly Stroke[]>> = {
  '\u0300': [
    [
      [-0.2, -0.18],
      [0, 0],
      [0.16, 0.18],
    ],
  ],
  '\u0301': [
    [
      [0.2, -0.18],
      [0, 0.02],
      [-0.12, 0.18],
    ],
  ],
  '\u0302': [
    [
      [-0.25, 0.16],
      [-0.02, -0.18],
      [0.25, 0.16],
    ],
  ],
  '\u0303': [
    [
      [-0.32, 0.08],
      [-0.2, -0.09],
      [-0.04, -0.05],
      [0.08, 0.07],
      [0.22, 0.08],
      [0.32, -0.1],
    ],
  ],
  '\u0304': [
    [
      [-0.3, 0.02],
      [0.3, -0.02],
    ],
  ],
  '\u0306': [
    [
      [-0.26, -0.14],
      [-0.16, 0.1],
      [0.02, 0.14],
      [0.18, 0.06],
      [0.26, -0.14],
    ],
  ],
  '\u0307': [DOT],
  '\u0308': [DOT.map(([x, y]) => [x - 0.22, y] as const), DOT.map(([x, y]) => [x + 0.22, y] as const)],
  '\u030A': [
    [
      [0, -0.18],
      [-0.16, -0.08],
      [-0.14, 0.12],
      [0.04, 0.18],
      [0.17, 0.04],
      [0.12, -0.13],
      [0, -0.18],
    ],
  ],
  '\u030B': [
    [
      [0.02, -0.16],
      [-0.2, 0.16],
    ],
    [
      [0.32, -0.16],
      [0.1, 0.16],
    ],
  ],
  '\u030C': [
    [
      [-0.25, -0.16],
      [0.02, 0.18],
      [0.25, -0.16],
    ],
  ],
  '\u0326': [
    [
      [0.04, -0.08],
      [0.05, 0.06],
      [-0.08, 0.24],
    ],
  ],
  '\u0327': [
    [
      [0, -0.2],
      [-0.02, -0.05],
      [0.14, 0.02],
      [0.14, 0.18],
      [-0.02, 0.24],
      [-0.16, 0.2],
    ],
  ],
  '\u0328': [
    [
      [0.02, -0.2],
      [-0.1, -0.02],
      [-0.06, 0.16],
      [0.1, 0.14],
    ],
  ],
  '\u0335': [
    [
      [-0.42, 0.12],
      [0.42, -0.12],
    ],
  ],
}
const BELOW = '\u0326\u0327\u0328'
const STROKE_THROUGH = '\u0335'
const GAP = 0.35 // x-heights from the letter to the middle of its mark
const STACK = 0.45 // x-heights from one mark to the next

/**
 * Returns the ink of the marks of a word, to be written after its letters, as a pen does.
 * @param letters the ink of the word
 * @param characters of the word
 */
export function marksOf(letters: readonly InkPoint[], characters: readonly Character[], xHeight: number): InkPoint[] {
  return characters.filter(({ marks }) => marks !== '').flatMap((character) => place(letters, character, xHeight))
}

function place(letters: readonly InkPoint[], { marks, index }: Character, xHeight: number): InkPoint[] {
  const ink = letters.filter((point, n) => point.index === index && letters[n - 1]?.pen === 0)
  if (ink.length === 0) return []
  const left = Math.min(...ink.map(({ x }) => x))
  const right = Math.max(...ink.map(({ x }) => x))
  const top = Math.min(...ink.map(({ y }) => y))
  const bottom = Math.max(...ink.map(({ y }) => y))
  let above = Math.min(top, -0.9 * xHeight) - GAP * xHeight
  return [...marks].flatMap((mark) => {
    let y = above
    if (mark === STROKE_THROUGH) y = (top + bottom) / 2
    else if (BELOW.includes(mark)) y = Math.max(bottom, 0) + 0.15 * xHeight
    else above -= STACK * xHeight
    return SHAPES[mark].flatMap((stroke) =>
      stroke.map(([dx, dy], n) => ({
        x: (left + right) / 2 + dx * xHeight,
        y: y + dy * xHeight,
        pen: n === stroke.length - 1 ? 1 : 0,
        index,
      })),
    )
  })
}
