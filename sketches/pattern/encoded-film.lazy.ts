import { BufferTarget, CanvasSource, getFirstEncodableVideoCodec, Output, Quality, WebMOutputFormat } from 'mediabunny'
import { BITRATE, type Film, FRAME_RATE } from './film.ts'

const QUALITY = new Quality({ bitrate: BITRATE })
const MAX_PENDING = 4 // frames that may wait to be encoded

/** Starts a WebM film that is encoded frame by frame. @returns undefined where the browser has no encoder for it */
export async function startEncodedFilm(canvas: HTMLCanvasElement): Promise<Film | undefined> {
  // Video codecs need even sides.
  const size = { width: canvas.width & ~1, height: canvas.height & ~1 }
  const codec = await getFirstEncodableVideoCodec(['vp9', 'vp8'], { ...size, quality: QUALITY })
  if (!codec) return undefined

  // A copy, which keeps its size when the window is resized.
  const frame = Object.assign(document.createElement('canvas'), size)
  const source = new CanvasSource(frame, { codec, quality: QUALITY, keyFrameInterval: 1 })
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() })
  output.addVideoTrack(source, { frameRate: FRAME_RATE })
  await output.start()
  let taken = 0
  let pending = 0
  let failure: Error | undefined

  return {
    get isReady() {
      return pending < MAX_PENDING
    },
    take() {
      if (failure) throw failure
      frame.getContext('2d')?.drawImage(canvas, 0, 0)
      pending++
      source
        .add(taken++ / FRAME_RATE, 1 / FRAME_RATE)
        .catch((error) => {
          failure ??= error
        })
        .finally(() => pending--)
      return 1 / FRAME_RATE
    },
    async end() {
      if (failure) throw failure
      if (taken === 0) throw new Error('Expected at least one frame, got none.')
      await output.finalize()
      return { file: new Blob([output.target.buffer as ArrayBuffer], { type: 'video/webm' }), extension: 'webm' }
    },
  }
}

Object.assign(globalThis, { startEncodedFilm })
