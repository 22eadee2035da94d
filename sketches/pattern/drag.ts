import type { Recipe } from 'longhand'

const DRAG_REACH = 2.2 // latent units per drag along the window's shorter side
const MAX_LATENT = 50
const MAX_CENTER = 1000
const ZOOM = { least: 1 / 64, most: 512 }

/** Returns a view shifted by some CSS pixels and zoomed about a point of the window, which stays in place. */
export function moveView(
  { center: [centerX, centerY], zoom }: Recipe['view'],
  { dx, dy, factor, x, y }: { dx: number; dy: number; factor: number; x: number; y: number },
): Recipe['view'] {
  const shorter = Math.min(innerWidth, innerHeight)
  const next = Math.min(Math.max(zoom * factor, ZOOM.least), ZOOM.most)
  const grow = 1 / (shorter * zoom) - 1 / (shorter * next)
  const limit = (value: number) => Math.min(Math.max(value, -MAX_CENTER), MAX_CENTER)
  return {
    center: [
      limit(centerX - dx / (shorter * zoom) + (x - innerWidth / 2) * grow),
      limit(centerY - dy / (shorter * zoom) + (y - innerHeight / 2) * grow),
    ],
    zoom: next,
  }
}

/** Returns the latent values after a drag of some CSS pixels, which moves the first two; more slowly when zoomed in. */
export function dragLatent({ latent, view }: Recipe, dx: number, dy: number): number[] {
  const scale = DRAG_REACH / (Math.min(innerWidth, innerHeight) * Math.sqrt(view.zoom))
  return latent.map((value, n) => {
    const moved = value + (n === 0 ? dx : n === 1 ? dy : 0) * scale
    return Math.min(Math.max(moved, -MAX_LATENT), MAX_LATENT)
  })
}
