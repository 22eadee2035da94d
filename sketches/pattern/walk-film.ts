import { notice } from '../frame/notice.ts'
import { saveBlob } from '../frame/save.ts'
import { type Film, startFilm } from './film.ts'
import { Walk } from './walk.ts'

let isStarting = false

/** The film of one round of a walk, while it is being made. */
export class WalkFilm {
  readonly #film: Film
  readonly #name: string
  readonly #onEnd: () => void

  /**
   * Starts a film and reports failure on the page.
   * @param name of the file, without extension
   * @param onEnd called when the film ends, complete or not
   * @returns undefined if no film was started, also because another one is about to
   */
  static async start(canvas: HTMLCanvasElement, name: string, onEnd: () => void): Promise<WalkFilm | undefined> {
    if (isStarting) return undefined
    isStarting = true
    const film = await startFilm(canvas).catch(() => undefined)
    isStarting = false
    if (!film) notice('This browser cannot record films. Chrome, Edge and Firefox can.', 6)
    return film && new WalkFilm(film, name, onEnd)
  }

  constructor(film: Film, name: string, onEnd: () => void) {
    this.#film = film
    this.#name = name
    this.#onEnd = onEnd
  }

  /** whether the next frame can be taken */
  get isReady(): boolean {
    return this.#film.isReady
  }

  /** Takes the picture on the canvas as a frame, and advances the walk to the next one. */
  take(walk: Walk): void {
    const before = Math.ceil(walk.elapsed)
    let isComplete = true
    try {
      isComplete = walk.step(this.#film.take())
    } catch {
      // `end` reports the error.
    }
    const second = Math.ceil(walk.elapsed)
    if (isComplete) this.end()
    else if (second !== before) notice(`Filming second ${second} of ${Walk.seconds}. Press F to stop.`)
  }

  /** Ends the film and saves it. */
  end(): void {
    this.#onEnd()
    this.#film.end().then(
      ({ file, extension }) => {
        saveBlob(file, `${this.#name}.${extension}`)
        notice('The film is saved.', 6)
      },
      (error) => notice(`The film could not be saved. ${error.message}`, 10),
    )
  }
}
