import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Weights } from '../../src/index.ts'
import { root } from '../build/root.ts'
import type { OpenPeer, Peer } from './bench.ts'

/** The libraries that longhand is timed against, if they are installed. */
export const peersFolder = join(root, 'scripts/bench/peers')

/** Each library's file beside its package, and the folder of its WebAssembly files, from `peersFolder`. */
export const peerFiles = {
  onnx: { package: 'onnxruntime-web', assets: 'node_modules/onnxruntime-web/dist/' },
  tfjs: { package: '@tensorflow/tfjs-backend-wasm', assets: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' },
} as const

export type PeerFile = keyof typeof peerFiles

export function installedPeers(): PeerFile[] {
  return (Object.keys(peerFiles) as PeerFile[]).filter((name) =>
    existsSync(join(peersFolder, 'node_modules', peerFiles[name].package)),
  )
}

export const howToInstallPeers = 'For onnxruntime-web and tfjs beside it: npm ci --prefix scripts/bench/peers'

/** In Node, where each finds its files by their path. */
export async function openPeers(weights: Weights): Promise<OpenPeer[]> {
  return Promise.all(
    installedPeers().map(async (name) => {
      const { peer }: { peer: Peer } = await import(`./peers/${name}.ts`)
      return peer.open(weights, join(peersFolder, peerFiles[name].assets))
    }),
  )
}
