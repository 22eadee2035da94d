import type { Recipe } from 'longhand'

const FARTHEST = 1000
const ZOOM = { least: 1 / 64, most: 512 }

/** The view after the plane was moved by some CSS pixels, and grown about a point of the window, which stays where it is. */
export function moveView(
  { center: [centerX, centerY], zoom }: Recipe['view'],
  { dx, dy, factor, x, y }: { dx: number; dy: number; factor: number; x: number; y: number },
): Recipe['view'] {
  const shorter = Math.min(innerWidth, innerHeight)
  const next = Math.min(Math.max(zoom * factor, ZOOM.least), ZOOM.most)
  const grow = 1 / (shorter * zoom) - 1 / (shorter * next)
  const within = (value: number) => Math.min(Math.max(value, -FARTHEST), FARTHEST)
  return {
    center: [
      within(centerX - dx / (shorter * zoom) + (x - innerWidth / 2) * grow),
      within(centerY - dy / (shorter * zoom) + (y - innerHeight / 2) * grow),
    ],
    zoom: next,
  }
}
