import { ALPHAS, COLOR_MODELS, INPUTS, LAYER_ACTIVATIONS, type LayerActivation, type Recipe } from 'longhand'
import { element } from '../frame/controls.ts'
import { LatentPad } from './latent-pad.ts'
import type { Motif } from './motif.ts'
import { addLabelled, addOptions, FIELDS, setSlider } from './panel-fields.ts'
import { STYLES, styleFields, styleOf } from './styles.ts'

const LATENT_REACH = 4 // sliders cover −4…4, because little changes beyond
const HUE_MODELS: readonly Recipe['color'][] = ['hsv', 'hsl', 'oklch']
const DENSITIES = { 1: 'every pixel', 0.5: 'half', 0.25: 'a quarter' }
const MAX_DENSITY = 2 // painted pixels per CSS pixel, on screens with more
const WIDTHS = ['1080', '1920', '3840', '8192', '16384']

/** The controls of the recipe. They change it, and follow it when something else does. */
export class Panel {
  readonly #onChange: (recipe: Recipe) => void
  readonly #pad: LatentPad
  #recipe: Recipe

  /**
   * @param onChange called with the new recipe when a control is used
   * @param onDensity called when another number of pixels on the screen is chosen
   */
  constructor(motif: Motif, onChange: (recipe: Recipe) => void, onDensity: () => void) {
    this.#recipe = motif.recipe
    this.#onChange = onChange
    this.#pad = new LatentPad(element('pad', HTMLElement), motif, LATENT_REACH, (z1, z2) => {
      this.#apply({ latent: [z1, z2, ...this.#recipe.latent.slice(2)] })
    })
    for (const [id, { set }] of Object.entries(FIELDS)) {
      const input = element(id, HTMLInputElement)
      input.addEventListener('input', () => this.#apply(set(this.#recipe, input.valueAsNumber)))
    }
    this.#addLists()
    element('detail', HTMLSelectElement).addEventListener('change', onDensity)
    this.#addInputs()
    this.show(motif.recipe)
  }

  /** painted pixels per CSS pixel */
  get density(): number {
    return Math.min(devicePixelRatio, MAX_DENSITY) * Number(element('detail', HTMLSelectElement).value)
  }

  /** the longer side of a saved picture, in pixels */
  get width(): number {
    return Number(element('width', HTMLSelectElement).value)
  }

  /** Sets all controls to a recipe. */
  show(recipe: Recipe): void {
    this.#recipe = recipe
    for (const [id, { get }] of Object.entries(FIELDS)) setSlider(element(id, HTMLInputElement), get(recipe))
    element('color', HTMLSelectElement).value = recipe.color
    element('alpha', HTMLSelectElement).value = recipe.alpha
    element('activation', HTMLSelectElement).value = new Set(recipe.activations).size === 1 ? recipe.activations[0] : ''
    element('look', HTMLSelectElement).value = styleOf(recipe) ?? ''
    for (const input of INPUTS) element(`input-${input}`, HTMLInputElement).checked = recipe.inputs.includes(input)
    // Disable controls without effect.
    const hasHue = HUE_MODELS.includes(recipe.color)
    for (const id of ['hue', 'span']) element(id, HTMLInputElement).disabled = !hasHue
    element('folds', HTMLInputElement).disabled = !recipe.inputs.includes('angle')
    this.#showLatent(recipe.latent)
    this.#pad.show(recipe)
  }

  #apply(change: Partial<Recipe>): void {
    this.show({ ...this.#recipe, ...change })
    this.#onChange(this.#recipe)
  }

  #addLists(): void {
    addOptions('look', ['', ...Object.keys(STYLES)], { '': 'custom' })
    addOptions('color', COLOR_MODELS)
    addOptions('alpha', ALPHAS)
    addOptions('activation', [...LAYER_ACTIVATIONS, ''], { '': 'several' })
    addOptions('detail', ['1', '0.5', '0.25'], DENSITIES)
    addOptions('width', WIDTHS, Object.fromEntries(WIDTHS.map((width) => [width, `${width} pixels`])))
    element('width', HTMLSelectElement).value = '3840'
    const onChoice = (id: string, change: (value: string) => Partial<Recipe>) => {
      const list = element(id, HTMLSelectElement)
      list.addEventListener('change', () => this.#apply(change(list.value)))
    }
    onChoice('look', styleFields)
    onChoice('color', (color) => ({ color: color as Recipe['color'] }))
    onChoice('alpha', (alpha) => ({ alpha: alpha as Recipe['alpha'] }))
    onChoice('activation', (name) => (name ? { activations: [name as LayerActivation] } : {}))
  }

  #addInputs(): void {
    for (const input of INPUTS) {
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', id: `input-${input}` })
      box.addEventListener('change', () => {
        const inputs = INPUTS.filter((name) => element(`input-${name}`, HTMLInputElement).checked)
        this.#apply(inputs.length > 0 ? { inputs } : {}) // keep the last one: without inputs there is no picture
      })
      addLabelled('inputs', box, input)
    }
  }

  #showLatent(latent: readonly number[]): void {
    const group = element('latent', HTMLElement)
    while (group.children.length > latent.length) group.lastElementChild?.remove()
    while (group.children.length < latent.length) {
      const n = group.children.length
      const input = document.createElement('input')
      Object.assign(input, { id: `z${n + 1}`, type: 'range', min: -LATENT_REACH, max: LATENT_REACH, step: 0.01 })
      input.addEventListener('input', () => {
        this.#apply({ latent: this.#recipe.latent.map((value, k) => (k === n ? input.valueAsNumber : value)) })
      })
      addLabelled('latent', `z${n + 1}`, input, document.createElement('output'))
    }
    for (const [n, value] of latent.entries()) setSlider(element(`z${n + 1}`, HTMLInputElement), value)
  }
}
