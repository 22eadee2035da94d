import { circle, exp, log } from '../../math/elementary.ts'
import { at, tabulate } from '../network/lookup-curve.ts'

/** How the channels of the network's output, each in 0…1, are read. */
export type ColorModel = (typeof COLOR_MODELS)[number]
/** All color models. */
export const COLOR_MODELS = ['bw', 'rgb', 'cmyk', 'hsv', 'hsl', 'oklch'] as const
/** The number of channels of each color model. */
export const CHANNELS: Readonly<Record<ColorModel, number>> = { bw: 1, rgb: 3, cmyk: 4, hsv: 3, hsl: 3, oklch: 3 }

/** The opacity made of the network's output a: 1, 0.25 + 0.75 (1 − |2a − 1|), or a itself. */
export type Alpha = (typeof ALPHAS)[number]
/** All kinds of opacity. */
export const ALPHAS = ['none', 'soft', 'straight'] as const

/** The hue where its channel is 0, and the range that the channel covers, in turns; a negative range runs backward. */
export type Hue = readonly [from: number, span: number]

/**
 * The range of OKLCH's lightness, and the scale of its chroma: at most `chroma` × √(4 L (1 − L)), because sRGB has little
 * chroma close to black and white. Colors that are out of gamut even so are clipped per channel.
 */
export const OKLCH = { darkest: 0.1, lightest: 0.98, chroma: 0.22 } as const

/** OKLab to the cube roots of l, m and s, row-major (Ottosson 2020, "A perceptual color space for image processing"). */
export const OKLAB_TO_LMS = [
  1, 0.3963377774, 0.2158037573, 1, -0.1055613458, -0.0638541728, 1, -0.0894841775, -1.291485548,
] as const
/** l, m and s to linear sRGB, row-major. */
export const LMS_TO_RGB = [
  4.0767416621, -3.3077115913, 0.2309699292, -1.2684380046, 2.6097574011, -0.3413193965, -0.0041960863, -0.7034186147,
  1.707614701,
] as const

/**
 * Converts the network's outputs to red, green and blue.
 * @param outputs (OUTPUTS, stride) the planes of the channels, each in 0…1
 * @param count pixels, at most `stride`
 * @param out RGBA bytes, written from `begin` on
 */
export type Paint = (
  outputs: Float64Array,
  stride: number,
  count: number,
  hue: Hue,
  out: Uint8ClampedArray,
  begin: number,
) => void

/** The transfer function of sRGB (IEC 61966-2-1), for linear light in 0…1; constant outside, which clips. */
const transfer = tabulate((c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * exp(log(c) / 2.4) - 0.055), 0, 1, 4096)
const cosine = tabulate((turn) => circle(turn)[0], 0, 1, 256)
const sine = tabulate((turn) => circle(turn)[1], 0, 1, 256)

