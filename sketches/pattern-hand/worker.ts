import * as Comlink from 'comlink'
import { tilePainting } from '../frame/tile-painting.ts'

// The light is painted beside the page, which goes on writing.
Comlink.expose(tilePainting)
