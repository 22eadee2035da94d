import { describe, expect, test } from 'vitest'
import { type Helper, paintTile, patternFromRecipe, renderTile } from '../../../src/api/pattern-all.ts'
import { HelperError, watched } from '../../../src/browser/pattern/worker-timeout.ts'
import { painterAt } from '../../../src/pattern/paint/quality.ts'
import { paintTogether } from '../../../src/pattern/paint/workers.ts'
import { recipe } from '../../fixtures/recipes.ts'

const size = { width: 61, height: 47 }
const pattern = patternFromRecipe(recipe({ alpha: 'straight' }))
const task = { pattern, ...size, pace: 'exact', pixels: size.width } as const

/** Paints here, and takes some turns of the event loop for it. */
function helper(turns: number, tops: number[] = []): Helper {
  return async (pattern, tile, pace) => {
    tops.push(tile.top ?? 0)
    for (let n = 0; n < turns; n++) await new Promise((resolve) => setImmediate(resolve))
    return paintTile(pattern, tile, pace)
  }
}

describe('helpers together', () => {
  const whole = new Uint8ClampedArray(4 * size.width * size.height)
  renderTile(pattern, size, whole)

  test.each([1, 100, 61 * 5, 61 * 20, 1e6])('paint the very picture, some %i pixels at a time', async (pixels) => {
    const out = new Uint8ClampedArray(whole.length)
    let rows = 0
    await paintTogether([helper(0), helper(3), helper(1)], { ...task, pixels }, (part) => {
      out.set(part.pixels, 4 * size.width * part.top)
      rows += part.rows
    })
    expect(rows).toBe(size.height)
    expect(out).toEqual(whole)
  })

  test('paint at the pace that is asked for', async () => {
    const expected = new Uint8ClampedArray(whole.length)
    painterAt('swift', pattern).paint(size, expected)
    const out = new Uint8ClampedArray(whole.length)
    await paintTogether([helper(0), helper(1)], { ...task, pace: 'swift' }, (part) =>
      out.set(part.pixels, 4 * size.width * part.top),
    )
    expect(out).toEqual(expected)
    expect(out).not.toEqual(whole)
  })

  test('take the next rows when they are done, so that a slow one does less', async () => {
    const slow: number[] = []
    const fast: number[] = []
    await paintTogether([helper(40, slow), helper(0, fast)], task, () => {})
    expect([...slow, ...fast].sort((a, b) => a - b)).toEqual(Array.from({ length: size.height }, (_, row) => row))
    expect(fast.length).toBeGreaterThan(4 * slow.length)
  })

  test('have the next rows in hand while those before are on their way back', async () => {
    let waiting = 0
    let most = 0
    const far: Helper = async (...task) => {
      most = Math.max(most, ++waiting)
      const pixels = await helper(2)(...task)
      waiting--
      return pixels
    }
    await paintTogether([far], task, () => {})
    expect(most).toBe(2)
  })

  test('take no more once the picture is given up', async () => {
    const tops: number[] = []
    await paintTogether(
      [helper(0, tops), helper(1, tops)],
      task,
      () => {},
      () => tops.length < 6,
    )
    expect(tops.length).toBe(6)
  })

  test('say what went wrong with one of them', async () => {
    const broken: Helper = async () => {
      throw new RangeError('no memory')
    }
    await expect(paintTogether([helper(0), broken], task, () => {})).rejects.toThrow('no memory')
  })
})

describe('a helper that is watched', () => {
  test('paints as ever, and is heard if it fails', async () => {
    const pixels = await watched(helper(2), 1)(pattern, size, 'exact')
    expect(pixels).toEqual(paintTile(pattern, size))
    const broken = watched(async () => {
      throw new RangeError('no memory')
    })
    await expect(broken(pattern, size, 'exact')).rejects.toThrow('no memory')
  })

  test('is given up if it never answers', async () => {
    const hanging = watched(() => new Promise(() => {}), 1)
    await expect(hanging(pattern, size, 'exact')).rejects.toThrow(HelperError)
  })
})
