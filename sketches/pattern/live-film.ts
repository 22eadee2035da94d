import { BITRATE, type Film, FRAME_RATE } from './film.ts'

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4']

/** Starts a film that is recorded in real time. @returns undefined where the browser cannot record */
export function startLiveFilm(canvas: HTMLCanvasElement): Film | undefined {
  const mimeType = TYPES.find((type) => typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(type))
  if (!mimeType) return undefined
  const pieces: Blob[] = []
  let recorder: MediaRecorder | undefined
  let last = 0

  /** Starts with the first frame, because a stream contains what the canvas showed when it was created. */
  const startRecorder = () => {
    const stream = canvas.captureStream(FRAME_RATE)
    recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITRATE })
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
    recorder.start(1000)
    last = performance.now()
  }

  return {
    isReady: true,
    take() {
      if (!recorder) startRecorder()
      const now = performance.now()
      const elapsed = (now - last) / 1000
      last = now
      return elapsed
    },
    async end() {
      if (!recorder) throw new Error('Expected at least one frame, got none.')
      const stopped = new Promise((resolve) => recorder?.addEventListener('stop', resolve))
      recorder.stop()
      await stopped
      for (const track of recorder.stream.getTracks()) track.stop()
      const type = recorder.mimeType.split(';')[0]
      return { file: new Blob(pieces, { type }), extension: type.endsWith('mp4') ? 'mp4' : 'webm' }
    },
  }
}
