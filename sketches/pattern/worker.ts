import * as Comlink from 'comlink'
import { painting } from '../frame/lend.ts'
import { paintPng } from './png.ts'

// What is painted beside the page, which goes on moving: parts of the picture on the screen, and large pictures to keep.
Comlink.expose({ ...painting, paintPng })
