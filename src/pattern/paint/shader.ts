import type { Activation } from '../network/activation.ts'
import { type Layer, UNITS_PER_GROUP } from '../network/layers.ts'
import { ANGLE_SHARE, ANGLE_TIP, ROOT_TIP, WAVE_PERIOD } from '../network/position.ts'
import type { Pattern } from '../pattern.ts'
import { ALPHAS, COLOR_MODELS, LMS_TO_RGB, OKLAB_TO_LMS, OKLCH } from './color.ts'

/**
 * A pattern as a fragment shader (GLSL ES 3.00). The network is a float32 texture that the shader loops over, so that a new
 * network is only a new texture. The shader is compiled for a maximum number of units.
 *
 * exp and sin are written out, because GLSL leaves their precision to the driver.
 */

/** Width of the texture of constants, in texels. */
export const CONSTANTS_WIDTH = 1024

/** The numbers of units per layer that a shader can be compiled for; a pattern takes the smallest sufficient one. */
export const CAPACITIES = [16, 32, 64, 128] as const

/** The numbers of the activations in the shader. */
const KINDS: readonly Activation[] = ['linear', 'tanh', 'sine', 'softplus', 'relu', 'gaussian', 'sigmoid']

/** Returns the capacity that a pattern needs. @throws RangeError if a layer has too many units for any */
export function capacityFor({ layers }: Pattern): number {
  const widest = Math.max(...layers.map(({ outputs }) => outputs))
  const capacity = CAPACITIES.find((capacity) => capacity >= widest)
  if (capacity === undefined)
    throw new RangeError(`Expected at most ${CAPACITIES.at(-1)} units per layer, got ${widest}.`)
  return capacity
}

/**
 * Packs a network into the texture of constants, (rows, CONSTANTS_WIDTH, 4). A layer starts with its number of groups of
 * four units; each group has its bias, its activation, and for each group of inputs four columns of weights.
 */
export function packConstants(layers: readonly Layer[]): Float32Array {
  const groups = (units: number) => Math.ceil(units / UNITS_PER_GROUP)
  let texels = 0
  for (const { inputs, outputs } of layers) texels += 1 + groups(outputs) * (2 + 4 * groups(inputs))
  const constants = new Float32Array(Math.ceil(texels / CONSTANTS_WIDTH) * CONSTANTS_WIDTH * 4)
  let k = 0
  for (const { inputs, outputs, weights, bias, activations } of layers) {
    constants[k] = groups(outputs)
    k += 4
    for (let row = 0; row < outputs; row += 4) {
      for (let n = 0; n < 4; n++) constants[k + n] = bias[row + n] ?? 0
      constants[k + 4] = KINDS.indexOf(activations[row / UNITS_PER_GROUP])
      k += 8
      for (let column = 0; column < 4 * groups(inputs); column++, k += 4)
        for (let n = 0; n < 4 && row + n < outputs && column < inputs; n++)
          constants[k + n] = weights[(row + n) * inputs + column]
    }
  }
  return constants
}

/** Returns the numbers that stand for a pattern's color model and opacity in the shader. */
export function shaderChoices({ color, alpha }: Pattern): { color: number; alpha: number } {
  return { color: COLOR_MODELS.indexOf(color), alpha: ALPHAS.indexOf(alpha) }
}

export const VERTEX_SHADER = `#version 300 es
void main() {
  // one triangle that covers the whole canvas
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`

const float = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value))
const vec3 = (values: readonly number[], row: number) => `vec3(${values.slice(3 * row, 3 * row + 3).map(float)})`