// A Uint8ClampedArray rounds to the nearest integer; ECMAScript specifies how.
export const paints: Readonly<Record<ColorModel, Paint>> = {
  bw(outputs, _stride, count, _hue, out, begin) {
    for (let p = 0, k = begin; p < count; p++, k += 4) out[k] = out[k + 1] = out[k + 2] = 255 * outputs[p]
  },

  rgb(outputs, stride, count, _hue, out, begin) {
    for (let p = 0, k = begin; p < count; p++, k += 4) {
      out[k] = 255 * outputs[p]
      out[k + 1] = 255 * outputs[p + stride]
      out[k + 2] = 255 * outputs[p + 2 * stride]
    }
  },

  // Square the black channel: four inks at half strength would be nearly black.
  cmyk(outputs, stride, count, _hue, out, begin) {
    for (let p = 0, k = begin; p < count; p++, k += 4) {
      const key = outputs[p + 3 * stride]
      const light = 255 * (1 - key * key)
      out[k] = light * (1 - outputs[p])
      out[k + 1] = light * (1 - outputs[p + stride])
      out[k + 2] = light * (1 - outputs[p + 2 * stride])
    }
  },

  hsv(outputs, stride, count, [from, span], out, begin) {
    for (let p = 0, k = begin; p < count; p++, k += 4) {
      const value = outputs[p + 2 * stride]
      const chroma = value * outputs[p + stride]
      paintHue(wrap(from + span * outputs[p]), value - chroma, chroma, out, k)
    }
  },

  hsl(outputs, stride, count, [from, span], out, begin) {
    for (let p = 0, k = begin; p < count; p++, k += 4) {
      const lightness = outputs[p + 2 * stride]
      const chroma = (1 - Math.abs(2 * lightness - 1)) * outputs[p + stride]
      paintHue(wrap(from + span * outputs[p]), lightness - chroma / 2, chroma, out, k)
    }
  },

  oklch(outputs, stride, count, [from, span], out, begin) {
    for (let p = 0, k = begin; p < count; p++, k += 4) {
      const lightness = OKLCH.darkest + (OKLCH.lightest - OKLCH.darkest) * outputs[p]
      const chroma = OKLCH.chroma * Math.sqrt(4 * lightness * (1 - lightness)) * outputs[p + stride]
      const hue = wrap(from + span * outputs[p + 2 * stride])
      const a = chroma * at(cosine, hue)
      const b = chroma * at(sine, hue)
      const l = lightness + OKLAB_TO_LMS[1] * a + OKLAB_TO_LMS[2] * b
      const m = lightness + OKLAB_TO_LMS[4] * a + OKLAB_TO_LMS[5] * b
      const s = lightness + OKLAB_TO_LMS[7] * a + OKLAB_TO_LMS[8] * b
      const l3 = l * l * l
      const m3 = m * m * m
      const s3 = s * s * s
      out[k] = 255 * at(transfer, LMS_TO_RGB[0] * l3 + LMS_TO_RGB[1] * m3 + LMS_TO_RGB[2] * s3)
      out[k + 1] = 255 * at(transfer, LMS_TO_RGB[3] * l3 + LMS_TO_RGB[4] * m3 + LMS_TO_RGB[5] * s3)
      out[k + 2] = 255 * at(transfer, LMS_TO_RGB[6] * l3 + LMS_TO_RGB[7] * m3 + LMS_TO_RGB[8] * s3)
    }
  },
}

/**
 * Converts the network's opacity to alpha.
 * @param opacity (count) in 0…1
 * @param out RGBA bytes, whose every fourth is written, from `begin` + 3 on
 */
export type PaintAlpha = (opacity: Float64Array, count: number, out: Uint8ClampedArray, begin: number) => void

export const alphas: Readonly<Record<Alpha, PaintAlpha>> = {
  none(_opacity, count, out, begin) {
    for (let p = 0, k = begin + 3; p < count; p++, k += 4) out[k] = 255
  },
  soft(opacity, count, out, begin) {
    for (let p = 0, k = begin + 3; p < count; p++, k += 4)
      out[k] = 255 * (0.25 + 0.75 * (1 - Math.abs(2 * opacity[p] - 1)))
  },
  straight(opacity, count, out, begin) {
    for (let p = 0, k = begin + 3; p < count; p++, k += 4) out[k] = 255 * opacity[p]
  },
}

/** Writes a pixel of a hue on the RGB hexagon, in turns: `chroma` above the gray of `least`. */
function paintHue(hue: number, least: number, chroma: number, out: Uint8ClampedArray, k: number): void {
  const sixth = 6 * hue
  out[k] = 255 * (least + chroma * clamp01(Math.abs(sixth - 3) - 1))
  out[k + 1] = 255 * (least + chroma * clamp01(2 - Math.abs(sixth - 2)))
  out[k + 2] = 255 * (least + chroma * clamp01(2 - Math.abs(sixth - 4)))
}

function wrap(turns: number): number {
  return turns - Math.floor(turns)
}

function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}
