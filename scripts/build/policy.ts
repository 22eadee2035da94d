import { createHash } from 'node:crypto'
import { BuildError, shortPath } from './build-error.ts'

// The one style element that p5 2 makes, for the sign that it is loading; everything else it sets without one.
const p5LoadingStyle = '@keyframes p5-loading-spin { to { transform: rotate(360deg); } }'
const p5LoadingHash = `'sha256-${createHash('sha256').update(p5LoadingStyle).digest('base64')}'`

// Nothing from elsewhere: no script, style, font, picture or request leaves the folder.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'", // the kernel is compiled, not fetched; no other eval is let in
  `style-src 'self' ${p5LoadingHash}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Puts the Content-Security-Policy into a page, right after what says its encoding. */
export function withPolicy(page: string, file: string): string {
  if (/http-equiv=["']?content-security-policy/i.test(page)) return page
  const head = /<meta charset[^>]*>/i.exec(page)
  if (!head)
    throw new BuildError(`${shortPath(file)} has no <meta charset="utf-8">. Add it as the first line of <head>.`)
  const end = head.index + head[0].length
  return `${page.slice(0, end)}\n<meta http-equiv="Content-Security-Policy" content="${policy}">${page.slice(end)}`
}
