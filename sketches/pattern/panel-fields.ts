import type { Recipe } from 'longhand'
import { element } from '../frame/controls.ts'

/** What the options of the panel's lists are called. */
const NAMES: Readonly<Record<string, string>> = {
  bw: 'black and white',
  rgb: 'RGB',
  cmyk: 'CMYK',
  hsv: 'HSV',
  hsl: 'HSL',
  oklch: 'OKLCH',
  none: 'opaque',
  soft: 'overlay',
  straight: 'holes',
}

/** How a slider reads its value from a recipe, and changes a recipe. */
export interface Field {
  get: (recipe: Recipe) => number
  set: (recipe: Recipe, value: number) => Partial<Recipe>
}

/** The recipe's fields behind the sliders, by the id of the slider. */
export const FIELDS: Readonly<Record<string, Field>> = {
  hue: { get: ({ hue }) => hue[0], set: ({ hue }, value) => ({ hue: [value, hue[1]] }) },
  span: { get: ({ hue }) => hue[1], set: ({ hue }, value) => ({ hue: [hue[0], value] }) },
  contrast: { get: ({ contrast }) => contrast, set: (_, contrast) => ({ contrast }) },
  latents: { get: ({ latent }) => latent.length, set: ({ latent }, count) => ({ latent: withLength(latent, count) }) },
  size: { get: ({ size }) => size, set: (_, size) => ({ size }) },
  depth: { get: ({ depth }) => depth, set: (_, depth) => ({ depth }) },
  frequency: { get: ({ frequency }) => frequency, set: (_, frequency) => ({ frequency }) },
  gain: { get: ({ gain }) => gain, set: (_, gain) => ({ gain }) },
  folds: { get: ({ folds }) => folds, set: (_, folds) => ({ folds }) },
  centerX: { get: ({ center }) => center[0], set: ({ center }, value) => ({ center: [value, center[1]] }) },
  centerY: { get: ({ center }) => center[1], set: ({ center }, value) => ({ center: [center[0], value] }) },
}

function withLength(latent: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, n) => latent[n] ?? 0)
}

/** Sets a slider and the number beside it. */
export function setSlider(input: HTMLInputElement, value: number): void {
  input.valueAsNumber = value
  const output = input.parentElement?.querySelector('output')
  if (!output) return
  output.ariaLive = 'off' // screen readers read the slider itself
  output.value = value.toFixed(input.step.split('.')[1]?.length ?? 0)
}

/** Adds options to a list. */
export function addOptions(
  id: string,
  values: readonly string[],
  names: Readonly<Record<string, string>> = NAMES,
): void {
  element(id, HTMLSelectElement).append(...values.map((value) => new Option(names[value] ?? value, value)))
}

/** Adds a labelled control to a group. */
export function addLabelled(groupId: string, ...parts: (HTMLElement | string)[]): void {
  const label = document.createElement('label')
  label.append(...parts)
  element(groupId, HTMLElement).append(label)
}
