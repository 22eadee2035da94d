import { type Recipe, recipeFromPng, recipeFromText } from 'longhand'
import { onPress } from '../frame/controls.ts'
import { notice } from '../frame/notice.ts'

// Bytes. Our PNGs have their recipe at the start, and recipe files are shorter than this;
const START = 2 ** 17
// other editors may move the recipe, so read the whole file if it fits into memory.
const MAX_FILE = 2 ** 28

/** Calls back with the recipe of a picture or recipe file that is dropped on the page or chosen; reports others. */
export function onRecipeOpened(use: (recipe: Recipe) => void): void {
  const open = async (file: File | null | undefined) => {
    if (!file) return
    try {
      use(await recipeFromFile(file))
      notice(`Opened ${file.name}.`, 5)
    } catch (error) {
      notice(`${file.name} cannot be opened. ${(error as Error).message} The picture stays.`, 12)
    }
  }
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    open(event.dataTransfer?.files[0])
  })
  const input = document.getElementById('file') as HTMLInputElement
  input.addEventListener('change', () => {
    open(input.files?.[0])
    input.value = '' // so that the same file can be chosen again
  })
  onPress('open', () => input.click())
}

async function recipeFromFile(file: File): Promise<Recipe> {
  const start = await bytesOf(file.slice(0, START))
  if (start[0] !== 0x89) {
    if (file.size > START) throw new Error('Expected a PNG or a recipe, got another file.')
    return recipeFromText(new TextDecoder().decode(start))
  }
  try {
    return recipeFromPng(start)
  } catch (error) {
    if (file.size <= START) throw error
  }
  if (file.size > MAX_FILE) throw new Error(`Expected at most ${MAX_FILE} bytes, got ${file.size}.`)
  return recipeFromPng(await bytesOf(file))
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}
