import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pngBytes, recipeFromAddress, recipeFromPng, recipeText, recipeToAddress } from '../../src/api/pattern.ts'
import type { Compressor } from '../../src/pattern/png/write-png.ts'
import { recipe } from '../fixtures/recipes.ts'
import { useBrowser } from './chromium.ts'
import { until, useP5Version1 } from './handwriting.ts'
import type { Box } from './picture.ts'

const browser = useBrowser()
const small = { viewport: { width: 420, height: 320 } }
const address = (rest = '') => browser.url(`sketches/pattern/index.html#pattern=1&seed=9${rest}`)

/** Returns a checksum of the canvas; undefined while it is a single color. */
function print(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('#sketch canvas')
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    if (!data?.some((value, n) => n % 4 < 3 && value !== data[n % 4])) return undefined
    return data.reduce((sum, value) => (sum * 31 + value) % 1e9, 0)
  })
}

/** Waits for an exact picture that differs from some others. @returns its checksum */
async function settled(page: Page, ...others: unknown[]): Promise<number> {
  let before: number | undefined
  await until(async () => {
    const isFine = await page.evaluate(() => document.getElementById('sketch')?.hasAttribute('data-fine'))
    const now = isFine ? await print(page) : undefined
    const stays = now !== undefined && now === before && !others.includes(now)
    before = now
    return stays
  }).toBe(true)
  return before as number
}

const notice = (page: Page) => page.locator('#notice').textContent()
const latent = (page: Page) => recipeFromAddress(new URL(page.url()).hash)?.latent

function choose(page: Page, id: string, value: string): Promise<void> {
  return page.evaluate(
    ([id, value]) => {
      const select = document.getElementById(id as string) as HTMLSelectElement
      select.value = value as string
      select.dispatchEvent(new Event('change'))
    },
    [id, value],
  )
}

function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  return page.evaluate(
    ({ name, bytes }) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    { name, bytes: Buffer.from(bytes).toString('base64') },
  )
}

test('shows which backend paints, and follows drags, the wheel and six color models', async () => {
  const { page, complaints } = await browser.open(address(), small)
  await until(() => notice(page)).toContain('There is no GPU to paint it')
  const first = await settled(page)
  await page.mouse.move(100, 100)
  await page.mouse.down()
  await page.mouse.move(160, 70, { steps: 3 })
  await until(() => print(page)).not.toBe(first) // before the button is released
  await page.mouse.up()
  await until(() => latent(page)?.map((value) => Math.round(100 * value))).toEqual([41, -21])
  const dragged = await settled(page, first)
  await page.mouse.wheel(0, -300)
  const seen: number[] = [first, dragged, await settled(page, first, dragged)]
  for (const color of ['bw', 'rgb', 'cmyk', 'hsv', 'hsl']) {
    await choose(page, 'color', color)
    expect(await page.locator('#hue').isEnabled()).toBe(color.startsWith('hs')) // the others have no hue
    seen.push(await settled(page, ...seen))
  }
  await page.keyboard.press('r')
  await settled(page, ...seen)
  expect(complaints).toEqual([])
  await page.close()
})

test('workers paint the same picture as the page alone', async () => {
  const { page, complaints } = await browser.open(address('&color=hsv'), small)
  const first = await settled(page)
  await until(() => page.workers().length).toBeGreaterThanOrEqual(1)
  await page.keyboard.press('r') // painted by workers
  const shared = await settled(page, first)
  expect(complaints).toEqual([])
  await until(() => page.url()).toMatch(/seed=(?!9&)/)

  const alone = await browser.open('about:blank', small)
  await alone.page.addInitScript(() => Object.assign(globalThis, { Worker: undefined }))
  await alone.page.goto(page.url())
  expect(await settled(alone.page)).toBe(shared)
  expect(alone.page.workers()).toEqual([])
  expect(alone.complaints).toEqual([])
  await page.close()
  await alone.page.close()
})

