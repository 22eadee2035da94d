import { type Recipe, recipeFromPng, recipeFromText } from 'longhand'
import { onPress } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'

// Bytes. Pictures that are saved here have their recipe at the start, and a recipe alone is no longer; editors of others put
// it elsewhere, but whatever is dropped has to fit into the memory then.
const START = 2 ** 17
const LARGEST = 2 ** 28

/** A picture saved here, or its recipe, dropped onto the page or chosen, comes back; the old one stays where it cannot. */
export function onRecipeOpened(use: (recipe: Recipe) => void): void {
  const open = async (file: File | null | undefined) => {
    if (!file) return
    try {
      use(await recipeFromFile(file))
      notice(`${file.name} is back.`, 5)
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
    input.value = '' // the same file may be chosen again
  })
  onPress('open', () => input.click())
}

async function recipeFromFile(file: File): Promise<Recipe> {
  const start = await bytesOf(file.slice(0, START))
  if (start[0] !== 0x89) {
    if (file.size > START) throw new Error('It is neither a PNG nor a recipe.')
    return recipeFromText(new TextDecoder().decode(start))
  }
  try {
    return recipeFromPng(start)
  } catch (error) {
    if (file.size <= START) throw error
  }
  if (file.size > LARGEST) throw new Error(`Expected at most ${LARGEST} bytes, got ${file.size}.`)
  return recipeFromPng(await bytesOf(file))
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}
