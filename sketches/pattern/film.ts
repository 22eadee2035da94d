import { notice } from '../frame/notice.ts'
import { saveBlob } from '../frame/save.ts'

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4']
const RATE = 30 // frames a second
const BITS = 12e6 // a second: fine gradients need them

/** A film of what a canvas shows, from now on. */
export class Film {
  readonly #recorder: MediaRecorder
  readonly #pieces: Blob[] = []

  /** @returns nothing where the browser cannot film */
  static begin(canvas: HTMLCanvasElement): Film | undefined {
    const type = TYPES.find((type) => typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(type))
    if (!type || !canvas.captureStream) {
      notice('This browser cannot film. Chrome, Edge and Firefox can.', 6)
      return undefined
    }
    return new Film(new MediaRecorder(canvas.captureStream(RATE), { mimeType: type, videoBitsPerSecond: BITS }))
  }

  private constructor(recorder: MediaRecorder) {
    this.#recorder = recorder
    recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data))
    recorder.start(1000)
  }

  /** The end: the film is saved. @param name without extension */
  end(name: string): void {
    this.#recorder.addEventListener('stop', () => {
      const type = this.#recorder.mimeType.split(';')[0]
      saveBlob(new Blob(this.#pieces, { type }), `${name}.${type.endsWith('mp4') ? 'mp4' : 'webm'}`)
      for (const track of this.#recorder.stream.getTracks()) track.stop()
    })
    this.#recorder.stop()
  }
}
