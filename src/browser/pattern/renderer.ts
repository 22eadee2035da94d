import type { TileWorker } from '../../pattern/paint/workers.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import { createGlPainter } from './gl-painter.ts'
import { type CpuRenderer, createPageRenderer } from './page-renderer.ts'
import { createWorkerRenderer } from './worker-renderer.ts'
import { withTimeout } from './worker-timeout.ts'

/** Shows patterns on a canvas of a page. */
export interface Renderer {
  /** what paints at present */
  readonly kind: RendererKind
  /** Shows a pattern all over the canvas, in as many pixels as the canvas has; what was under way before is given up. */
  draw(pattern: Pattern): void
  /** Nothing is painted any more. */
  dispose(): void
}

export type RendererKind = 'webgl2' | 'cpu'

export interface RendererOptions {
  /** 'cpu' leaves the GPU alone; 'webgl2' takes WebGL2 in software too, which otherwise yields to the faster CPU */
  prefer?: RendererKind
  /** Asked once for workers, when the CPU has to paint; the page itself paints until they are there, and without any. */
  workers?: () => Promise<readonly TileWorker[]>
  /** after a WebGL2 context was lost, or came back */
  onKind?: (kind: RendererKind) => void
  /** 0…1, of the pixels on the canvas that are as fine as they will be */
  onProgress?: (done: number) => void
}

/**
 * The renderer for a canvas: WebGL2 where there is one, else the one on the CPU, also for as long as a WebGL2 context is
 * lost. The CPU shows a preview at once if it cannot paint an exact picture within a frame.
 * @param canvas has or gets a 2d context
 */
export function createRenderer(
  canvas: HTMLCanvasElement,
  { prefer, workers, onKind, onProgress = () => {} }: RendererOptions = {},
): Renderer {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('Got no 2d context when expected a canvas that has none yet, or that one.')
  let shown: Pattern | undefined
  let isFine = false
  let cpu: CpuRenderer | undefined

  const tell = (done: number) => {
    isFine = done === 1
    onProgress(done)
  }
  const again = (kind: RendererKind) => {
    cpu?.stop()
    onKind?.(kind)
    if (shown) draw(shown)
  }
  const gl =
    prefer === 'cpu'
      ? undefined
      : createGlPainter({
          software: prefer === 'webgl2',
          onLost: () => again('cpu'),
          onRestored: () => again('webgl2'),
        })

  const drawWithGl = (pattern: Pattern): boolean => {
    const { width, height } = canvas
    if (!gl?.draw(pattern, { width, height })) return false
    context.globalCompositeOperation = 'copy' // instead of over what is there
    context.drawImage(gl.canvas, 0, 0)
    context.globalCompositeOperation = 'source-over'
    tell(1)
    return true
  }

  /** Takes another cpu, and what is not yet fine is painted there. */
  const change = (next: CpuRenderer) => {
    cpu?.stop()
    cpu = next
    if (shown && !isFine) draw(shown)
  }
  const beginWithCpu = (): CpuRenderer => {
    const alone = createPageRenderer(context, tell)
    workers?.().then(
      (hired) => {
        // One that hangs or fails is as good as none.
        const workers = hired.map((worker) => withTimeout(worker))
        if (hired.length > 0) change(createWorkerRenderer(context, workers, tell, () => change(alone)))
      },
      () => {}, // the page goes on alone
    )
    return alone
  }

  const draw = (pattern: Pattern) => {
    shown = pattern
    isFine = false
    if (drawWithGl(pattern)) return
    cpu ??= beginWithCpu()
    cpu.draw(pattern)
  }

  return {
    get kind() {
      return gl && !gl.isLost ? 'webgl2' : 'cpu'
    },
    draw,
    dispose() {
      cpu?.stop()
      shown = undefined
      gl?.dispose()
    },
  }
}
