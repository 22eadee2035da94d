import { paintTile, type Recipe } from 'longhand'
import { capturePointer } from '../frame/capture.ts'
import type { Motif } from './motif.ts'

const TILES = 7 // along each side of the map
const SIDE = 32 // pixels of a tile
const DELAY = 150 // milliseconds: keep the old map while a control is being moved

/**
 * A map of the first two latent values: a grid of small pictures, and a mark at the values of the large one. Clicking or
 * dragging sets the values. The sliders below offer the same to the keyboard and screen readers.
 */
export class LatentPad {
  readonly #motif: Motif
  readonly #reach: number
  readonly #element: HTMLElement
  readonly #map: HTMLCanvasElement
  readonly #mark: HTMLElement
  /** identifies what the map shows */
  #painted = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param reach the map covers −reach…reach
   * @param onChange receives the new values
   */
  constructor(element: HTMLElement, motif: Motif, reach: number, onChange: (z1: number, z2: number) => void) {
    this.#element = element
    this.#motif = motif
    this.#reach = reach
    this.#map = element.querySelector('canvas') as HTMLCanvasElement
    this.#mark = element.querySelector('i') as HTMLElement
    this.#map.width = this.#map.height = TILES * SIDE
    const choose = ({ clientX, clientY }: PointerEvent) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const toLatent = (fraction: number) => reach * (2 * Math.min(Math.max(fraction, 0), 1) - 1)
      onChange(toLatent((clientX - left) / width), toLatent((clientY - top) / height))
    }
    element.addEventListener('pointerdown', (event) => {
      capturePointer(element, event.pointerId)
      choose(event)
    })
    element.addEventListener('pointermove', (event) => element.hasPointerCapture(event.pointerId) && choose(event))
    element.closest('details')?.addEventListener('toggle', () => this.#paintLater())
  }

  /** Moves the mark, and repaints the map if it needs to change. Hides the pad if there are fewer than two values. */
  show({ latent }: Recipe): void {
    const [x, y] = latent
    this.#element.hidden = y === undefined
    if (x === undefined || y === undefined) {
      clearTimeout(this.#timer) // the network of a map in progress has more latent inputs
      return
    }
    this.#mark.style.left = `${this.#percent(x)}%`
    this.#mark.style.top = `${this.#percent(y)}%`
    this.#paintLater()
  }

  #percent(value: number): number {
    return 50 + 50 * Math.min(Math.max(value / this.#reach, -1), 1)
  }

  #paintLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const { latent, ...others } = this.#motif.recipe
      const key = JSON.stringify([latent.slice(2), { ...others, view: undefined }])
      if (key === this.#painted || this.#map.clientWidth === 0) return
      this.#painted = '' // until the map is complete
      this.#paintRow(0, key)
    }, DELAY)
  }

  /** Paints a row, and schedules the next one, so that the page stays responsive. */
  #paintRow(row: number, key: string): void {
    const context = this.#map.getContext('2d') as CanvasRenderingContext2D
    const toLatent = (n: number) => this.#reach * ((2 * n) / (TILES - 1) - 1)
    for (let column = 0; column < TILES; column++) {
      const latent = [toLatent(column), toLatent(row), ...this.#motif.recipe.latent.slice(2)]
      const pattern = this.#motif.pattern({ latent, view: { center: [0, 0], zoom: 1 } })
      const pixels = paintTile(pattern, { width: SIDE, height: SIDE })
      context.putImageData(new ImageData(pixels, SIDE), column * SIDE, row * SIDE)
    }
    if (row + 1 < TILES) this.#timer = setTimeout(() => this.#paintRow(row + 1, key))
    else this.#painted = key
  }
}
