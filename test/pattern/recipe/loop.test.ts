import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latentOnLoop } from '../../../src/api/pattern.ts'

const latents = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 })

test('a loop starts and ends at its latent values, and is smooth', () => {
  fc.assert(
    fc.property(latents, fc.double({ min: 0, max: 3, noNaN: true }), (latent, radius) => {
      for (const [n, value] of latentOnLoop(latent, 0, radius).entries()) expect(value).toBeCloseTo(latent[n])
      for (const [n, value] of latentOnLoop(latent, 1, radius).entries()) expect(value).toBeCloseTo(latent[n])
      const steps = 120
      for (let step = 0; step < steps; step++) {
        const here = latentOnLoop(latent, step / steps, radius)
        const next = latentOnLoop(latent, (step + 1) / steps, radius)
        const swing = (2 * Math.PI * radius) / steps
        for (const [n, value] of here.entries())
          expect(Math.abs(next[n] - value)).toBeLessThanOrEqual(swing * 1.0001 + 1e-12)
      }
    }),
    { numRuns: 50 },
  )
})

test('a loop of two values does not return on its own path', () => {
  const places = Array.from({ length: 12 }, (_, n) =>
    latentOnLoop([0, 0], n / 12)
      .map((z) => z.toFixed(6))
      .join(),
  )
  expect(new Set(places).size).toBe(12)
})
