import type { TileWorker } from '../../pattern/paint/tile-workers.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { CpuRenderer } from './cpu-renderer.ts'
import { createGlPainter } from './gl-painter.ts'
import { createPageRenderer } from './page-renderer.ts'
import { createWorkerRenderer } from './worker-renderer.ts'
import { withTimeout } from './worker-timeout.ts'

/** Shows patterns on a canvas of a page. */
export interface Renderer {
  /** what paints at present */
  readonly kind: RendererKind
  /** Paints a pattern over the whole canvas, at its resolution, and gives up the pattern before. */
  draw(pattern: Pattern): void
  /** Stops painting and frees the GPU. */
  dispose(): void
}

/** What paints: the GPU, by WebGL2, or the CPU. */
export type RendererKind = 'webgl2' | 'cpu'

export interface RendererOptions {
  /** 'cpu' does not use the GPU; 'webgl2' accepts a WebGL2 in software, which by default yields to the faster CPU */
  prefer?: RendererKind
  /** Called once, when the CPU has to paint. Until it resolves, and if it resolves to none, the page itself paints. */
  workers?: () => Promise<readonly TileWorker[]>
  /** called when the WebGL2 context is lost or restored */
  onKind?: (kind: RendererKind) => void
  /** fraction of the canvas that is exact, 0…1 */
  onProgress?: (done: number) => void
}

/**
 * Creates a renderer for a canvas: WebGL2 where available, and the CPU otherwise or while the context is lost. The CPU
 * shows a preview first if it cannot paint an exact picture within a frame.
 * @param canvas has a 2d context, or none yet
 * @throws Error if the canvas has another context
 */
export function createRenderer(
  canvas: HTMLCanvasElement,
  { prefer, workers, onKind, onProgress = () => {} }: RendererOptions = {},
): Renderer {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('Expected a canvas with a 2d context or none, got one with another context.')
  let shown: Pattern | undefined
  let isExact = false
  let cpu: CpuRenderer | undefined

  const report = (done: number) => {
    isExact = done === 1
    onProgress(done)
  }
  const drawAgain = (kind: RendererKind) => {
    cpu?.stop()
    onKind?.(kind)
    if (shown) draw(shown)
  }
  const gl =
    prefer === 'cpu'
      ? undefined
      : createGlPainter({
          software: prefer === 'webgl2',
          onLost: () => drawAgain('cpu'),
          onRestored: () => drawAgain('webgl2'),
        })

  const drawWithGl = (pattern: Pattern): boolean => {
    const { width, height } = canvas
    if (!gl?.draw(pattern, { width, height })) return false
    context.globalCompositeOperation = 'copy' // replaces the old picture, which a transparent one would not cover
    context.drawImage(gl.canvas, 0, 0)
    context.globalCompositeOperation = 'source-over'
    report(1)
    return true
  }

  /** Switches to another CPU renderer, which continues an unfinished picture. */
  const switchTo = (next: CpuRenderer) => {
    cpu?.stop()
    cpu = next
    if (shown && !isExact) draw(shown)
  }
  const startCpu = (): CpuRenderer => {
    const onPage = createPageRenderer(context, report)
    workers?.().then(
      (started) => {
        const pool = started.map((worker) => withTimeout(worker))
        // If a worker fails or hangs, the page takes over.
        if (pool.length > 0) switchTo(createWorkerRenderer(context, pool, report, () => switchTo(onPage)))
      },
      () => {}, // without workers, the page continues alone
    )
    return onPage
  }

  const draw = (pattern: Pattern) => {
    shown = pattern
    isExact = false
    if (drawWithGl(pattern)) return
    cpu ??= startCpu()
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
