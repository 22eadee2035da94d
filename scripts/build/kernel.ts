// Compiles the sources in src/kernels/assembly/ to constants in src/kernels/generated/, so that the library needs no files beside it.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { main } from 'assemblyscript/asc'
import { BuildError } from './build-error.ts'
import { root } from './root.ts'

const sources = join(root, 'src/kernels/assembly')
const generated = join(root, 'src/kernels/generated')

/** The kernels: each has a source in assembly/ and a generated file of the same name. */
export const KERNELS = ['handwriting', 'pattern', 'pattern-preview'] as const
export type KernelName = (typeof KERNELS)[number]

/** The path of a kernel's generated file. */
export function generatedFile(name: KernelName): string {
  return join(generated, `${name}.ts`)
}

/** Compiles one kernel and returns the text of its generated file. */
export async function compileKernel(name: KernelName): Promise<string> {
  let wasm: Uint8Array | undefined
  const options = '-O3 --runtime stub --noAssert --enable simd --importMemory --initialMemory 1 --use abort='
  const { error, stderr } = await main([`${name}.ts`, ...options.split(' '), '--outFile', 'kernel.wasm'], {
    readFile: (file) => readFile(join(sources, file), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error || !wasm) throw new BuildError(`src/kernels/assembly/${name}.ts does not compile:\n${stderr.toString()}`)
  // Hexadecimal is longer than base64, but web hosts compress it to a third less: a byte always reads the same.
  const text = Buffer.from(wasm).toString('hex')
  return `// Compiled from assembly/${name}.ts by scripts/build/kernel.ts.\nexport const KERNEL =\n  '${text}'\n`
}

if (process.argv[1] === import.meta.filename)
  for (const name of KERNELS) await writeFile(generatedFile(name), await compileKernel(name))
