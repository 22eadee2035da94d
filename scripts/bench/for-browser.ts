import type { BuildOptions, Plugin } from 'esbuild'
import { root } from '../build/root.ts'

/** Removes from numjs what needs Node: reading pictures from files, and Buffer. */
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

/** esbuild options for scripts that run in a page. */
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
