import type { Layer } from '../../pattern/network/layers.ts'
import type { Tile } from '../../pattern/paint/painter.ts'
import { CAPACITIES, CONSTANTS_WIDTH, capacityFor, packConstants, shaderChoices } from '../../pattern/paint/shader.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import { createProgram, type Program } from './gl-program.ts'

/** Paints patterns with WebGL2 on a canvas of its own, to be drawn or read from. */
export interface GlPainter {
  readonly canvas: HTMLCanvasElement
  /** the browser has taken the context away, so that nothing can be painted until it is restored */
  readonly isLost: boolean
  /** Paints a tile onto the canvas, which takes its size. @returns false if the context is lost */
  draw(pattern: Pattern, tile: Tile): boolean
  /**
   * Paints a tile into memory.
   * @param out (rows, columns, 4) RGBA, straight alpha, written from its start
   * @returns false if the context is lost
   * @throws RangeError if `out` is too short
   */
  read(pattern: Pattern, tile: Tile, out: Uint8ClampedArray): boolean
  /** Frees the GPU's memory. */
  dispose(): void
}

export interface GlPainterOptions {
  /** false rejects a WebGL2 in software, which is slower than the CPU renderer */
  software?: boolean
  /** called when the context is lost or restored: paint again */
  onLost?: () => void
  onRestored?: () => void
}

/** Multiplications per draw call: after longer ones, slow machines reset the GPU. */
const MAX_WORK = 4e9

/** Creates a WebGL2 painter. @returns undefined where WebGL2 is missing or cannot compile the shader */
export function createGlPainter({ software = true, onLost, onRestored }: GlPainterOptions = {}): GlPainter | undefined {
  const canvas = document.createElement('canvas')
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    depth: false,
    premultipliedAlpha: false,
    failIfMajorPerformanceCaveat: !software,
  })
  if (!gl) return undefined
  if (!software && isSoftware(gl)) {
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return undefined
  }
  let programs = new Map<number, Program>()
  let texture: WebGLTexture | null = null
  let uploaded: readonly Layer[] | undefined

  const setUp = () => {
    programs = new Map()
    uploaded = undefined
    texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    // float32 textures cannot be filtered
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
    gl.bindVertexArray(gl.createVertexArray())
    gl.disable(gl.DITHER)
  }
  const programFor = (capacity: number) => {
    const program = programs.get(capacity) ?? createProgram(gl, capacity)
    programs.set(capacity, program)
    return program
  }
  const handleLost = (event: Event) => {
    event.preventDefault() // allows the context to be restored
    onLost?.()
  }
  const handleRestored = () => {
    setUp()
    onRestored?.()
  }
  setUp()
  try {
    programFor(CAPACITIES[0])
  } catch {
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return undefined
  }
  canvas.addEventListener('webglcontextlost', handleLost)
  canvas.addEventListener('webglcontextrestored', handleRestored)

  const draw = (pattern: Pattern, tile: Tile): boolean => {
    if (gl.isContextLost()) return false
    const { width, height, left = 0, top = 0, columns = width, rows = height } = tile
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns
      canvas.height = rows
    }
    gl.viewport(0, 0, columns, rows)
    const { program, at } = programFor(capacityFor(pattern))
    gl.useProgram(program)
    if (uploaded !== pattern.layers) {
      const constants = packConstants(pattern.layers)
      const lines = constants.length / (4 * CONSTANTS_WIDTH)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, CONSTANTS_WIDTH, lines, 0, gl.RGBA, gl.FLOAT, constants)
      uploaded = pattern.layers
    }
    const { symmetry, view, hue, layers } = pattern
    const { color, alpha } = shaderChoices(pattern)
    gl.uniform1i(at('layers'), layers.length)
    gl.uniform2f(at('corner'), left + 0.5 - width / 2, top + 0.5 - height / 2)
    gl.uniform1f(at('rows'), rows)
    gl.uniform1f(at('unit'), 1 / (Math.min(width, height) * view.zoom))
    gl.uniform2f(at('middle'), ...view.center)
    gl.uniform2f(at('center'), ...symmetry.center)
    gl.uniform1i(at('folds'), symmetry.folds)
    gl.uniform1i(at('color'), color)
    gl.uniform2f(at('hue'), ...hue)
    gl.uniform1i(at('alpha'), alpha)

    const work = layers.reduce((sum, { weights }) => sum + weights.length, 0) * columns
    const callRows = Math.max(1, Math.floor(MAX_WORK / work))
    gl.enable(gl.SCISSOR_TEST)
    for (let row = 0; row < rows; row += callRows) {
      gl.scissor(0, row, columns, Math.min(callRows, rows - row))
      gl.drawArrays(gl.TRIANGLES, 0, 3)
      gl.flush()
    }
    return !gl.isContextLost()
  }

  return {
    canvas,
    get isLost() {
      return gl.isContextLost()
    },
    draw,
    read(pattern, tile, out) {
      if (!draw(pattern, tile)) return false
      const { width, height } = canvas
      const row = 4 * width
      if (out.length < row * height)
        throw new RangeError(`Expected ${width} × ${height} × 4 = ${row * height} bytes, got ${out.length}.`)
      const bytes = new Uint8Array(out.buffer, out.byteOffset, row * height)
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes)
      // WebGL reads rows from the bottom: swap them.
      const spare = new Uint8Array(row)
      for (let upper = 0, lower = (height - 1) * row; upper < lower; upper += row, lower -= row) {
        spare.set(bytes.subarray(upper, upper + row))
        bytes.copyWithin(upper, lower, lower + row)
        bytes.set(spare, lower)
      }
      return true
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', handleLost)
      canvas.removeEventListener('webglcontextrestored', handleRestored)
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

/** Recognizes renderers in software by name: browsers do not report a performance caveat for all of them. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(name))
}
