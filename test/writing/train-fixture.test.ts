import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeWeights, Model, type Movement } from 'longhand'
import { describe, expect, it } from 'vitest'

// Weights from the trainer's exporter, and PyTorch's float64 results for them: test/train/make_fixture.py.
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, '../train/fixture.json'), 'utf8'))

describe('weights from the trainer', () => {
  it('give the same state and mixture here as in PyTorch', () => {
    const model = new Model(decodeWeights(fixture.weights))
    model.set_scale_factor(1)
    let state = model.zero_state()
    for (const movement of fixture.movements as Movement[]) state = model.update(movement, state)
    const found = { ...state, ...model.get_pdf(state) } as Record<string, Float32Array | number>
    for (const [name, expected] of Object.entries(fixture.answers as Record<string, number[] | number>)) {
      const values = found[name]
      const numbers = typeof values === 'number' ? [values] : [...(values as Float32Array)]
      const answers = [expected].flat()
      expect(numbers.length, name).toBe(answers.length)
      for (const [j, answer] of answers.entries())
        expect(Math.abs((numbers[j] as number) - answer), `${name} ${j}`).toBeLessThan(1e-5)
    }
  })
})