test('the latent pad sets the latent values and shows a map of them', async () => {
  const { page, complaints } = await browser.open(address(), { viewport: { width: 700, height: 900 } })
  const first = await settled(page)
  await page.locator('#tune > summary').click()
  await page.getByText('Latent space').click()
  const map = () =>
    page.locator('#pad canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
      return {
        sum: data.reduce((sum, value) => (sum * 31 + value) % 1e9, 0),
        isFull: data.every((v, n) => n % 4 < 3 || v),
      }
    })
  await until(async () => (await map()).isFull).toBe(true)
  const before = await map()
  const { x, y, width, height } = (await page.locator('#pad').boundingBox()) as Box
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + 0.75 * width, y + 0.25 * height)
  await until(() => latent(page)?.map(Math.round)).toEqual([2, -2])
  await page.mouse.move(x + 2 * width, y - height) // beyond its edge
  await page.mouse.up()
  await until(() => latent(page)).toEqual([4, -4])
  expect(await page.locator('#z1').inputValue()).toBe('4')
  await settled(page, first)
  expect(await map()).toEqual(before) // only the mark has moved
  await choose(page, 'color', 'bw')
  await until(async () => (await map()).sum).not.toBe(before.sum)
  await page.locator('#latents').fill('1')
  await until(() => page.locator('#pad').isVisible()).toBe(false)
  expect(complaints).toEqual([])
  await page.close()
})

test('opens a saved picture or recipe that is dropped, and keeps the picture if another kind of file is dropped', async () => {
  const { page, complaints } = await browser.open(address('&z=0.5,-1&color=hsl&alpha=soft'), small)
  const first = await settled(page)
  await choose(page, 'width', '1080')
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('p')])
  const png = await readFile(await download.path())
  expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(1080)
  expect(recipeFromPng(png)).toMatchObject({ seed: 9, latent: [0.5, -1], color: 'hsl', alpha: 'soft' })

  await page.keyboard.press('r')
  const other = await settled(page, first)
  for (const [name, bytes] of [
    ['half.png', png.subarray(0, 60)],
    ['words.json', new TextEncoder().encode('{"format":"longhand-pattern","version":1,"seed":-4}')],
    ['words.txt', new TextEncoder().encode('no recipe')],
  ] as const) {
    await drop(page, name, bytes)
    await until(() => notice(page)).toMatch(new RegExp(`^${name} cannot be opened.*The picture stays`))
    expect(await print(page)).toBe(other)
  }
  await drop(page, 'a.png', png)
  await until(() => print(page)).toBe(first)
  await page.keyboard.press('r')
  await settled(page, first)
  await drop(page, 'a.json', new TextEncoder().encode(recipeText(recipeFromPng(png))))
  await until(() => print(page)).toBe(first)
  expect(complaints).toEqual([])
  await page.close()
})

test('keeps the picture if files of 100 MB are dropped, and finds a recipe at the end of one', async () => {
  const { page, complaints } = await browser.open(address(), small)
  const first = await settled(page)
  /** Drops a file of a given size, with zeros between its first and last bytes. */
  const dropLarge = (name: string, bytes: number, begin: number[], end: number[] = []) =>
    page.evaluate(
      ({ name, bytes, begin, end }) => {
        const zeros = new Uint8Array(bytes - begin.length - end.length)
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([Uint8Array.from(begin), zeros, Uint8Array.from(end)], name))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      { name, bytes, begin, end },
    )
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  const hundred = 100 * 2 ** 20
  for (const [name, bytes, begin, message] of [
    ['zeros.bin', hundred, [], 'Expected a PNG or a recipe, got another file.'],
    ['long.json', hundred, [0x7b], 'Expected a PNG or a recipe, got another file.'],
    ['long.png', hundred, [...signature, 0xff, 0xff, 0xff, 0xff], 'the PNG is cut off'],
    ['huge.png', 3 * hundred, signature, 'Expected at most 268435456 bytes, got 314572800.'],
  ] as const) {
    await dropLarge(name, bytes, [...begin])
    await until(() => notice(page)).toContain(`${name} cannot be opened.`)
    expect(await notice(page)).toContain(message)
    expect(await print(page)).toBe(first)
  }
  // after an unknown chunk of 100 MB, as an editor may write it
  const png: Uint8Array[] = []
  const other = recipe({ seed: 4, inputs: ['r', 'angle'], folds: 5 })
  const compressor = new CompressionStream('deflate') as unknown as Compressor
  const pixels = new Uint8ClampedArray(4)
  for await (const piece of pngBytes({ width: 1, height: 1, channels: 3, recipe: other }, [{ pixels }], compressor))
    png.push(piece)
  const [, , , text] = png as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const length = hundred - signature.length - 12 - text.length
  const foreign = [...signature, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]
  await dropLarge('edited.png', hundred, [...foreign, ...Buffer.from('prVt')], [...text])
  await until(() => notice(page)).toBe('Opened edited.png.')
  await until(() => recipeFromAddress(new URL(page.url()).hash)).toEqual(other)
  expect(complaints).toEqual([])
  await page.close()
})

