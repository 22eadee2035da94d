import { createPainter } from './cpu.ts'
import { createGlPainter } from './gl.ts'
import type { Pattern } from './pattern.ts'

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
  /** after a WebGL2 context was lost, or came back */
  onKind?: (kind: RendererKind) => void
  /** 0…1, of the pixels on the canvas that are as fine as they will be */
  onProgress?: (done: number) => void
}

/** milliseconds of a frame that the CPU may paint */
const BUDGET = 10
/** pixels between two looks at the clock */
const STRIP = 1024

/**
 * The renderer for a canvas: WebGL2 where there is one, else the one in plain TypeScript, also for as long as a WebGL2
 * context is lost. The CPU shows a coarse picture at once if it cannot paint a fine one within a frame, and refines it as
 * long as nothing else is drawn, so that a hand that drags is followed.
 * @param canvas has or gets a 2d context
 */
export function createRenderer(
  canvas: HTMLCanvasElement,
  { prefer, onKind, onProgress }: RendererOptions = {},
): Renderer {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('Got no 2d context when expected a canvas that has none yet, or that one.')
  const draft = document.createElement('canvas')
  const draftContext = draft.getContext('2d') as CanvasRenderingContext2D
  let shown: Pattern | undefined
  let frame = 0
  let pixelsPerMillisecond = 500 // measured from the first picture on

  const again = (kind: RendererKind) => {
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
    onProgress?.(1)
    return true
  }

  const drawWithCpu = (pattern: Pattern) => {
    const { width, height } = canvas
    const painter = createPainter(pattern)
    const affordable = pixelsPerMillisecond * BUDGET
    if (width * height > affordable) {
      const scale = Math.sqrt(affordable / (width * height))
      const coarse = { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) }
      const image = new ImageData(coarse.width, coarse.height)
      const begin = performance.now()
      painter.paint(coarse, image.data)
      measure(coarse.width * coarse.height, performance.now() - begin)
      draft.width = coarse.width
      draft.height = coarse.height
      draftContext.putImageData(image, 0, 0)
      context.globalCompositeOperation = 'copy'
      context.imageSmoothingEnabled = true
      context.drawImage(draft, 0, 0, width, height)
      context.globalCompositeOperation = 'source-over'
    }

    const most = Math.max(1, Math.floor(STRIP / width))
    const image = new ImageData(width, most)
    let top = 0
    const refine = () => {
      // The canvas has got another size: whoever gave it that draws anew.
      if (canvas.width !== width || canvas.height !== height) return
      const begin = performance.now()
      const from = top
      do {
        const rows = Math.min(most, height - top)
        painter.paint({ width, height, top, rows }, image.data)
        context.putImageData(image, 0, top, 0, 0, width, rows)
        top += rows
      } while (top < height && performance.now() - begin < BUDGET)
      measure((top - from) * width, performance.now() - begin)
      onProgress?.(top / height)
      if (top < height) frame = requestAnimationFrame(refine)
    }
    // After the coarse picture the frame's time is spent.
    if (width * height > affordable) {
      onProgress?.(0)
      frame = requestAnimationFrame(refine)
    } else {
      refine()
    }
  }
  const measure = (pixels: number, milliseconds: number) => {
    if (milliseconds > 1) pixelsPerMillisecond += 0.5 * (pixels / milliseconds - pixelsPerMillisecond)
  }

  const draw = (pattern: Pattern) => {
    cancelAnimationFrame(frame)
    shown = pattern
    if (!drawWithGl(pattern)) drawWithCpu(pattern)
  }

  return {
    get kind() {
      return gl && !gl.isLost ? 'webgl2' : 'cpu'
    },
    draw,
    dispose() {
      cancelAnimationFrame(frame)
      shown = undefined
      gl?.dispose()
    },
  }
}
