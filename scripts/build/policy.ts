import { BuildError, shortPath } from './build-error.ts'

// Nothing from elsewhere: no script, style, font, picture or request leaves the folder.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Puts the Content-Security-Policy into a page, as early as it can stand. */
export function withPolicy(page: string, file: string): string {
  if (/http-equiv=["']?content-security-policy/i.test(page)) return page
  const head = /<meta charset[^>]*>|<head[^>]*>/i.exec(page)
  if (!head)
    throw new BuildError(`${shortPath(file)} has no <meta charset="utf-8">. Add it as the first line of <head>.`)
  const end = head.index + head[0].length
  return `${page.slice(0, end)}\n<meta http-equiv="Content-Security-Policy" content="${policy}">${page.slice(end)}`
}
