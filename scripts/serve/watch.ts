import { existsSync, type FSWatcher, watch } from 'node:fs'

/** Calls back once after a burst of changes below any of the folders; returns how to stop. */
export function watchFolders(folders: string[], changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const soon = () => {
    clearTimeout(timer)
    // an editor writes a file in several steps
    timer = setTimeout(changed, 80)
  }
  const watchers: FSWatcher[] = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => watch(folder, { recursive: true }, soon).on('error', soon))
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
