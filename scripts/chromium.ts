import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
]

const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']

const windowsPaths = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
]

/** Finds an installed browser of the Chromium family; the environment variable CHROMIUM_PATH takes precedence. */
export function findChromium(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.CHROMIUM_PATH) {
    if (existsSync(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
    throw new Error(`Expected a browser at CHROMIUM_PATH, got no such file: ${env.CHROMIUM_PATH}`)
  }
  const found = candidates(env, platform).find((path) => existsSync(path))
  if (found) return found
  throw new Error(
    'Expected an installed Chromium, Chrome or Edge, got none. Install one (on Debian and Ubuntu: sudo apt-get install chromium), ' +
      'or set CHROMIUM_PATH to the program.',
  )
}

function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    return [...folders('/Applications', env.HOME && join(env.HOME, 'Applications'))].flatMap((folder) =>
      macApps.map((app) => join(folder, `${app}.app/Contents/MacOS/${app}`)),
    )
  }
  if (platform === 'win32') {
    return folders(env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA).flatMap((folder) =>
      windowsPaths.map((path) => join(folder, path)),
    )
  }
  return folders(...(env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin').flatMap((folder) =>
    names.map((name) => join(folder, name)),
  )
}

function folders(...paths: (string | undefined)[]): string[] {
  return paths.filter((path): path is string => Boolean(path))
}

/** Starts a headless browser without background requests. @param more command-line switches */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Chromium has no sandbox for root, the user of most containers.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...more],
  })
}
