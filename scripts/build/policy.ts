import { createHash } from 'node:crypto'
import { BuildError, shortPath } from './build-error.ts'

// The only style element that p5 2 creates, for its loading indicator.
const p5LoadingStyle = '@keyframes p5-loading-spin { to { transform: rotate(360deg); } }'
const p5LoadingHash = `'sha256-${createHash('sha256').update(p5LoadingStyle).digest('base64')}'`

// Scripts, styles, fonts, pictures and requests stay within the site.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'", // compiles the WebAssembly kernel; no other eval
  `style-src 'self' ${p5LoadingHash}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Adds the Content-Security-Policy to a page, after the declaration of its encoding, unless it has one. */
export function withPolicy(page: string, file: string): string {
  if (/http-equiv=["']?content-security-policy/i.test(page)) return page
  const head = /<meta charset[^>]*>/i.exec(page)
  if (!head)
    throw new BuildError(
      `Expected <meta charset="utf-8"> in ${shortPath(file)}, got none. Add it as the first line of <head>.`,
    )
  const end = head.index + head[0].length
  return `${page.slice(0, end)}\n<meta http-equiv="Content-Security-Policy" content="${policy}">${page.slice(end)}`
}
