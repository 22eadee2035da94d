import * as Comlink from 'comlink'
import { paintPng } from './png.ts'

// Where large pictures are painted: beside the page, which goes on moving.
Comlink.expose(paintPng)
