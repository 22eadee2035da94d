import { decodeWeights, type Weights } from 'longhand'
import { addressText } from './address.ts'
import { notice } from './notice.ts'

/** The weights that the address names, #weights=other.json, or those of the page's script tag. */
export async function pageWeights(): Promise<Weights> {
  const asked = addressText('weights')
  if (asked) {
    try {
      return await fetchWeights(asked)
    } catch (error) {
      notice(`${asked} could not be used: ${(error as Error).message} The kit's own weights write instead.`, 12)
    }
  }
  const own = (globalThis as { longhandWeights?: unknown }).longhandWeights
  if (!own) throw new Error('The weights are missing: lib/handwriting.js was not loaded before the sketch.')
  return decodeWeights(own)
}

async function fetchWeights(asked: string): Promise<Weights> {
  const url = new URL(asked, location.href)
  if (url.origin !== location.origin) throw new Error('It is not from this site.')
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The server answered ${response.status} ${response.statusText}.`)
  return decodeWeights(await response.json())
}

const uses: ((weights: Weights) => void)[] = []

/** A weights file dropped onto the page is used from then on; one that is none is refused, and the old ones stay. */
export function onWeightsDropped(use: (weights: Weights) => void): void {
  if (uses.push(use) > 1) return // a file is read once, however many want it
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', async (event) => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (!file) return
    try {
      const weights = decodeWeights(JSON.parse(await file.text()))
      for (const use of uses) use(weights)
      notice(`${file.name} writes now.`, 6)
    } catch (error) {
      notice(`${file.name} is not a weights file that can be used: ${(error as Error).message} The old ones stay.`, 12)
    }
  })
}
