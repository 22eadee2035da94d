// Runs in the page of npm run bench:browser.
import { decodeWeights } from '../../src/index.ts'
import type { Bench, Peer, Result, Subject } from './bench.ts'
import { error } from './error.ts'
import { fan } from './fan.ts'
import { loading } from './loading.ts'
import { pattern } from './pattern.ts'
import { step } from './step.ts'

const benches: Record<string, Bench> = { step, fan, error, loading, pattern }

let subject: Subject

const page = {
  titles: Object.fromEntries(Object.entries(benches).map(([name, { title }]) => [name, title])),

  /** @param peers script and assets folder of each engine, relative to the page */
  async open(peers: { script: string; assets: string }[]): Promise<void> {
    const text = await (await fetch('handwriting.json')).text()
    const weights = decodeWeights(JSON.parse(text))
    const opened = peers.map(async ({ script, assets }) => {
      const { peer }: { peer: Peer } = await import(script)
      return peer.open(weights, new URL(assets, location.href).href)
    })
    subject = { text, weights, peers: await Promise.all(opened) }
  },

  async run(name: string): Promise<Result> {
    return benches[name].run(subject)
  },
}

export type BenchPage = typeof page

Object.assign(globalThis, { benchPage: page })
