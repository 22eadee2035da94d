import type p5 from 'p5'
import { onPress } from './controls.ts'
import { onPaletteChange } from './palette.ts'
import { saveText } from './save.ts'

export interface PageActions {
  /** draws everything again, after a change of the window or of day and night */
  layOut: () => void
  /** base name of saved files */
  name: () => string
  /** returns the drawing for a plotter: button `svg` */
  svg: () => string
  /** saves a picture: button `png`; left out, what is on the canvas */
  png?: () => void
}

/** Connects what all pages of sketches do: resize, follow day and night, save as SVG and PNG. */
export function pageActions(p: p5, { layOut, name, svg, png }: PageActions): void {
  p.windowResized = () => {
    p.resizeCanvas(p.windowWidth, p.windowHeight, true)
    layOut()
  }
  onPaletteChange(layOut)
  onPress('svg', () => saveText(svg(), `${name()}.svg`, 'image/svg+xml'))
  onPress('png', png ?? (() => p.saveCanvas(name(), 'png')))
}
