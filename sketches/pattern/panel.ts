import { ALPHAS, COLOR_MODELS, INPUTS, LAYER_ACTIVATIONS, type LayerActivation, type Recipe } from 'longhand'
import { element } from '../frame/knobs.ts'
import { LOOKS, lookOf, ofLook } from './looks.ts'
import type { Motif } from './motif.ts'
import { Pad } from './pad.ts'

const LATENT = 4 // sliders go from −4 to 4: farther out little changes
const WORDS: Readonly<Record<string, string>> = {
  bw: 'black and white',
  rgb: 'RGB',
  cmyk: 'CMYK',
  hsv: 'HSV',
  hsl: 'HSL',
  oklch: 'OKLCH',
  none: 'opaque',
  soft: 'veil',
  straight: 'holes',
}
const HUED: readonly Recipe['color'][] = ['hsv', 'hsl', 'oklch']
const DETAILS = [
  ['1', 'every pixel'],
  ['0.5', 'half'],
  ['0.25', 'a quarter'],
] as const
const DENSEST = 2 // pixels painted a CSS pixel, however many the screen has
const WIDTHS = ['1080', '1920', '3840', '8192', '16384']

type Range = readonly [get: (recipe: Recipe) => number, set: (recipe: Recipe, value: number) => Partial<Recipe>]

/** The sliders, and what of the recipe each of them turns. */
const RANGES: Readonly<Record<string, Range>> = {
  hue: [({ hue }) => hue[0], ({ hue }, value) => ({ hue: [value, hue[1]] })],
  span: [({ hue }) => hue[1], ({ hue }, value) => ({ hue: [hue[0], value] })],
  contrast: [({ contrast }) => contrast, (_, contrast) => ({ contrast })],
  latents: [({ latent }) => latent.length, ({ latent }, count) => ({ latent: lengthen(latent, count) })],
  size: [({ size }) => size, (_, size) => ({ size })],
  depth: [({ depth }) => depth, (_, depth) => ({ depth })],
  frequency: [({ frequency }) => frequency, (_, frequency) => ({ frequency })],
  gain: [({ gain }) => gain, (_, gain) => ({ gain })],
  folds: [({ folds }) => folds, (_, folds) => ({ folds })],
  centerX: [({ center }) => center[0], ({ center }, value) => ({ center: [value, center[1]] })],
  centerY: [({ center }) => center[1], ({ center }, value) => ({ center: [center[0], value] })],
}

/** The knobs of a recipe. Whatever is turned makes another recipe; whatever recipe is shown turns the knobs. */
export class Panel {
  readonly #onChange: (recipe: Recipe) => void
  readonly #pad: Pad
  #recipe: Recipe

