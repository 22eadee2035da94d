import type { Manuscript, Mark } from 'longhand'
import { windowSize } from './page-layout.ts'
import { type Palette, printPalette } from './palette.ts'

/**
 * Exports a manuscript as SVG for a pen plotter or a frame: one path per stroke, one layer per line.
 * @param color of a mark's layer, with the colors for print
 * @param layer name of a mark's layer; marks with the same name share a layer and a color
 */
export function manuscriptSvg<Tag>(
  manuscript: Manuscript<Tag>,
  strokeWidth: number,
  seed: number,
  color: (mark: Mark<Tag>, palette: Palette) => string,
  layer?: (mark: Mark<Tag>) => string,
): string {
  const colors = printPalette()
  return manuscript.svg({
    ...windowSize(),
    strokeWidth,
    title: `longhand, seed ${seed}`,
    color: (mark) => color(mark, colors),
    ...(layer && { layer }),
  })
}
