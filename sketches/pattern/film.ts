import type { startEncodedFilm } from './encoded-film.lazy.ts'
import { startLiveFilm } from './live-film.ts'

/** A film of a canvas, frame by frame. */
export interface Film {
  /** whether the next frame can be taken */
  readonly isReady: boolean
  /** Takes the canvas as a frame. @returns seconds until the next one is due @throws if frames cannot be encoded */
  take(): number
  /** Ends the film. @returns a promise that rejects if there is no film to save */
  end(): Promise<{ file: Blob; extension: string }>
}

/** Frames per second. */
export const FRAME_RATE = 30
/** Bits per second: fine gradients need many. */
export const BITRATE = 12e6

/**
 * Starts a film of a canvas: frame by frame where the browser has a video encoder, so that no frame is dropped however
 * long it takes to paint; else a recording in real time.
 * @returns undefined where the browser can do neither
 */
export async function startFilm(canvas: HTMLCanvasElement): Promise<Film | undefined> {
  const encoded = typeof VideoEncoder === 'undefined' ? undefined : await (await loadEncoder())(canvas)
  return encoded ?? startLiveFilm(canvas)
}

/** The encoder is a script of its own, because few visitors need it. A script tag also works on file://. */
function loadEncoder(): Promise<typeof startEncodedFilm> {
  const globals = globalThis as { startEncodedFilm?: typeof startEncodedFilm }
  if (globals.startEncodedFilm) return Promise.resolve(globals.startEncodedFilm)
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = 'encoded-film.lazy.js'
    script.onload = () => resolve(globals.startEncodedFilm as typeof startEncodedFilm)
    script.onerror = () => reject(new Error(`Expected the script ${script.src}, got no answer.`))
    document.head.append(script)
  })
}
