import type { Recipe } from 'longhand'

const REACH = 2.2 // how far a drag along the window's shorter side goes in latent space
const OUTERMOST = 50 // in latent space
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

/** The latent numbers after a drag of some CSS pixels: the first two follow it, slower where the view is closer. */
export function dragLatent({ latent, view }: Recipe, dx: number, dy: number): number[] {
  const reach = REACH / (Math.min(innerWidth, innerHeight) * Math.sqrt(view.zoom))
  return latent.map((value, n) => {
    const moved = value + (n === 0 ? dx : n === 1 ? dy : 0) * reach
    return Math.min(Math.max(moved, -OUTERMOST), OUTERMOST)
  })
}
