import { decodeWeights, type Weights } from 'longhand'
import { addressText } from './address.ts'
import { notice } from './notice.ts'

/** Loads the weights named in the address, #weights=other.json, or those of the page's script tag. */
export async function pageWeights(): Promise<Weights> {
  const asked = addressText('weights')
  if (asked) {
    try {
      return await fetchWeights(asked)
    } catch (error) {
      notice(`${asked} cannot be used: ${(error as Error).message} The default weights are used instead.`, 12)
    }
  }
  const own = (globalThis as { longhandWeights?: unknown }).longhandWeights
  if (!own) throw new Error('Expected weights, got none. Load lib/handwriting.js before the sketch.')
  return decodeWeights(own)
}

async function fetchWeights(asked: string): Promise<Weights> {
  const url = new URL(asked, location.href)
  if (url.origin !== location.origin) throw new Error('Expected a file of this site, got one of another.')
  const response = await fetch(url)
  if (!response.ok) throw new Error(`Expected the file, got ${response.status} ${response.statusText} from the server.`)
  return decodeWeights(await response.json())
}

const uses: ((weights: Weights) => void)[] = []

/** Calls back with the weights of a file dropped onto the page. Invalid files are refused with a notice. */
export function onWeightsDropped(use: (weights: Weights) => void): void {
  if (uses.push(use) > 1) return // read a file once, however many listeners there are
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', async (event) => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (!file) return
    try {
      const weights = decodeWeights(JSON.parse(await file.text()))
      for (const use of uses) use(weights)
      notice(`Now writing with ${file.name}.`, 6)
    } catch (error) {
      notice(`${file.name} cannot be used as weights: ${(error as Error).message} The current weights stay.`, 12)
    }
  })
}
