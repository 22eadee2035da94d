import { createRenderer, type Pattern, type Renderer, type RendererKind } from 'longhand'
import { addressText } from '../frame/address.ts'
import { isSaying, notice } from '../frame/notice.ts'
import { startTileWorkers } from '../frame/tile-workers.ts'

const KINDS: readonly RendererKind[] = ['cpu', 'webgl2']

/** The picture as it is painted, on a canvas of its own that the sketch copies from. */
export class Picture {
  /** it is as fine as it will be */
  done = false
  /** nothing is shown or drawn anew before it is done: for pictures that are taken of it */
  isPatient: boolean
  /** something was painted since it was last shown */
  #changed = false
  readonly #canvas = document.createElement('canvas')
  readonly #renderer: Renderer

  constructor(isPatient = false) {
    this.isPatient = isPatient
    const prefer = KINDS.find((kind) => kind === addressText('renderer'))
    this.#renderer = createRenderer(this.#canvas, {
      ...(prefer && { prefer }),
      workers: startTileWorkers,
      // the GPU's context is gone, or came back
      onKind: (kind) => this.#tellPainter(kind),
      onProgress: (done) => {
        this.#changed = true
        this.done = done === 1
      },
    })
  }

  /** There is something new to show. */
  get isNew(): boolean {
    return this.#changed && (this.done || !this.isPatient)
  }

  /** The next one may be drawn. */
  get isFree(): boolean {
    return !this.isPatient || (this.done && !this.#changed)
  }

  /** Says on the page what there is to do, and what paints where that is slower than usual. */
  introduce(): void {
    const { kind } = this.#renderer
    this.#tellPainter(kind)
    if (isSaying()) return // what went wrong is more to know
    if (kind === 'webgl2' || addressText('renderer') === 'cpu') notice('Drag the picture.', 6)
    else notice('No GPU with WebGL2 here: the processor paints, coarsely while you drag.', 8)
  }

  /** In pixels; what was on it is gone. */
  resize(width: number, height: number): void {
    if (this.#canvas.width !== width) this.#canvas.width = Math.max(1, width)
    if (this.#canvas.height !== height) this.#canvas.height = Math.max(1, height)
  }

  draw(pattern: Pattern): void {
    this.#changed = true
    this.done = false
    this.#renderer.draw(pattern)
  }

  /** Copies it all over a drawing of the window. @param paper is seen through what is not opaque */
  show(context: CanvasRenderingContext2D, paper: string): void {
    this.#changed = false
    context.fillStyle = paper
    context.fillRect(0, 0, innerWidth, innerHeight)
    context.imageSmoothingEnabled = true
    context.drawImage(this.#canvas, 0, 0, innerWidth, innerHeight)
  }

  /** A copy to keep. */
  print(onto = document.createElement('canvas')): HTMLCanvasElement {
    onto.width = this.#canvas.width
    onto.height = this.#canvas.height
    onto.getContext('2d')?.drawImage(this.#canvas, 0, 0)
    return onto
  }

  #tellPainter(kind: RendererKind): void {
    const line = document.getElementById('painter')
    if (line) line.textContent = kind === 'cpu' ? 'The processor paints.' : 'The GPU paints.'
  }
}
