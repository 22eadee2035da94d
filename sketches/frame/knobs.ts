import { addressNumber, writeAddress } from './address.ts'

/** A slider of the page, by its id: it starts where the address says, shows its number and keeps the address up to date. */
export function slider(id: string): { readonly value: number } {
  const input = element(id, HTMLInputElement)
  const output = input.parentElement?.querySelector('output')
  const { min, max, step, defaultValue } = input
  const show = () => {
    const decimals = step.split('.')[1]?.length ?? 0
    if (output) output.value = input.valueAsNumber.toFixed(decimals)
  }
  input.valueAsNumber = addressNumber(id, Number(defaultValue), Number(min), Number(max))
  input.addEventListener('input', show)
  input.addEventListener('change', () => writeAddress(id, input.value))
  show()
  return {
    get value() {
      return input.valueAsNumber
    },
  }
}

/** What happens when a button of the page is pressed, or the key that its <kbd> names. */
export function onPress(id: string, action: () => void): void {
  const button = element(id, HTMLButtonElement)
  const key = button.querySelector('kbd')?.textContent?.trim().toLowerCase()
  button.addEventListener('click', action)
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    if ((event.key === ' ' ? 'space' : event.key.toLowerCase()) !== key) return
    if (event.target instanceof HTMLElement && event.target.matches('button, select, input:not([type=range])')) return
    event.preventDefault()
    action()
  })
}

/** What a button says. */
export function label(id: string, text: string): void {
  const span = element(id, HTMLButtonElement).querySelector('span')
  if (span) span.textContent = text
}

function element<E extends HTMLElement>(id: string, type: { new (): E; prototype: E }): E {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}.`)
  return found
}

/** How far down a drawing may go, in pixels, before the panel hides it. */
export function panelTop(): number {
  return element('knobs', HTMLElement).getBoundingClientRect().top
}
