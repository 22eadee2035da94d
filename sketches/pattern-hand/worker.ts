import * as Comlink from 'comlink'
import { painting } from '../frame/lend.ts'

// The light is painted beside the page, which goes on writing.
Comlink.expose(painting)
