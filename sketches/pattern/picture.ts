import { createRenderer, type Pattern, type Renderer, type RendererKind } from 'longhand'
import { addressText } from '../frame/address.ts'
import { hasNotice, notice } from '../frame/notice.ts'
import { startTileWorkers } from '../frame/tile-workers.ts'

const KINDS: readonly RendererKind[] = ['cpu', 'webgl2']

/** The painted picture, on a canvas of its own that the sketch copies. */
export class Picture {
  /** whether it is painted exactly */
  done = false
  /** whether to show and repaint it only when it is done, for pictures that are kept */
  isPatient: boolean
  /** whether anything was painted since it was last shown */
  #hasChanged = false
  readonly #canvas = document.createElement('canvas')
  readonly #renderer: Renderer

  constructor(isPatient = false) {
    this.isPatient = isPatient
    const prefer = KINDS.find((kind) => kind === addressText('renderer'))
    this.#renderer = createRenderer(this.#canvas, {
      ...(prefer && { prefer }),
      workers: startTileWorkers,
      onKind: showRenderer,
      onProgress: (done) => {
        this.#hasChanged = true
        this.done = done === 1
      },
    })
  }

  /** whether there is something new to show */
  get isNew(): boolean {
    return this.#hasChanged && (this.done || !this.isPatient)
  }

  /** whether the next picture may be drawn */
  get isFree(): boolean {
    return !this.isPatient || (this.done && !this.#hasChanged)
  }

  /** Says on the page what to do, and why it may be slow. */
  introduce(): void {
    const { kind } = this.#renderer
    showRenderer(kind)
    if (hasNotice()) return // an error is more important
    if (kind === 'webgl2' || addressText('renderer') === 'cpu') notice('Drag the picture.', 6)
    else notice('Drag the picture. There is no GPU to paint it, so it is coarse while you drag.', 8)
  }

  /** Changes the size in pixels, which clears the canvas. */
  resize(width: number, height: number): void {
    if (this.#canvas.width !== width) this.#canvas.width = Math.max(1, width)
    if (this.#canvas.height !== height) this.#canvas.height = Math.max(1, height)
  }

  draw(pattern: Pattern): void {
    this.#hasChanged = true
    this.done = false
    this.#renderer.draw(pattern)
  }

  /** Draws the picture over the whole window. @param paper shows through transparent pixels */
  show(context: CanvasRenderingContext2D, paper: string): void {
    this.#hasChanged = false
    context.fillStyle = paper
    context.fillRect(0, 0, innerWidth, innerHeight)
    context.imageSmoothingEnabled = true
    context.drawImage(this.#canvas, 0, 0, innerWidth, innerHeight)
  }

  /** Copies the picture. @param onto a canvas to reuse */
  print(onto = document.createElement('canvas')): HTMLCanvasElement {
    onto.width = this.#canvas.width
    onto.height = this.#canvas.height
    onto.getContext('2d')?.drawImage(this.#canvas, 0, 0)
    return onto
  }
}

/** Says in the panel what paints. */
function showRenderer(kind: RendererKind): void {
  const line = document.getElementById('painter')
  if (line) line.textContent = kind === 'cpu' ? 'Painted by the CPU.' : 'Painted by the GPU.'
}
