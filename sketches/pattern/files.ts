import { type Recipe, recipeFromPng, recipeFromText } from 'longhand'
import { onPress } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'

const LARGEST = 2 ** 30 // bytes: more than any picture that the page saves

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
  if (file.size > LARGEST) throw new Error(`Got ${file.size} bytes when expected at most ${LARGEST}.`)
  const start = new Uint8Array(await file.slice(0, 8).arrayBuffer())
  if (start[0] === 0x89) return recipeFromPng(new Uint8Array(await file.arrayBuffer()))
  if (file.size > 2 ** 16) throw new Error('It is neither a PNG nor a recipe.')
  return recipeFromText(await file.text())
}
