import { addressNumber, writeAddress } from './address.ts'

/**
 * Connects a slider of the page by its id: starts from the address, shows its value, and keeps the address up to date.
 * @param say formats the value; left out, as a number
 */
export function slider(id: string, say?: (value: number) => string): { value: number; max: number } {
  const input = element(id, HTMLInputElement)
  const output = input.parentElement?.querySelector('output')
  if (output) output.ariaLive = 'off' // screen readers read the slider's own value; sliders that move by themselves would be read endlessly
  const { min, max, step, defaultValue } = input
  const show = () => {
    const decimals = step.split('.')[1]?.length ?? 0
    if (output) output.value = say?.(input.valueAsNumber) ?? input.valueAsNumber.toFixed(decimals)
  }
  input.valueAsNumber = addressNumber(id, Number(defaultValue), Number(min), Number(max))
  input.addEventListener('input', show)
  input.addEventListener('change', () => writeAddress(id, input.value))
  show()
  return {
    get value() {
      return input.valueAsNumber
    },
    set value(value: number) {
      input.valueAsNumber = value
      show()
    },
    get max() {
      return Number(input.max)
    },
    set max(max: number) {
      input.max = String(max)
      show()
    },
  }
}

/** Lets the arrow keys move a slider as if it had the focus, unless another control with a use for them has it. */
export function turnWithArrows(id: string, steps = 1): void {
  const input = element(id, HTMLInputElement)
  addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
    if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || ctrlKey || metaKey || altKey || isControl(target)) return
    const before = input.value
    input.stepUp(key === 'ArrowRight' ? steps : -steps)
    if (input.value === before) return // at its limit
    for (const type of ['input', 'change']) input.dispatchEvent(new Event(type))
  })
}

const TYPED = 'select, input:not([type=range])' // controls that use letter keys

// as written in a <kbd>
const KEYS: Record<string, string> = { ' ': 'space', ArrowLeft: '←', ArrowRight: '→' }

/** Calls an action when a button of the page is pressed, or the key named in its <kbd>. */
export function onPress(id: string, action: () => void): void {
  const button = element(id, HTMLButtonElement)
  const key = button.querySelector('kbd')?.textContent?.trim().toLowerCase()
  button.addEventListener('click', ({ detail }) => {
    if (detail > 0) button.blur() // clicked, not chosen by keyboard: give the space bar back to the page
    action()
  })
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    if ((KEYS[event.key] ?? event.key.toLowerCase()) !== key) return
    // The focused control keeps its own keys: a button the space bar, a text field all keys.
    const own = event.key === ' ' ? `button, summary, ${TYPED}` : TYPED
    if (event.target instanceof HTMLElement && event.target.matches(own)) return
    if (event.key.startsWith('Arrow') && isControl(event.target)) return // sliders use the arrow keys themselves
    event.preventDefault()
    action()
  })
}

/** Gives the keys back to the page after a drag, a click, or a choice. Focus that came by keyboard stays. */
export function keysForThePage(): void {
  let byPointer = false
  const blur = (kind: string) => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches(kind)) focused.blur()
  }
  const blurClicked = () => blur(':not(select)') // a select that loses the focus closes before anything is chosen
  addEventListener('pointerup', blurClicked)
  // A touch focuses a button only after it is lifted. A click by keyboard has detail 0.
  addEventListener('click', ({ detail }) => detail > 0 && blurClicked())
  addEventListener('pointerdown', () => (byPointer = true))
  addEventListener('keydown', () => (byPointer = false))
  addEventListener('change', () => byPointer && blur('select'))
}

export function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button, summary, select, input')
}

/** Sets the text of a button. */
export function label(id: string, text: string): void {
  const span = element(id, HTMLButtonElement).querySelector('span')
  if (span) span.textContent = text
}

/** Returns an element of the page by id and type. @throws Error if there is none */
export function element<E extends HTMLElement>(id: string, type: { new (): E; prototype: E }): E {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`Expected a ${type.name} with the id ${id} on the page, got none.`)
  return found
}

/** Returns the top of the panel, in pixels: drawings end above it. */
export function panelTop(): number {
  return element('controls', HTMLElement).getBoundingClientRect().top
}