test.each([
  ['seed=9', { seed: 9 }],
  ['seed=9&color=bw&zoom=2&unknown=1', { seed: 9, color: 'bw', view: { zoom: 2 } }],
] as const)('the address #%s is a picture without a version', async (hash, fields) => {
  const { page, complaints } = await browser.open(browser.url(`sketches/pattern/index.html#${hash}`), small)
  const picture = await settled(page)
  await page.keyboard.press('0') // resets the view, and writes the address
  await until(() => recipeFromAddress(new URL(page.url()).hash)).toEqual(recipe({ ...fields, view: {} }))
  const url = browser.url(`sketches/pattern/index.html#${recipeToAddress(recipe(fields))}`)
  const versioned = await browser.open(url, small)
  expect(await settled(versioned.page)).toBe(picture)
  expect([...complaints, ...versioned.complaints]).toEqual([])
  await versioned.page.close()
  await page.close()
})

/** Ways to scroll a panel to its top. */
const SCROLLS = {
  async wheel(page: Page, { x, y, height }: Box) {
    await page.mouse.move(x + 40, y + height / 2)
    await page.mouse.wheel(0, -5000)
  },
  async touch(page: Page, panel: Box) {
    const cdp = await page.context().newCDPSession(page)
    const x = panel.x + 40
    for (let swipe = 0; swipe < 8; swipe++) {
      let y = panel.y + panel.height / 4
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
      for (let n = 0; n < 8; n++) {
        y += panel.height / 20
        await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] })
      }
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    }
  },
  async keyboard(page: Page) {
    await page.locator('#width').focus()
    for (let n = 0; n < 30; n++) {
      if (await page.locator('#look').evaluate((list) => list === document.activeElement)) break
      await page.keyboard.press('Shift+Tab')
    }
  },
}

test.each([
  [390, 844],
  [844, 390],
  [1280, 720],
])(
  'all controls of two open sections can be reached at %i × %i, by wheel, touch and keyboard',
  async (width, height) => {
    const { page, complaints } = await browser.open(address(), { viewport: { width, height }, hasTouch: true })
    await settled(page)
    await page.locator('#tune > summary').click()
    for (const name of ['Latent space', 'Pixels']) await page.getByText(name, { exact: true }).click()
    /** Whether the center of an element is visible, and not covered. */
    const isReachable = (id: string) =>
      page.locator(id).evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect()
        return document.elementFromPoint(left + width / 2, top + height / 2) === element
      })
    for (const [how, scroll] of Object.entries(SCROLLS)) {
      await page.locator('#controls').evaluate((panel) => panel.scrollTo(0, panel.scrollHeight))
      await until(() => isReachable('#width')).toBe(true)
      expect(await isReachable('#look'), how).toBe(false)
      await scroll(page, (await page.locator('#controls').boundingBox()) as Box)
      await until(() => isReachable('#look')).toBe(true)
    }
    expect(complaints).toEqual([])
    await page.close()
  },
)

test('reports a broken recipe in the address, and shows another picture', async () => {
  const { page } = await browser.open(address('&size=5000'), small)
  await until(() => notice(page)).toBe(
    'This address has no valid picture: size: Expected an integer from 2 to 64, got 5000. Here is another.',
  )
  await settled(page)
  await page.close()
})

test('Escape cancels saving a large picture', async () => {
  const { page } = await browser.open(address(), small)
  await settled(page)
  let saved = false
  page.on('download', () => {
    saved = true
  })
  await choose(page, 'width', '16384')
  await page.keyboard.press('p')
  await until(() => notice(page)).toContain('Painting 16384 × 12483 pixels')
  await page.keyboard.press('Escape')
  await until(() => notice(page)).toContain('Nothing was saved')
  expect(saved).toBe(false)
  await page.close()
})

test('breeds: the chosen picture moves to the center of the wall, and is kept; with p5 1.x', async () => {
  const { page, complaints } = await browser.open('about:blank', { viewport: { width: 700, height: 520 } })
  await useP5Version1(page)
  await page.goto(address())
  expect(await page.evaluate(() => (globalThis as unknown as { p5: { VERSION: string } }).p5.VERSION)).toMatch(/^1\./)
  const first = await settled(page)
  await page.keyboard.press('w')
  const wall = await settled(page, first)
  await page.mouse.click(200, 120)
  await until(() => latent(page)).not.toEqual([0, 0])
  await settled(page, first, wall)
  const chosen = latent(page)
  await page.keyboard.press('w')
  await settled(page, first, wall)
  expect(latent(page)).toEqual(chosen)
  await page.keyboard.press(' ') // starts a walk
  const before = await print(page)
  await until(() => print(page)).not.toBe(before)
  expect(complaints).toEqual([])
  await page.close()
})

