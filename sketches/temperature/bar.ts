import { slider, turnWithArrows } from '../frame/knobs.ts'

/** A temperature as wide as the page: a finger anywhere on the sheet is on the bar, and so are the arrow keys. */
export function wideBar(sheet: HTMLElement, onTurn: () => void) {
  const knob = document.getElementById('temperature') as HTMLInputElement
  const temperature = slider('temperature')
  const { min, max } = { min: Number(knob.min), max: Number(knob.max) }

  knob.addEventListener('input', onTurn)
  turnWithArrows('temperature', 5)
  const turnTo = ({ buttons, clientX }: PointerEvent) => {
    if (!buttons) return
    const { left, width } = knob.getBoundingClientRect()
    knob.valueAsNumber = min + ((clientX - left) / width) * (max - min)
    knob.dispatchEvent(new Event('input'))
  }
  sheet.addEventListener('pointerdown', turnTo)
  sheet.addEventListener('pointermove', turnTo)
  sheet.addEventListener('pointerup', () => knob.dispatchEvent(new Event('change')))

  return {
    get value() {
      return temperature.value
    },
    /** Turns the bar where it stands; `onTurn` is only told of what visitors do. */
    set value(value) {
      temperature.value = value
    },
    /** Bar, number and line are of one colour. */
    paint(color: (temperature: number) => string) {
      const at = (temperature.value - min) / (max - min)
      const looks = { at: String(at), warm: color(temperature.value), cold: color(min), hot: color(max) }
      for (const [name, look] of Object.entries(looks)) knob.parentElement?.style.setProperty(`--${name}`, look)
    },
  }
}
