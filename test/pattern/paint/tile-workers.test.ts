import { describe, expect, test } from 'vitest'
import { paintTile, patternFromRecipe, type TileWorker } from '../../../src/api/pattern.ts'
import { WorkerTimeoutError, withTimeout } from '../../../src/browser/pattern/worker-timeout.ts'
import { renderTile } from '../../../src/pattern/paint/painter.ts'
import { painterFor } from '../../../src/pattern/paint/quality.ts'
import { paintWithWorkers } from '../../../src/pattern/paint/tile-workers.ts'
import { recipe } from '../../fixtures/recipes.ts'

const size = { width: 61, height: 47 }
const pattern = patternFromRecipe(recipe({ alpha: 'straight' }))
const task = { pattern, ...size, quality: 'exact', tilePixels: size.width } as const

/** Creates a worker that paints on this thread, after some turns of the event loop. */
function worker(turns: number, tops: number[] = []): TileWorker {
  return async (pattern, tile, quality) => {
    tops.push(tile.top ?? 0)
    for (let n = 0; n < turns; n++) await new Promise((resolve) => setImmediate(resolve))
    return paintTile(pattern, tile, quality)
  }
}

describe('several workers', () => {
  const whole = new Uint8ClampedArray(4 * size.width * size.height)
  renderTile(pattern, size, whole)

  test.each([1, 100, 61 * 5, 61 * 20, 1e6])(
    'paint the same picture as one painter, in tiles of %i pixels',
    async (pixels) => {
      const out = new Uint8ClampedArray(whole.length)
      let rows = 0
      await paintWithWorkers([worker(0), worker(3), worker(1)], { ...task, tilePixels: pixels }, (part) => {
        out.set(part.pixels, 4 * size.width * part.top)
        rows += part.rows
      })
      expect(rows).toBe(size.height)
      expect(out).toEqual(whole)
    },
  )

  test('paint in the requested quality', async () => {
    const expected = new Uint8ClampedArray(whole.length)
    painterFor(pattern, 'preview').paint(size, expected)
    const out = new Uint8ClampedArray(whole.length)
    await paintWithWorkers([worker(0), worker(1)], { ...task, quality: 'preview' }, (part) =>
      out.set(part.pixels, 4 * size.width * part.top),
    )
    expect(out).toEqual(expected)
    expect(out).not.toEqual(whole)
  })

  test('take the next tile when they are free, so that a slow one paints less', async () => {
    const slow: number[] = []
    const fast: number[] = []
    await paintWithWorkers([worker(40, slow), worker(0, fast)], task, () => {})
    expect([...slow, ...fast].sort((a, b) => a - b)).toEqual(Array.from({ length: size.height }, (_, row) => row))
    expect(fast.length).toBeGreaterThan(4 * slow.length)
  })

  test('have a tile queued while the last one is being sent back', async () => {
    let waiting = 0
    let most = 0
    const far: TileWorker = async (...task) => {
      most = Math.max(most, ++waiting)
      const pixels = await worker(2)(...task)
      waiting--
      return pixels
    }
    await paintWithWorkers([far], task, () => {})
    expect(most).toBe(2)
  })

  test('take no more tiles after the picture is given up', async () => {
    const tops: number[] = []
    await paintWithWorkers(
      [worker(0, tops), worker(1, tops)],
      task,
      () => {},
      () => tops.length < 6,
    )
    expect(tops.length).toBe(6)
  })

  test('pass on the error of one of them', async () => {
    const broken: TileWorker = async () => {
      throw new RangeError('no memory')
    }
    await expect(paintWithWorkers([worker(0), broken], task, () => {})).rejects.toThrow('no memory')
  })
})

describe('a worker with a timeout', () => {
  test('paints, and passes its errors on', async () => {
    const pixels = await withTimeout(worker(2), 1)(pattern, size, 'exact')
    expect(pixels).toEqual(paintTile(pattern, size))
    const broken = withTimeout(async () => {
      throw new RangeError('no memory')
    })
    await expect(broken(pattern, size, 'exact')).rejects.toThrow('no memory')
  })

  test('is given up if it does not answer', async () => {
    const hanging = withTimeout(() => new Promise(() => {}), 1)
    await expect(hanging(pattern, size, 'exact')).rejects.toThrow(WorkerTimeoutError)
  })
})
