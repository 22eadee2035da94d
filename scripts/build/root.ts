import { resolve } from 'node:path'

/** The project's own folder, wherever the command is run from. */
export const root = resolve(import.meta.dirname, '../..')
