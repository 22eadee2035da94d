import { join, sep } from 'node:path'
import { watch } from 'chokidar'

const QUIET = 80 // ms without changes that end a burst: an editor saves a file in several steps

export interface WatchOptions {
  /** called once after each burst of changes */
  onChange(): void
  /** called with what keeps it from watching, such as too few inotify watches */
  onError(error: Error): void
}

/**
 * Watches folders of `parent` and everything below them. Uses chokidar, because on Linux the recursive `fs.watch` of
 * Node 20 to 24 loses a file that an editor saves by renaming, and a folder that was renamed.
 * @returns a function that stops watching, once all folders are being watched
 */
export async function watchFolders(
  parent: string,
  names: readonly string[],
  { onChange, onError }: WatchOptions,
): Promise<() => Promise<void>> {
  const folders = names.map((name) => join(parent, name))
  const isWatched = (path: string) =>
    path === parent || folders.some((folder) => path === folder || path.startsWith(folder + sep))
  let timer: NodeJS.Timeout | undefined
  // The parent is watched as well, to find a folder again that was moved away and comes back.
  const watcher = watch(parent, { ignoreInitial: true, ignored: (path) => !isWatched(path) })
    .on('all', () => {
      clearTimeout(timer)
      timer = setTimeout(onChange, QUIET)
    })
    .on('error', (error) => onError(error as Error))
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return () => {
    clearTimeout(timer)
    return watcher.close()
  }
}
