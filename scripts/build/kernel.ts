// Compiles what stands in src/wasm/assembly/ to constants in src/wasm/, so that the library needs no files beside it.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { main } from 'assemblyscript/asc'
import { BuildError } from './build-error.ts'
import { root } from './root.ts'

const folder = join(root, 'src/wasm/assembly')

/** Of the handwriting network, and of the pattern network: the exact one and the swift one. */
export const KERNELS = ['kernel.ts', 'pattern-kernel.ts', 'swift-kernel.ts'] as const

/** The text of a kernel's file in src/wasm/. */
export async function compileKernel(file: (typeof KERNELS)[number] = 'kernel.ts'): Promise<string> {
  let wasm: Uint8Array | undefined
  const options = '-O3 --runtime stub --noAssert --enable simd --importMemory --initialMemory 1 --use abort='
  const { error, stderr } = await main([file, ...options.split(' '), '--outFile', 'kernel.wasm'], {
    readFile: (name, base) => readSource(name, base),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error || !wasm) throw new BuildError(`src/wasm/assembly/${file} does not compile:\n${stderr.toString()}`)
  // Hexadecimal is longer than base64, but a web host compresses it to a third less: a byte always reads the same.
  const text = Buffer.from(wasm).toString('hex')
  return `// Compiled from assembly/${file} by scripts/build/kernel.ts.\nexport const KERNEL =\n  '${text}'\n`
}

async function readSource(name: string, _base: string): Promise<string | null> {
  const { readFile } = await import('node:fs/promises')
  return readFile(join(folder, name), 'utf8').catch(() => null)
}

if (process.argv[1] === import.meta.filename)
  for (const file of KERNELS) await writeFile(join(root, 'src/wasm', file), await compileKernel(file))
