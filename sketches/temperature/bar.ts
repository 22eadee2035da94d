import { addressText } from '../frame/address.ts'
import { onDrag } from '../frame/drag.ts'
import { slider, turnWithArrows } from '../frame/knobs.ts'
import { prefersReducedMotion } from '../frame/palette.ts'

/**
 * A temperature as wide as the page: a finger anywhere on the sheet is on the bar, and so are the arrow keys. Until somebody
 * takes it, it goes up and down by itself.
 */
export function wideBar(sheet: HTMLElement, onTurn: () => void) {
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
  onDrag(sheet, turnTo, () => knob.dispatchEvent(new Event('change')))

  return {
    get value() {
      return temperature.value
    },
    /** From the careful end. */
    beginTide() {
      tide = 0
    },
    /** A movement's part of a whole tide of so many. */
    goWithTide(movements: number) {
      if (!taken) temperature.value = 1.1 - Math.abs(((tide++ / movements) % 1) * 2 - 1)
    },
    /** Bar, number and line are of one colour. */
    paint(color: (temperature: number) => string) {
      const at = (temperature.value - min) / (max - min)
      const looks = { at: String(at), warm: color(temperature.value), cold: color(min), hot: color(max) }
      for (const [name, look] of Object.entries(looks)) knob.parentElement?.style.setProperty(`--${name}`, look)
    },
  }
}
