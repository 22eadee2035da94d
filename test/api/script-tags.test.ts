import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import * as handwriting from '../../src/api/handwriting.ts'
import * as pattern from '../../src/api/pattern.ts'
import * as longhand from '../../src/index.ts'

/** Runs scripts in an empty page. @returns its global `longhand` */
function afterScripts(...names: string[]): Record<string, unknown> {
  const page = createContext({ atob, crypto, WebAssembly })
  for (const name of names) runInContext(readFileSync(join(root, 'dist', name), 'utf8'), page)
  return page.longhand as Record<string, unknown>
}

const names = (api: object) => Object.keys(api).sort()

test('the scripts together export the whole package, in any order', () => {
  expect(names(afterScripts('longhand.js', 'longhand-pattern.js'))).toEqual(names(longhand))
  expect(names(afterScripts('longhand-pattern.js', 'longhand.js'))).toEqual(names(longhand))
})

test('each script alone exports one part of the package', () => {
  expect(names(afterScripts('longhand.js'))).toEqual(names(handwriting))
  expect(names(afterScripts('longhand-pattern.js'))).toEqual(names(pattern))
  expect(names(handwriting)).toEqual(
    expect.arrayContaining(['FreeHand', 'Model', 'Page', 'Random', 'VisitorInk', 'rollout']),
  )
  expect(names(pattern)).toEqual(expect.arrayContaining(['createRenderer', 'patternFromRecipe', 'recipeFromSeed']))
})
