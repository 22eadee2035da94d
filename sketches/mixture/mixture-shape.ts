import type { Mixture } from 'longhand'

export const NEAREST = 0.45 // smallest reach, in model units
const FARTHEST = 9
const SEEN = 0.004 // smallest weight of a component that is drawn

/** Interpolates between two mixtures, component by component. */
export function between(from: Mixture, to: Mixture, share: number): Mixture {
  const part = (name: 'pi' | 'mu1' | 'mu2' | 'sigma1' | 'sigma2' | 'rho') =>
    to[name].map((value, k) => from[name][k] + share * (value - from[name][k]))
  return {
    pi: part('pi'),
    mu1: part('mu1'),
    mu2: part('mu2'),
    sigma1: part('sigma1'),
    sigma2: part('sigma2'),
    rho: part('rho'),
    eos: from.eos + share * (to.eos - from.eos),
  }
}

/** Returns how far the pen is likely to go. */
export function reachOf({ pi, mu1, mu2, sigma1, sigma2 }: Mixture): number {
  let reach = NEAREST
  for (let k = 0; k < pi.length; k++)
    if (pi[k] > 0.05) reach = Math.max(reach, 1.2 * (Math.hypot(mu1[k], mu2[k]) + Math.max(sigma1[k], sigma2[k])))
  return Math.min(reach, FARTHEST)
}

/** Draws each component as an ellipse of two standard deviations, with its weight as opacity. */
export function drawEllipses(context: CanvasRenderingContext2D, mixture: Mixture, color: string, width: number): void {
  const { pi, mu1, mu2, sigma1, sigma2, rho } = mixture
  context.strokeStyle = color
  context.lineWidth = width
  for (let k = 0; k < pi.length; k++) {
    if (pi[k] < SEEN) continue
    const [xx, yy, xy] = [sigma1[k] ** 2, sigma2[k] ** 2, rho[k] * sigma1[k] * sigma2[k]]
    const spread = Math.hypot((xx - yy) / 2, xy)
    const long = Math.sqrt((xx + yy) / 2 + spread)
    const short = Math.sqrt(Math.max((xx + yy) / 2 - spread, 0))
    context.globalAlpha = Math.min(1, 1.3 * Math.sqrt(pi[k]))
    context.beginPath()
    context.ellipse(mu1[k], mu2[k], 2 * long, 2 * short, Math.atan2(2 * xy, xx - yy) / 2, 0, 2 * Math.PI)
    context.stroke()
  }
  context.globalAlpha = 1
}
