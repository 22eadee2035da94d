import * as Comlink from 'comlink'
import { tilePainting } from '../frame/tile-painting.ts'
import { paintPng } from './png.ts'

// What is painted beside the page, which goes on moving: parts of the picture on the screen, and large pictures to keep.
Comlink.expose({ ...tilePainting, paintPng })
