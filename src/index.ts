/** longhand: small neural networks that draw. */

export * from './api/handwriting.ts'
export * from './api/pattern.ts'
