import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const resolve = { alias: { longhand: join(import.meta.dirname, 'src/index.ts') } }

// The projects do not extend this file: each would inherit the global setup and build dist/ again.
export default defineConfig({
  test: {
    globalSetup: 'test/build-once.ts',
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          testTimeout: 60_000, // no test measures time, and a busy machine takes several times as long
          hookTimeout: 60_000,
          maxWorkers: 2, // left alone, it leaves one of two cores to itself
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve,
        // two browsers at a time: no test measures time, and each keeps a core busy
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
