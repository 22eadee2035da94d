import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BuildError, shortPath } from './build-error.ts'
import { root } from './root.ts'

/** The name of the file with the licenses of everything in a folder of dist/. */
export const LICENSES = 'THIRD-PARTY-LICENSES.txt'

const INTRODUCTION = `longhand is under the MIT license, and its weights are under CC BY 4.0; see the end of this file.
The files beside this one also contain the following packages.`

/** Writes the license texts of packages, given by their folders, and of longhand itself to one file. */
export async function writeLicenses(file: string, packages: Iterable<string>): Promise<void> {
  const sections = await Promise.all([...packages].sort().map(packageLicense))
  const own = await Promise.all(['LICENSE', 'weights/LICENSE'].map((name) => readFile(join(root, name), 'utf8')))
  await writeFile(file, [INTRODUCTION, ...sections, `longhand\n\n${own[0]}`, own[1]].map(trimmed).join(SEPARATOR))
}

const SEPARATOR = `\n${'-'.repeat(80)}\n\n`

function trimmed(text: string | undefined): string {
  return `${text?.trim()}\n`
}

async function packageLicense(folder: string): Promise<string> {
  const { name, version, license, homepage, repository } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  )
  const file = (await readdir(folder)).find((entry) => /^(licen[sc]e|copying)(\.\w+)?$/i.test(entry))
  if (!file || !license)
    throw new BuildError(`Expected a license of ${name} in ${shortPath(folder)}, got none. Do not bundle the package.`)
  const source = (repository?.url ?? repository ?? homepage ?? '').replace(/^git\+/, '')
  const text = await readFile(join(folder, file), 'utf8')
  return [`${name} ${version}`, `License: ${license}`, ...(source ? [`Source: ${source}`] : []), '', text].join('\n')
}
