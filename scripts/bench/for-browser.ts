import type { BuildOptions, Plugin } from 'esbuild'
import { root } from '../build/root.ts'

/** numjs without its pictures, which are read from files, and its numbers without Node's Buffer. */
const numjsForBrowsers: Plugin = {
  name: 'numjs for browsers',
  setup(build) {
    build.onResolve({ filter: /^(\.\/images|buffer)$/ }, ({ path, importer }) =>
      importer.includes('node_modules') ? { path, namespace: 'stub' } : undefined,
    )
    build.onLoad({ filter: /./, namespace: 'stub' }, () => ({
      contents: 'module.exports = { Buffer: { isBuffer: () => false } }',
    }))
  },
}

/** How the benchmark's scripts are bundled for a page. */
export const forBrowser = {
  bundle: true,
  absWorkingDir: root,
  platform: 'browser',
  target: 'es2022',
  minify: true,
  logLevel: 'silent',
  define: { global: 'globalThis' },
  plugins: [numjsForBrowsers],
} as const satisfies BuildOptions
