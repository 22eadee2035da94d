import { paintTile, type Recipe } from 'longhand'
import type { Motif } from './motif.ts'

const ACROSS = 7 // small pictures along each side
const SIDE = 32 // pixels of each
const SOON = 150 // milliseconds: while a knob is being turned the old map stays

/**
 * A map of the latent space around 0, as far as its first two numbers go: small pictures side by side, and a mark where the
 * large one stands. A finger on it goes there. It says nothing that the sliders below it do not say as well.
 */
export class Pad {
  readonly #motif: Motif
  readonly #reach: number
  readonly #element: HTMLElement
  readonly #map: HTMLCanvasElement
  readonly #mark: HTMLElement
  #painted = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param reach the latent numbers go from −reach to reach
   * @param onChange the first two of them
   */
  constructor(element: HTMLElement, motif: Motif, reach: number, onChange: (z1: number, z2: number) => void) {
    this.#element = element
    this.#motif = motif
    this.#reach = reach
    this.#map = element.querySelector('canvas') as HTMLCanvasElement
    this.#mark = element.querySelector('i') as HTMLElement
    this.#map.width = this.#map.height = ACROSS * SIDE
    const go = ({ clientX, clientY }: PointerEvent) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const along = (fraction: number) => reach * (2 * Math.min(Math.max(fraction, 0), 1) - 1)
      onChange(along((clientX - left) / width), along((clientY - top) / height))
    }
    element.addEventListener('pointerdown', (event) => {
      element.setPointerCapture(event.pointerId)
      go(event)
    })
    element.addEventListener('pointermove', (event) => element.hasPointerCapture(event.pointerId) && go(event))
    element.closest('details')?.addEventListener('toggle', () => this.#paintSoon())
  }

  show({ latent }: Recipe): void {
    const [x, y] = latent
    this.#element.hidden = y === undefined
    if (x === undefined || y === undefined) {
      clearTimeout(this.#timer) // what is being painted is of a network with more numbers
      return
    }
    this.#mark.style.left = `${this.#percent(x)}%`
    this.#mark.style.top = `${this.#percent(y)}%`
    this.#paintSoon()
  }

  #percent(value: number): number {
    return 50 + 50 * Math.min(Math.max(value / this.#reach, -1), 1)
  }

  #paintSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const { latent, ...others } = this.#motif.recipe
      const what = JSON.stringify([latent.slice(2), { ...others, view: undefined }])
      if (what === this.#painted || this.#map.clientWidth === 0) return
      this.#painted = '' // until all of it is there
      this.#paint(0, what)
    }, SOON)
  }

  /** Row by row, and the page has its turn between two. */
  #paint(row: number, what: string): void {
    const context = this.#map.getContext('2d') as CanvasRenderingContext2D
    const far = (n: number) => this.#reach * ((2 * n) / (ACROSS - 1) - 1)
    for (let column = 0; column < ACROSS; column++) {
      const latent = [far(column), far(row), ...this.#motif.recipe.latent.slice(2)]
      const pattern = this.#motif.pattern({ latent, view: { center: [0, 0], zoom: 1 } })
      const pixels = paintTile(pattern, { width: SIDE, height: SIDE })
      context.putImageData(new ImageData(pixels, SIDE), column * SIDE, row * SIDE)
    }
    if (row + 1 < ACROSS) this.#timer = setTimeout(() => this.#paint(row + 1, what))
    else this.#painted = what
  }
}
