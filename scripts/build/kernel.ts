// Compiles src/wasm/assembly/kernel.ts to src/wasm/kernel.ts, a constant, so that the library needs no file beside it.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { main } from 'assemblyscript/asc'
import { BuildError } from './build-error.ts'
import { root } from './root.ts'

const folder = join(root, 'src/wasm/assembly')

/** The text of src/wasm/kernel.ts. */
export async function compileKernel(): Promise<string> {
  let wasm: Uint8Array | undefined
  const options = '-O3 --runtime stub --noAssert --enable simd --importMemory --initialMemory 1 --use abort='
  const { error, stderr } = await main(['kernel.ts', ...options.split(' '), '--outFile', 'kernel.wasm'], {
    readFile: (name, base) => readSource(name, base),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error || !wasm) throw new BuildError(`src/wasm/assembly/kernel.ts does not compile:\n${stderr.toString()}`)
  const base64 = Buffer.from(wasm).toString('base64')
  return `// Compiled from assembly/kernel.ts by scripts/build/kernel.ts.\nexport const KERNEL =\n  '${base64}'\n`
}

async function readSource(name: string, _base: string): Promise<string | null> {
  const { readFile } = await import('node:fs/promises')
  return readFile(join(folder, name), 'utf8').catch(() => null)
}

if (process.argv[1] === import.meta.filename) await writeFile(join(root, 'src/wasm/kernel.ts'), await compileKernel())
