import { saveBlob } from '../frame/save.ts'
import { type Shot, webm } from './webm.ts'

/** A film of what stands on a canvas, picture by picture. */
export interface Film {
  /** The next picture may be taken. */
  readonly isReady: boolean
  /** Takes the canvas as it is; throws if that cannot be. @returns seconds after which the next picture is due */
  take(): number
  /** The end: the film is saved, or the promise rejected. @param name without extension */
  end(name: string): Promise<void>
}

const RATE = 30 // pictures a second
const BITS = 12e6 // a second: fine gradients need them
const WAITING = 4 // pictures that may wait to be compressed
const CODECS = [
  ['vp09.00.51.08', 'V_VP9'],
  ['vp8', 'V_VP8'],
] as const
const NOTHING = 'Expected at least one frame, got none.'
const LIVE = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4']

/**
 * A film that waits for every picture, however long it is painted, where the browser compresses pictures for pages; else one
 * of the canvas as time goes by.
 * @returns nothing where the browser cannot film
 */
export async function beginFilm(canvas: HTMLCanvasElement): Promise<Film | undefined> {
  const width = canvas.width & ~1 // the codecs have colour for every other pixel
  const height = canvas.height & ~1
  const size = { width, height, framerate: RATE, bitrate: BITS }
  for (const [codec, name] of typeof VideoEncoder === 'undefined' ? [] : CODECS) {
    const { supported } = await VideoEncoder.isConfigSupported({ codec, ...size }).catch(() => ({ supported: false }))
    if (supported) return new FilmOfPictures(canvas, { codec, ...size }, name)
  }
  const type = LIVE.find((type) => typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(type))
  return type ? new LiveFilm(canvas, type) : undefined
}

class FilmOfPictures implements Film {
  readonly #source: HTMLCanvasElement
  /** of the film's size, whatever becomes of the window's */
  readonly #canvas = document.createElement('canvas')
  readonly #shots: Shot[] = []
  readonly #encoder: VideoEncoder
  readonly #name: string
  #taken = 0
  #failure: DOMException | undefined

  constructor(source: HTMLCanvasElement, config: VideoEncoderConfig, name: string) {
    this.#source = source
    this.#canvas.width = config.width
    this.#canvas.height = config.height
    this.#name = name
    this.#encoder = new VideoEncoder({
      output: (chunk) => {
        const bytes = new Uint8Array(chunk.byteLength)
        chunk.copyTo(bytes)
        this.#shots.push({ time: Math.round(chunk.timestamp / 1000), isKey: chunk.type === 'key', bytes })
      },
      error: (error) => {
        this.#failure = error
      },
    })
    this.#encoder.configure(config)
  }

  get isReady(): boolean {
    return this.#encoder.encodeQueueSize < WAITING
  }

  take(): number {
    this.#canvas.getContext('2d')?.drawImage(this.#source, 0, 0)
    const picture = new VideoFrame(this.#canvas, { timestamp: (1e6 * this.#taken) / RATE, alpha: 'discard' })
    this.#encoder.encode(picture, { keyFrame: this.#taken % RATE === 0 })
    picture.close()
    this.#taken++
    return 1 / RATE
  }

  async end(name: string): Promise<void> {
    if (this.#failure) throw this.#failure
    if (this.#taken === 0) throw new Error(NOTHING)
    await this.#encoder.flush()
    this.#encoder.close()
    const { width, height } = this.#canvas
    saveBlob(webm(this.#shots, this.#name, width, height, RATE), `${name}.webm`)
  }
}

class LiveFilm implements Film {
  readonly isReady = true
  readonly #recorder: MediaRecorder
  readonly #pieces: Blob[] = []
  #last: number | undefined

  constructor(canvas: HTMLCanvasElement, mimeType: string) {
    this.#recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType, videoBitsPerSecond: BITS })
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data))
  }

  take(): number {
    const now = performance.now()
    if (this.#last === undefined) this.#recorder.start(1000)
    const passed = (now - (this.#last ?? now)) / 1000
    this.#last = now
    return passed
  }

  async end(name: string): Promise<void> {
    if (this.#last === undefined) throw new Error(NOTHING)
    const stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve))
    this.#recorder.stop()
    await stopped
    for (const track of this.#recorder.stream.getTracks()) track.stop()
    const type = this.#recorder.mimeType.split(';')[0]
    saveBlob(new Blob(this.#pieces, { type }), `${name}.${type.endsWith('mp4') ? 'mp4' : 'webm'}`)
  }
}
