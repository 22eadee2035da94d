import type { Layer } from '../../pattern/network/layers.ts'
import type { Tile } from '../../pattern/paint/painter.ts'
import {
  CONSTANTS_WIDTH,
  fragmentShader,
  packConstants,
  roomFor,
  shaderChoices,
  VERTEX_SHADER,
} from '../../pattern/paint/shader.ts'
import type { Pattern } from '../../pattern/pattern.ts'

/** Paints patterns with WebGL2, on a canvas of its own that others draw or read from. */
export interface GlPainter {
  readonly canvas: HTMLCanvasElement
  /** nothing can be painted as long as it lasts: the browser took the context, and may give another */
  readonly isLost: boolean
  /** Paints a tile onto the canvas, which takes its size. @returns whether there was a context to do it with */
  draw(pattern: Pattern, tile: Tile): boolean
  /** Paints a tile into memory, as the renderer in plain TypeScript does. @returns as `draw` */
  read(pattern: Pattern, tile: Tile, out: Uint8ClampedArray): boolean
  dispose(): void
}

export interface GlPainterOptions {
  /** false refuses a WebGL2 that the browser computes in software, which is slower than the renderer on the CPU */
  software?: boolean
  /** the context is gone, or there is another one: what was painted has to be painted again */
  onLost?: () => void
  onRestored?: () => void
}

/** Multiplications that are asked for at once: with more, slow machines take the picture for a page that hangs. */
const MOST_WORK = 4e9

/** @returns nothing where there is no WebGL2 that can do it */
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
  let told: readonly Layer[] | undefined

  const begin = () => {
    programs = new Map()
    told = undefined
    texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    // float textures can be read texel by texel, but not smoothly
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
    gl.bindVertexArray(gl.createVertexArray())
    gl.disable(gl.DITHER)
  }
  const programFor = (room: number) => {
    const program = programs.get(room) ?? createProgram(gl, room)
    programs.set(room, program)
    return program
  }
  const lose = (event: Event) => {
    event.preventDefault() // without it there is no other context
    onLost?.()
  }
  const restore = () => {
    begin()
    onRestored?.()
  }
  begin()
  try {
    programFor(16)
  } catch {
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return undefined
  }
  canvas.addEventListener('webglcontextlost', lose)
  canvas.addEventListener('webglcontextrestored', restore)

  const draw = (pattern: Pattern, tile: Tile): boolean => {
    if (gl.isContextLost()) return false
    const { width, height, left = 0, top = 0, columns = width, rows = height } = tile
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns
      canvas.height = rows
    }
    gl.viewport(0, 0, columns, rows)
    const { program, at } = programFor(roomFor(pattern))
    gl.useProgram(program)
    if (told !== pattern.layers) {
      const constants = packConstants(pattern.layers)
      const lines = constants.length / (4 * CONSTANTS_WIDTH)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, CONSTANTS_WIDTH, lines, 0, gl.RGBA, gl.FLOAT, constants)
      told = pattern.layers
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
    const most = Math.max(1, Math.floor(MOST_WORK / work))
    gl.enable(gl.SCISSOR_TEST)
    for (let row = 0; row < rows; row += most) {
      gl.scissor(0, row, columns, Math.min(most, rows - row))
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
        throw new RangeError(`Got ${out.length} bytes when expected ${width} × ${height} × 4 = ${row * height}.`)
      const bytes = new Uint8Array(out.buffer, out.byteOffset, row * height)
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes)
      const spare = new Uint8Array(row)
      for (let upper = 0, lower = (height - 1) * row; upper < lower; upper += row, lower -= row) {
        spare.set(bytes.subarray(upper, upper + row))
        bytes.copyWithin(upper, lower, lower + row)
        bytes.set(spare, lower)
      }
      return true
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', lose)
      canvas.removeEventListener('webglcontextrestored', restore)
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

/** By name: browsers do not see a performance caveat in every software that they bring. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(name))
}

interface Program {
  readonly program: WebGLProgram
  readonly at: (uniform: string) => WebGLUniformLocation | null
}

function createProgram(gl: WebGL2RenderingContext, room: number): Program {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, fragmentShader(room)],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) continue // the context is lost; linking tells
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = (gl.getAttachedShaders(program) ?? []).map((shader) => gl.getShaderInfoLog(shader))
    throw new Error(`The pattern's shader does not compile: ${[gl.getProgramInfoLog(program), ...logs].join('\n')}`)
  }
  const places = new Map<string, WebGLUniformLocation | null>()
  const at = (uniform: string) => {
    if (!places.has(uniform)) places.set(uniform, gl.getUniformLocation(program, uniform))
    return places.get(uniform) ?? null
  }
  return { program, at }
}
