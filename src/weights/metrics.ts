import * as v from 'valibot'
import { once } from '../math/once.ts'

/** Properties of the writing that a network was trained on, which code would otherwise have to assume. */
export interface Metrics {
  /** a model unit, in standard deviations of y over a line of writing */
  readonly unit: number
  /** the height of a small letter, in model units */
  readonly xHeight: number
  /** the mean length of a movement, in model units */
  readonly meanStep: number
  /** the standard deviation of a random start state; 0 for networks that always start from zero */
  readonly startSpread: number
}

/** The metrics of version-1 files, which do not state them: those of the first weights. */
export const VERSION_1_METRICS: Metrics = { unit: 0.5657, xHeight: 2.7, meanStep: 0.495, startSpread: 0.29 }

export const metricsSchema = once(() => {
  const positive = v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0, 'a number above 0'))
  return v.object({
    unit: positive,
    xHeight: positive,
    meanStep: positive,
    startSpread: v.pipe(v.number(), v.finite('a finite number'), v.minValue(0, 'a number of at least 0')),
  })
})
