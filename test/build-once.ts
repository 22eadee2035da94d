import { buildAll } from '../scripts/build/all.ts'

/** Browser and package tests read dist/: it is built once before all of them. */
export async function setup(): Promise<void> {
  await buildAll({ previews: true })
}