/** Writes the fragment shader. @param capacity units per layer, one of CAPACITIES */
export function fragmentShader(capacity: number): string {
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D constants;
uniform int layers;
uniform vec2 corner;   // center of the tile's top left pixel, relative to the center of the picture
uniform float rows;    // height of the tile
uniform float unit;    // size of a pixel
uniform vec2 middle;   // point in the middle of the picture
uniform vec2 center;   // of symmetry
uniform int folds;
uniform int color;
uniform vec2 hue;
uniform int alpha;
out vec4 pixel;

vec4 constant(int n) {
  return texelFetch(constants, ivec2(n % ${CONSTANTS_WIDTH}, n / ${CONSTANTS_WIDTH}), 0);
}

// x = k ln 2 + r, |r| <= ln 2 / 2
vec4 exponential(vec4 x) {
  x = clamp(x, -87.0, 88.0);
  vec4 k = floor(x * 1.44269504 + 0.5);
  vec4 r = x - k * 0.693145752 - k * 1.42860677e-6;
  vec4 series = 1.0 + r * (1.0 + r * (0.5 + r * (0.166666667 + r * (0.0416666667 + r * (0.00833333333 + r * 0.00138888889)))));
  return series * intBitsToFloat((ivec4(k) + 127) << 23);
}

vec4 sine(vec4 turns) {
  vec4 t = turns - floor(turns + 0.5);
  t = mix(t, sign(t) * 0.5 - t, step(0.25, abs(t)));
  vec4 a = t * 6.28318531;
  vec4 q = a * a;
  return a * (1.0 - q * (0.166666667 - q * (0.00833333333 - q * (1.98412698e-4 - q * (2.75573192e-6 - q * 2.50521084e-8)))));
}

vec4 activate(int kind, vec4 z) {
  switch (kind) {
    case ${KINDS.indexOf('tanh')}: return 1.0 - 2.0 / (exponential(2.0 * clamp(z, -10.0, 10.0)) + 1.0);
    case ${KINDS.indexOf('sine')}: return sine(z * ${1 / (2 * Math.PI)});
    case ${KINDS.indexOf('softplus')}: return max(z, 0.0) + log(1.0 + exponential(-abs(z)));
    case ${KINDS.indexOf('relu')}: return max(z, 0.0);
    case ${KINDS.indexOf('gaussian')}: z = clamp(z, -9.0, 9.0); return exponential(-z * z);
    case ${KINDS.indexOf('sigmoid')}: return 1.0 / (1.0 + exponential(-z));
    default: return z;
  }
}

vec2 triangleWave(vec2 d) {
  vec2 along = fract(d / ${float(WAVE_PERIOD)} + 0.25);
  return min(along, 1.0 - along) * 2.0 - 0.5;
}

vec2 foldedAngle(vec2 d) {
  vec2 direction = d / sqrt(dot(d, d) + ${float(ANGLE_TIP)});
  vec2 power = vec2(${float(ANGLE_SHARE)}, 0.0);
  for (int k = 0; k < folds; k++)
    power = vec2(power.x * direction.x - power.y * direction.y, power.x * direction.y + power.y * direction.x);
  return power;
}

vec3 hueOf(float turns, float least, float chroma) {
  float sixth = 6.0 * fract(turns);
  vec3 levels = vec3(abs(sixth - 3.0) - 1.0, 2.0 - abs(sixth - 2.0), 2.0 - abs(sixth - 4.0));
  return least + chroma * clamp(levels, 0.0, 1.0);
}

vec3 oklch(vec3 a) {
  float lightness = mix(${float(OKLCH.darkest)}, ${float(OKLCH.lightest)}, a.x);
  float chroma = ${float(OKLCH.chroma)} * sqrt(4.0 * lightness * (1.0 - lightness)) * a.y;
  float turns = hue.x + hue.y * a.z;
  vec3 lab = vec3(lightness, chroma * sine(vec4(fract(turns) + 0.25, fract(turns), 0.0, 0.0)).xy);
  vec3 roots = vec3(dot(lab, ${vec3(OKLAB_TO_LMS, 0)}), dot(lab, ${vec3(OKLAB_TO_LMS, 1)}), dot(lab, ${vec3(OKLAB_TO_LMS, 2)}));
  vec3 lms = roots * roots * roots;
  vec3 light = vec3(dot(lms, ${vec3(LMS_TO_RGB, 0)}), dot(lms, ${vec3(LMS_TO_RGB, 1)}), dot(lms, ${vec3(LMS_TO_RGB, 2)}));
  light = clamp(light, 0.0, 1.0);
  vec3 curved = 1.055 * pow(max(light, 1e-4), vec3(${1 / 2.4})) - 0.055;
  return mix(curved, 12.92 * light, vec3(lessThanEqual(light, vec3(0.0031308))));
}

vec3 paint(vec4 a) {
  switch (color) {
    case ${COLOR_MODELS.indexOf('bw')}: return a.xxx;
    case ${COLOR_MODELS.indexOf('rgb')}: return a.xyz;
    case ${COLOR_MODELS.indexOf('cmyk')}: return (1.0 - a.xyz) * (1.0 - a.w * a.w);
    case ${COLOR_MODELS.indexOf('hsv')}: return hueOf(hue.x + hue.y * a.x, a.z - a.z * a.y, a.z * a.y);
    case ${COLOR_MODELS.indexOf('hsl')}: {
      float chroma = (1.0 - abs(2.0 * a.z - 1.0)) * a.y;
      return hueOf(hue.x + hue.y * a.x, a.z - chroma / 2.0, chroma);
    }
    default: return oklch(a.xyz);
  }
}

float opacity(float a) {
  switch (alpha) {
    case ${ALPHAS.indexOf('none')}: return 1.0;
    case ${ALPHAS.indexOf('soft')}: return 0.25 + 0.75 * (1.0 - abs(2.0 * a - 1.0));
    default: return a;
  }
}

void main() {
  // WebGL counts rows from the bottom
  vec2 point = (corner + vec2(gl_FragCoord.x - 0.5, rows - 0.5 - gl_FragCoord.y)) * unit + middle;
  vec2 d = point - center;
  vec2 wave = triangleWave(d);
  vec2 root = sqrt(sqrt(d * d + ${float(ROOT_TIP)}));
  vec4 units[${capacity / 4}];
  vec4 next[${capacity / 4}];
  units[0] = vec4(point, length(d), wave.x);
  units[1] = vec4(wave.y, 2.0 * d * d, root.x);
  units[2] = vec4(root.y, foldedAngle(d), 0.0);

  int groups = 3;
  int k = 0;
  for (int layer = 0; layer < layers; layer++) {
    int outputs = int(constant(k++).x);
    for (int j = 0; j < outputs; j++) {
      vec4 sum = constant(k++);
      int kind = int(constant(k++).x);
      for (int i = 0; i < groups; i++) {
        vec4 x = units[i];
        sum += constant(k) * x.x + constant(k + 1) * x.y + constant(k + 2) * x.z + constant(k + 3) * x.w;
        k += 4;
      }
      // keeps the next layer's sums within float32, even with the largest weights
      next[j] = activate(kind, clamp(sum, -1e30, 1e30));
    }
    for (int j = 0; j < outputs; j++) units[j] = next[j];
    groups = outputs;
  }
  pixel = vec4(paint(units[0]), opacity(units[1].x));
}`
}