test('opening the controls closes the wall, and they change the picture in its center', async () => {
  const { page, complaints } = await browser.open(address(), { viewport: { width: 700, height: 520 } })
  const isWall = () => page.evaluate(() => 'wall' in document.documentElement.dataset)
  const button = () => page.locator('#wall span').textContent()
  const first = await settled(page)
  await page.locator('#tune > summary').click()
  await page.keyboard.press('w')
  const wall = await settled(page, first)
  expect([await isWall(), await button()]).toEqual([true, 'back'])
  await page.locator('#tune > summary').click()
  await until(isWall).toBe(false)
  expect(await button()).toBe('breed')
  expect(await settled(page, wall)).toBe(first)

  await page.keyboard.press('w')
  const other = await settled(page, first)
  await choose(page, 'color', 'bw') // as if a control was still held
  await until(isWall).toBe(false)
  expect(await button()).toBe('breed')
  const turned = await settled(page, first, wall, other)
  expect(recipeFromAddress(new URL(page.url()).hash)).toMatchObject({ seed: 9, color: 'bw', latent: [0, 0] })
  await page.keyboard.press('w')
  await settled(page, turned)
  await page.mouse.click(350, 235) // the center is shown alone
  expect(await isWall()).toBe(false)
  expect(await settled(page)).toBe(turned)
  expect(complaints).toEqual([])
  await page.close()
})

/** Plays a film: returns its first frame, and a later one, for which the player has to seek. */
function play(page: Page, film: Buffer) {
  return page.evaluate(
    async (source) => {
      const video = document.createElement('video')
      const loaded = new Promise((resolve, reject) => {
        video.onloadeddata = resolve
        video.onerror = () => reject(video.error)
      })
      video.muted = true
      video.src = source
      await loaded
      const after = async (event: 'seeked' | 'ended', doing: () => void) => {
        const done = new Promise((resolve) => video.addEventListener(event, resolve, { once: true }))
        doing()
        await done
        const canvas = document.createElement('canvas')
        canvas.width = video.videoWidth
        canvas.height = video.videoHeight
        const context = canvas.getContext('2d') as CanvasRenderingContext2D
        context.drawImage(video, 0, 0)
        return [...context.getImageData(0, 0, canvas.width, canvas.height).data]
      }
      const { videoWidth: width, videoHeight: height, duration } = video
      const at = (time: number) =>
        after('seeked', () => {
          video.currentTime = time
        })
      const first = await at(0)
      // A film without a duration cannot be sought reliably, but it can be played to its end.
      const later = Number.isFinite(duration) ? await at(0.9) : await after('ended', () => void video.play())
      return { width, height, duration, first, later }
    },
    `data:video/webm;base64,${film.toString('base64')}`,
  )
}

function pixels(page: Page): Promise<number[]> {
  return page.locator('#sketch canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas
    return [...(canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [])]
  })
}

/** Returns the mean difference, of 255. */
function difference(one: readonly number[], other: readonly number[]): number {
  expect(one.length).toBe(other.length)
  return one.reduce((sum, value, n) => sum + Math.abs(value - other[n]), 0) / one.length
}

test.each([
  ['frame by frame', false],
  ['in real time, where the browser has no video encoder', true],
])('films a walk from its first picture until it is stopped, %s', async (_, live) => {
  const { page, complaints } = await browser.open('about:blank', { viewport: { width: 240, height: 180 } })
  if (live) await page.addInitScript(() => Object.assign(globalThis, { VideoEncoder: undefined }))
  await page.goto(address('&gain=4'))
  const still = await settled(page)
  const picture = await pixels(page)
  await page.keyboard.press('w') // the film must not show the wall
  await until(() => print(page)).not.toBe(still)
  await page.evaluate(() => {
    // The key is pressed again before the film has started.
    for (let n = 0; n < 2; n++) dispatchEvent(new KeyboardEvent('keydown', { key: 'f' }))
  })
  let downloads = 0
  page.on('download', () => downloads++)
  await until(() => notice(page)).toContain('Filming second 2 of 16')
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('f')])
  expect(download.suggestedFilename()).toBe('longhand-pattern-9.webm')
  await until(() => notice(page)).toBe('The film is saved.')
  expect(downloads).toBe(1)
  expect(complaints).toEqual([])

  await page.goto('about:blank')
  const film = await play(page, await readFile(await download.path()))
  expect(film).toMatchObject({ width: 240, height: 180 })
  const compressed = difference(film.first, picture)
  expect(compressed).toBeLessThan(2.5)
  expect(difference(film.later, picture)).toBeGreaterThan(2 * compressed)
  if (!live) expect(film.duration).toBeGreaterThanOrEqual(1)
  await page.close()
})

