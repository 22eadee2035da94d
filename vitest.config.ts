import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const resolve = { alias: { longhand: join(import.meta.dirname, 'src/index.ts') } }
const shared = {
  testTimeout: 60_000, // no test measures time, and a busy machine can take several times as long
  hookTimeout: 60_000,
  isolate: false, // starting a worker and importing the library again takes longer than most files
}
const readsDist = { globalSetup: 'test/build-once.ts' }
const packageTests = ['test/scripts/package.test.ts', 'test/api/script-tags.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...packageTests],
          maxWorkers: 2, // the default leaves one of two cores idle
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve,
        test: {
          ...shared,
          ...readsDist,
          name: 'package',
          include: packageTests,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: {
          ...shared,
          ...readsDist,
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          maxWorkers: 3, // a page that waits for frames or input leaves a third of a core idle
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
