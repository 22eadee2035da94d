import { describe, expect, test } from 'vitest'
import { paintTogether } from '../../src/pattern/helper.ts'
import { type Helper, paintTile, patternFromRecipe, renderTile } from '../../src/pattern/index.ts'
import { recipe } from './recipes.ts'

const size = { width: 61, height: 47 }
const pattern = patternFromRecipe(recipe({ alpha: 'straight' }))

/** Paints here, and takes some turns of the event loop for it. */
function helper(turns: number, tops: number[] = []): Helper {
  return async (pattern, tile) => {
    tops.push(tile.top ?? 0)
    for (let n = 0; n < turns; n++) await new Promise((resolve) => setImmediate(resolve))
    return paintTile(pattern, tile)
  }
}

describe('helpers together', () => {
  const whole = new Uint8ClampedArray(4 * size.width * size.height)
  renderTile(pattern, size, whole)

  test.each([1, 100, 61 * 5, 61 * 20, 1e6])('paint the very picture, some %i pixels at a time', async (pixels) => {
    const out = new Uint8ClampedArray(whole.length)
    let rows = 0
    await paintTogether([helper(0), helper(3), helper(1)], pattern, size, pixels, (part) => {
      out.set(part.pixels, 4 * size.width * part.top)
      rows += part.rows
    })
    expect(rows).toBe(size.height)
    expect(out).toEqual(whole)
  })

  test('take the next rows when they are done, so that a slow one does less', async () => {
    const slow: number[] = []
    const fast: number[] = []
    await paintTogether([helper(40, slow), helper(0, fast)], pattern, size, size.width, () => {})
    expect([...slow, ...fast].sort((a, b) => a - b)).toEqual(Array.from({ length: size.height }, (_, row) => row))
    expect(fast.length).toBeGreaterThan(4 * slow.length)
  })

  test('take no more once the picture is given up', async () => {
    const tops: number[] = []
    await paintTogether(
      [helper(0, tops), helper(1, tops)],
      pattern,
      size,
      size.width,
      () => {},
      () => tops.length < 6,
    )
    expect(tops.length).toBe(6)
  })

  test('say what went wrong with one of them', async () => {
    const broken: Helper = async () => {
      throw new RangeError('no memory')
    }
    await expect(paintTogether([helper(0), broken], pattern, size, 100, () => {})).rejects.toThrow('no memory')
  })
})
