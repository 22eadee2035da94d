import * as Comlink from 'comlink'
import { tilePainting } from '../frame/tile-painting.ts'
import { paintPng } from './png.ts'

// Paints tiles of the picture on screen, and large pictures to save, so that the page stays responsive.
Comlink.expose({ ...tilePainting, paintPng })