  /** @param onChange a knob was turned; @param onDetail another number of pixels is wanted on the screen */
  constructor(motif: Motif, onChange: (recipe: Recipe) => void, onDetail: () => void) {
    this.#recipe = motif.recipe
    this.#onChange = onChange
    this.#pad = new Pad(element('pad', HTMLElement), motif, LATENT, (z1, z2) => {
      this.#turn({ latent: [z1, z2, ...this.#recipe.latent.slice(2)] })
    })
    for (const [id, [, set]] of Object.entries(RANGES))
      element(id, HTMLInputElement).addEventListener('input', ({ target }) => {
        this.#turn(set(this.#recipe, (target as HTMLInputElement).valueAsNumber))
      })
    const choose = (id: string, turn: (value: string) => Partial<Recipe>) =>
      element(id, HTMLSelectElement).addEventListener('change', ({ target }) => {
        this.#turn(turn((target as HTMLSelectElement).value))
      })
    fill('look', ['', ...Object.keys(LOOKS)], { '': 'your own' })
    fill('color', COLOR_MODELS)
    fill('alpha', ALPHAS)
    fill('activation', [...LAYER_ACTIVATIONS, ''], { '': 'several' })
    choose('look', ofLook)
    choose('color', (color) => ({ color: color as Recipe['color'] }))
    choose('alpha', (alpha) => ({ alpha: alpha as Recipe['alpha'] }))
    choose('activation', (name) => (name ? { activations: [name as LayerActivation] } : {}))
    fill(
      'detail',
      DETAILS.map(([value]) => value),
      Object.fromEntries(DETAILS),
    )
    fill('width', WIDTHS, Object.fromEntries(WIDTHS.map((width) => [width, `${width} pixels`])))
    element('width', HTMLSelectElement).value = '3840'
    element('detail', HTMLSelectElement).addEventListener('change', onDetail)
    this.#listInputs()
    this.show(motif.recipe)
  }

  /** pixels painted a CSS pixel, along each side */
  get density(): number {
    return Math.min(devicePixelRatio, DENSEST) * Number(element('detail', HTMLSelectElement).value)
  }

  /** The longer side of a saved picture, pixels. */
  get width(): number {
    return Number(element('width', HTMLSelectElement).value)
  }

  show(recipe: Recipe): void {
    this.#recipe = recipe
    for (const [id, [get]] of Object.entries(RANGES)) setRange(element(id, HTMLInputElement), get(recipe))
    element('color', HTMLSelectElement).value = recipe.color
    element('alpha', HTMLSelectElement).value = recipe.alpha
    element('activation', HTMLSelectElement).value = new Set(recipe.activations).size === 1 ? recipe.activations[0] : ''
    element('look', HTMLSelectElement).value = lookOf(recipe) ?? ''
    for (const input of INPUTS) element(`input-${input}`, HTMLInputElement).checked = recipe.inputs.includes(input)
    // A knob that turns nothing says so.
    const hasHue = HUED.includes(recipe.color)
    for (const id of ['hue', 'span']) element(id, HTMLInputElement).disabled = !hasHue
    element('folds', HTMLInputElement).disabled = !recipe.inputs.includes('angle')
    this.#showLatent(recipe.latent)
    this.#pad.show(recipe)
  }

  #turn(change: Partial<Recipe>): void {
    this.show({ ...this.#recipe, ...change })
    this.#onChange(this.#recipe)
  }

  #listInputs(): void {
    for (const input of INPUTS) {
      const box = document.createElement('input')
      box.type = 'checkbox'
      box.id = `input-${input}`
      box.addEventListener('change', () => {
        const inputs = INPUTS.filter((name) => element(`input-${name}`, HTMLInputElement).checked)
        this.#turn(inputs.length > 0 ? { inputs } : {}) // told of nothing it would paint nothing
      })
      const label = document.createElement('label')
      label.append(box, input)
      element('inputs', HTMLElement).append(label)
    }
  }

  #showLatent(latent: readonly number[]): void {
    const group = element('latent', HTMLElement)
    while (group.children.length > latent.length) group.lastElementChild?.remove()
    while (group.children.length < latent.length) {
      const n = group.children.length
      const input = document.createElement('input')
      Object.assign(input, { id: `z${n + 1}`, type: 'range', min: -LATENT, max: LATENT, step: 0.01 })
      input.addEventListener('input', () => {
        this.#turn({ latent: this.#recipe.latent.map((value, k) => (k === n ? input.valueAsNumber : value)) })
      })
      const label = document.createElement('label')
      label.append(`z${n + 1}`, input, document.createElement('output'))
      group.append(label)
    }
    for (const [n, value] of latent.entries()) setRange(element(`z${n + 1}`, HTMLInputElement), value)
  }
}

function lengthen(latent: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, n) => latent[n] ?? 0)
}

function setRange(input: HTMLInputElement, value: number): void {
  input.valueAsNumber = value
  const output = input.parentElement?.querySelector('output')
  if (!output) return
  output.ariaLive = 'off' // the slider says its value itself
  output.value = value.toFixed(input.step.split('.')[1]?.length ?? 0)
}

function fill(id: string, values: readonly string[], words: Readonly<Record<string, string>> = WORDS): void {
  element(id, HTMLSelectElement).append(...values.map((value) => new Option(words[value] ?? value, value)))
}
