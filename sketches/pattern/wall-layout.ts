import { panelTop } from '../frame/controls.ts'

const COLUMNS = 3
const ARROWS: Record<string, readonly [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const GAP = 0.018 // between pictures, of the window's shorter side
const NOTICE_BOTTOM = { phone: 7.1, wide: 4.1 } // rem from the top of the window, below the notice

/** Returns the rectangle of the wall's nth picture, with the window's proportions, between notice and panel. */
export function rectOf(n: number): DOMRect {
  const gap = Math.max(8, GAP * Math.min(innerWidth, innerHeight))
  const bottom = panelTop() - gap
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const top = NOTICE_BOTTOM[innerWidth <= 640 ? 'phone' : 'wide'] * rem
  const scale = Math.max(
    0.05,
    Math.min((innerWidth - 4 * gap) / (3 * innerWidth), (bottom - top - 2 * gap) / (3 * innerHeight)),
  )
  const width = scale * innerWidth
  const height = scale * innerHeight
  const wallLeft = (innerWidth - 3 * width - 2 * gap) / 2
  const wallTop = top + (bottom - top - 3 * height - 2 * gap) / 2
  const row = Math.floor(n / COLUMNS)
  return new DOMRect(wallLeft + (n % COLUMNS) * (width + gap), wallTop + row * (height + gap), width, height)
}

/** Returns the index of the picture at a point of the window, if there is one. */
export function pictureAt(x: number, y: number): number | undefined {
  for (let n = 0; n < COLUMNS * COLUMNS; n++) {
    const { left, top, right, bottom } = rectOf(n)
    if (x >= left && x < right && y >= top && y < bottom) return n
  }
  return undefined
}

export function isArrow(key: string): boolean {
  return Object.hasOwn(ARROWS, key)
}

/** Returns the index of the picture beside another, in the direction of an arrow key; undefined at the edge. */
export function neighborOf(n: number, key: string): number | undefined {
  const [right, down] = ARROWS[key]
  const column = (n % COLUMNS) + right
  const row = Math.floor(n / COLUMNS) + down
  const isOnWall = column >= 0 && column < COLUMNS && row >= 0 && row < COLUMNS
  return isOnWall ? COLUMNS * row + column : undefined
}
