import { addressText } from '../frame/address.ts'
import { slider, turnWithArrows } from '../frame/controls.ts'
import { onDrag } from '../frame/drag.ts'
import { prefersReducedMotion } from '../frame/palette.ts'

/**
 * A temperature slider as wide as the page: a drag anywhere on the page moves it, and so do the arrow keys. Until somebody does,
 * it moves up and down by itself.
 */
export function wideBar(container: HTMLElement, onTurn: () => void) {
  const knob = document.getElementById('temperature') as HTMLInputElement
  const temperature = slider('temperature')
  const { min, max } = { min: Number(knob.min), max: Number(knob.max) }
  let taken = addressText('temperature') !== null || prefersReducedMotion()
  let tide = 0 // movements

  knob.addEventListener('input', () => {
    taken = true
    onTurn()
  })
  turnWithArrows('temperature', 5)
  const turnTo = (x: number) => {
    const { left, width } = knob.getBoundingClientRect()
    knob.valueAsNumber = min + ((x - left) / width) * (max - min)
    knob.dispatchEvent(new Event('input'))
  }
  onDrag(container, turnTo, () => knob.dispatchEvent(new Event('change')))

  return {
    get value() {
      return temperature.value
    },
    /** Restarts from the low end. */
    beginTide() {
      tide = 0
    },
    /** Moves by one step of a full cycle of this many movements. */
    goWithTide(movements: number) {
      if (!taken) temperature.value = 1.1 - Math.abs(((tide++ / movements) % 1) * 2 - 1)
    },
    /** Colors bar and number like the line. */
    paint(color: (temperature: number) => string) {
      const at = (temperature.value - min) / (max - min)
      const looks = { at: String(at), warm: color(temperature.value), cold: color(min), hot: color(max) }
      for (const [name, look] of Object.entries(looks)) knob.parentElement?.style.setProperty(`--${name}`, look)
    },
  }
}
