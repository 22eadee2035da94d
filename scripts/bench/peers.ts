import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Weights } from '../../src/index.ts'
import type { OpenPeer, Peer } from './bench.ts'

const packages = join(import.meta.dirname, 'node_modules')

/** The engines in `peers/`, each with the folder of its WebAssembly files, and a slash. */
export const peerAssets = {
  onnx: join(packages, 'onnxruntime-web/dist/'),
  tfjs: join(packages, '@tensorflow/tfjs-backend-wasm/dist/'),
} as const

export type PeerName = keyof typeof peerAssets

export const peerNames = Object.keys(peerAssets) as PeerName[]

/** Says how to install the libraries that longhand is measured against. */
export const howToInstall =
  'Expected the libraries to measure against in scripts/bench/node_modules, got none. ' +
  'Install them with: npm ci --prefix scripts/bench'

/** Returns whether all of them are installed: a partial installation counts as none. */
export function isInstalled(): boolean {
  return [...Object.values(peerAssets), join(packages, 'numjs')].every((folder) => existsSync(folder))
}

/** Opens every engine in Node, where it finds its files by their paths. */
export async function openPeers(weights: Weights): Promise<OpenPeer[]> {
  return Promise.all(
    peerNames.map(async (name) => {
      const { peer }: { peer: Peer } = await import(`./peers/${name}.ts`)
      return peer.open(weights, peerAssets[name])
    }),
  )
}
