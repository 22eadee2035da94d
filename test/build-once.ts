import { buildAll } from '../scripts/build/all.ts'

const shared = globalThis as { longhandBuild?: Promise<void> }

/** Builds dist/ once for all projects whose tests read it. */
export async function setup(): Promise<void> {
  shared.longhandBuild ??= buildAll({ previews: true })
  await shared.longhandBuild
}