test('two fingers zoom, and the last one to be lifted does not drag', async () => {
  const { page } = await browser.open(address(), { ...small, hasTouch: true })
  await settled(page)
  const cdp = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x, id) => ({ x, y: 120, id })) })
  await touch('touchStart', 100)
  await touch('touchStart', 100, 200)
  await touch('touchMove', 50, 250)
  await touch('touchEnd', 50)
  await touch('touchMove', 90)
  await touch('touchEnd')
  const view = () => recipeFromAddress(new URL(page.url()).hash)?.view.zoom
  await until(view).toBeCloseTo(2, 1)
  expect(latent(page)).toEqual([0, 0])
  await page.close()
})

test('keeps the picture while a WebGL2 context is lost, until it is restored', async () => {
  const { page } = await browser.open('about:blank', { viewport: { width: 200, height: 150 } })
  await page.addInitScript(() => {
    const all = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...rest: [string]) {
      const context = all.apply(this, rest as never)
      if (context instanceof WebGL2RenderingContext) Object.assign(globalThis, { context })
      return context
    } as typeof all
  })
  await page.goto(address('&size=4&depth=2&renderer=webgl2'))
  const painter = () => page.locator('#painter').textContent()
  await settled(page)
  expect(await painter()).toBe('Painted by the GPU.')
  await page.evaluate(() => {
    const { context } = globalThis as unknown as { context: WebGL2RenderingContext }
    Object.assign(globalThis, { loser: context.getExtension('WEBGL_lose_context') })
    ;(globalThis as unknown as { loser: WEBGL_lose_context }).loser.loseContext()
  })
  await until(painter).toBe('Painted by the CPU.')
  await settled(page)
  await page.evaluate(() => (globalThis as unknown as { loser: WEBGL_lose_context }).loser.restoreContext())
  await until(painter).toBe('Painted by the GPU.')
  await settled(page)
  await page.close()
})

test('a list opens by mouse and touch, and gives the keys back to the page after a choice', async () => {
  const { page, complaints } = await browser.open(address(), { viewport: { width: 700, height: 900 }, hasTouch: true })
  await settled(page)
  await page.locator('#tune > summary').click()
  const list = page.locator('#color')
  const isOpen = () => list.evaluate((element) => element.matches(':open'))
  for (const press of [() => list.click(), () => list.tap()]) {
    await press()
    expect(await isOpen()).toBe(true)
    await page.keyboard.press('Escape')
    await until(isOpen).toBe(false)
  }
  await list.click()
  await list.selectOption('bw')
  await until(() => page.url()).toContain('color=bw')
  await page.keyboard.press('r')
  await until(() => page.url()).toMatch(/seed=(?!9&)/)
  expect(complaints).toEqual([])
  await page.close()
})

test('the controls and the wall work by keyboard, and colors in the address are kept', async () => {
  const { page, complaints } = await browser.open(address('&paper=112233'), small)
  await settled(page)
  await page.locator('#tune > summary').focus()
  await page.keyboard.press(' ')
  expect(await page.locator('#tune').evaluate((tune: HTMLDetailsElement) => tune.open)).toBe(true)
  expect(await page.locator('#walk').textContent()).toContain('walk') // no walk was started
  await page.keyboard.press(' ')
  await page.locator('#wall').focus()
  await page.keyboard.press('Enter')
  expect(await notice(page)).toContain('Choose one')
  const isWall = () => page.evaluate(() => document.documentElement.dataset.wall !== undefined)
  const parent = latent(page)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight') // at the edge
  await page.keyboard.press('Enter') // the picture at the right moves to the center
  await until(() => latent(page)).not.toEqual(parent)
  expect(await isWall()).toBe(true)
  const child = latent(page)
  await page.keyboard.press('Enter') // and is shown alone
  expect(await isWall()).toBe(false)
  expect(latent(page)).toEqual(child)
  expect(page.url()).toContain('paper=112233')
  expect(complaints).toEqual([])
  await page.close()
})
