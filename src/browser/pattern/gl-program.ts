import { fragmentShader, VERTEX_SHADER } from '../../pattern/paint/shader.ts'

/** A linked shader program and the locations of its uniforms. */
export interface Program {
  readonly program: WebGLProgram
  /** Returns the location of a uniform, looked up once. */
  readonly at: (uniform: string) => WebGLUniformLocation | null
}

/**
 * Compiles and links the shader of patterns.
 * @param capacity units per layer, one of CAPACITIES
 * @throws Error with the compiler's log, unless the context is lost
 */
export function createProgram(gl: WebGL2RenderingContext, capacity: number): Program {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, fragmentShader(capacity)],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) continue // the context is lost, which linking reports
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = (gl.getAttachedShaders(program) ?? []).map((shader) => gl.getShaderInfoLog(shader))
    throw new Error(
      `Expected the pattern's shader to compile, got: ${[gl.getProgramInfoLog(program), ...logs].join('\n')}`,
    )
  }
  const locations = new Map<string, WebGLUniformLocation | null>()
  const at = (uniform: string) => {
    if (!locations.has(uniform)) locations.set(uniform, gl.getUniformLocation(program, uniform))
    return locations.get(uniform) ?? null
  }
  return { program, at }
}
