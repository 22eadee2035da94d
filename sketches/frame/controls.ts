import type p5 from 'p5'
import { onPress } from './knobs.ts'
import { onPaletteChange } from './palette.ts'
import { saveText } from './save.ts'

export interface Controls {
  /** The window has another size, or evening has come. */
  layOut: () => void
  /** of saved files, without an ending */
  name: () => string
  /** the drawing as a file for a plotter: button `svg` */
  svg: () => string
  /** Saves a picture, button `png`; left out, what is on the canvas. */
  png?: () => void
}

/** What every sketch does when the window changes, by day and by night, and where its drawing is saved. */
export function controls(p: p5, { layOut, name, svg, png }: Controls): void {
  p.windowResized = () => {
    p.resizeCanvas(p.windowWidth, p.windowHeight, true)
    layOut()
  }
  onPaletteChange(layOut)
  onPress('svg', () => saveText(svg(), `${name()}.svg`, 'image/svg+xml'))
  onPress('png', png ?? (() => p.saveCanvas(name(), 'png')))
}
