import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildScripts } from '../build/library.ts'
import type { Bench } from './bench.ts'

/** Measures the download size of the library, plain and as a web host compresses it. */
export const size: Bench = {
  title: 'the script tags',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-size-'))
    try {
      await buildScripts(folder)
      const kilobytes = (bytes: Uint8Array) => Math.round(bytes.length / 100) / 10
      const numbers: Record<string, number> = {}
      for (const name of ['longhand.js', 'longhand-pattern.js']) {
        const script = await readFile(join(folder, name))
        numbers[`${name}, kB`] = kilobytes(script)
        numbers[`${name} gzipped, kB`] = kilobytes(gzipSync(script, { level: 9 }))
      }
      return { timings: {}, ratios: {}, numbers }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
