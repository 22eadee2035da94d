import { label, onPress } from './controls.ts'
import { onWeightsDropped } from './weights.ts'

/** Connects the button `pause`. Another hand, or dropped weights, resume the sketch: otherwise nobody would see them. */
export function onPause(p: { isLooping(): boolean; loop(): void; noLoop(): void }): void {
  const setRunning = (running: boolean) => {
    if (running) p.loop()
    else p.noLoop()
    label('pause', running ? 'pause' : 'resume')
  }
  onPress('pause', () => setRunning(!p.isLooping()))
  onPress('restart', () => setRunning(true))
  onWeightsDropped(() => setRunning(true))
}
