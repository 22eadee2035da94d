import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildScript } from '../build/library.ts'
import type { Bench } from './bench.ts'

/** What a visitor downloads of the library, as a web host sends it. */
export const size: Bench = {
  title: 'the script tag, dist/longhand.js',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-size-'))
    try {
      await buildScript(folder)
      const script = await readFile(join(folder, 'longhand.js'))
      const kilobytes = (bytes: Uint8Array) => Math.round(bytes.length / 100) / 10
      return {
        timings: {},
        ratios: {},
        numbers: { 'minified, kB': kilobytes(script), 'gzipped, kB': kilobytes(gzipSync(script, { level: 9 })) },
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
