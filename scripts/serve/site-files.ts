import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { lookup } from 'mrmime'

export interface SiteFile {
  /** the value of Content-Type */
  type: string
  body: Buffer
}

/** Returns the path of a request's URL, or undefined for an invalid one. */
export function pathOf(url = '/'): string | undefined {
  if (!url.startsWith('/')) return undefined
  const address = `http://localhost/${url.replace(/^\/+/, '')}` // as a URL, `//x` would be the host x
  return URL.canParse(address) ? new URL(address).pathname : undefined
}

/**
 * Reads the file that a URL's path names below a folder; a path that ends with a slash names an index.html. Returns
 * undefined if there is none, or if it is hidden (its name or a folder's starts with a dot) or a link that leads outside.
 * Files are read as a whole, without ranges, because a build may replace them at any time.
 */
export async function readSiteFile(folder: string, path: string): Promise<SiteFile | undefined> {
  const name = decodePath(path)
  if (name === undefined || name.split(/[\\/]/).some((part) => part.startsWith('.'))) return undefined
  try {
    const [root, file] = await Promise.all([
      realpath(folder),
      realpath(join(folder, name.endsWith('/') ? `${name}index.html` : name)),
    ])
    if (!file.startsWith(root + sep)) return undefined
    const type = lookup(extname(file)) ?? 'application/octet-stream'
    return { type: type === 'text/html' ? `${type};charset=utf-8` : type, body: await readFile(file) }
  } catch {
    return undefined
  }
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
