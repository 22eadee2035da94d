/** longhand: small neural networks that draw. */

export * from './handwriting.ts'
export * from './pattern/public.ts'
