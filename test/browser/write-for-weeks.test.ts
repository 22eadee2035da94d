import type { CDPSession } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from './chromium.ts'
import { frames, inkGrowsTo, inkOf, maximizeSpeed, patience } from './ink.ts'

const browser = useBrowser()
const address = () => browser.url('sketches/write/index.html#seed=7&speed=4')

test('write pauses while its window is hidden, and resumes where it was', async () => {
  const { page, complaints } = await browser.openAlone(address(), { viewport: { width: 500, height: 500 } })
  const tools = await page.context().newCDPSession(page)
  const { windowId } = await tools.send('Browser.getWindowForTarget')
  await inkGrowsTo(page, 300)
  await tools.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } })
  let hidden = await inkOf(page)
  await expect
    .poll(async () => {
      const before = hidden
      hidden = await inkOf(page)
      return hidden.count - before.count
    }, patience)
    .toBe(0)
  await tools.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } })
  await inkGrowsTo(page, hidden.count + 100)
  expect(new URL(page.url()).hash).toContain('seed=7')
  expect(complaints).toEqual([])
  await page.close()
})

test('write uses no more memory for the sixth page than for the second', async () => {
  const { page, complaints } = await browser.openAlone(address(), { viewport: { width: 400, height: 260 } })
  await maximizeSpeed(page)
  const tools = await page.context().newCDPSession(page)
  const sizes: number[] = []
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('r')
    await inkGrowsTo(page, 600)
    await frames(page, 5)
    sizes.push(await memory(tools))
  }
  // keeping the network states would take several times as much
  expect(sizes[5] - sizes[1]).toBeLessThan(2e6)
  expect(complaints).toEqual([])
  await page.close()
})

/** Returns the bytes in use after garbage collection: objects and the array buffers behind them. */
async function memory(tools: CDPSession): Promise<number> {
  for (let n = 0; n < 2; n++) await tools.send('HeapProfiler.collectGarbage')
  const usage = (await tools.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
  return usage.usedSize + (usage.backingStorageSize ?? 0)
}
