import { addressNumber, writeAddress } from './address.ts'

/**
 * A slider of the page, by its id: it starts where the address says, shows its number and keeps the address up to date.
 * @param say what it shows in the number's place
 */
export function slider(id: string, say?: (value: number) => string): { value: number; max: number } {
  const input = element(id, HTMLInputElement)
  const output = input.parentElement?.querySelector('output')
  if (output) output.ariaLive = 'off' // a slider says its value itself, and those that move by themselves would never stop
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

/** The arrow keys turn a slider as if it had the focus, while nothing else has it that knows them. */
export function turnWithArrows(id: string, steps = 1): void {
  const input = element(id, HTMLInputElement)
  addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
    if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || ctrlKey || metaKey || altKey || isControl(target)) return
    const before = input.value
    input.stepUp(key === 'ArrowRight' ? steps : -steps)
    if (input.value === before) return // at its end
    for (const type of ['input', 'change']) input.dispatchEvent(new Event(type))
  })
}

const TYPED = 'select, input:not([type=range])' // controls that letters mean something to

// as a <kbd> writes them
const KEYS: Record<string, string> = { ' ': 'space', ArrowLeft: '←', ArrowRight: '→' }

/** What happens when a button of the page is pressed, or the key that its <kbd> names. */
export function onPress(id: string, action: () => void): void {
  const button = element(id, HTMLButtonElement)
  const key = button.querySelector('kbd')?.textContent?.trim().toLowerCase()
  button.addEventListener('click', ({ detail }) => {
    if (detail > 0) button.blur() // clicked, not chosen by keyboard: the space bar is the page's again
    action()
  })
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    if ((KEYS[event.key] ?? event.key.toLowerCase()) !== key) return
    // What has the focus keeps the keys that are its own: a button its space bar, a field of text all of them.
    const own = event.key === ' ' ? `button, summary, ${TYPED}` : TYPED
    if (event.target instanceof HTMLElement && event.target.matches(own)) return
    if (event.key.startsWith('Arrow') && isControl(event.target)) return // a slider has its own use for those
    event.preventDefault()
    action()
  })
}

/** After a drag, a click or a choice the keys are the page's again; a focus that came by the keyboard stays. */
export function keysForThePage(): void {
  let byPointer = false
  const blur = (kind: string) => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches(kind)) focused.blur()
  }
  const blurClicked = () => blur(':not(select)') // a list that loses the focus closes before anything was chosen
  addEventListener('pointerup', blurClicked)
  // A finger gives a button the focus only after it was lifted. A click by the keyboard counts no clicks.
  addEventListener('click', ({ detail }) => detail > 0 && blurClicked())
  addEventListener('pointerdown', () => (byPointer = true))
  addEventListener('keydown', () => (byPointer = false))
  addEventListener('change', () => byPointer && blur('select'))
}

export function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button, summary, select, input')
}

/** What a button says. */
export function label(id: string, text: string): void {
  const span = element(id, HTMLButtonElement).querySelector('span')
  if (span) span.textContent = text
}

/** The page's element of an id and a kind; an Error where it has none. */
export function element<E extends HTMLElement>(id: string, type: { new (): E; prototype: E }): E {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}.`)
  return found
}

/** How far down a drawing may go, in pixels, before the panel hides it. */
export function panelTop(): number {
  return element('knobs', HTMLElement).getBoundingClientRect().top
}
