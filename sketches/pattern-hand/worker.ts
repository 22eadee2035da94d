import * as Comlink from 'comlink'
import { tilePainting } from '../frame/tile-painting.ts'

// Paints the light in a worker, so that the page keeps writing.
Comlink.expose(tilePainting)
