import { label, onPress } from './knobs.ts'
import { onWeightsDropped } from './weights.ts'

/** The button "pause" halts a sketch, and lets it go on; so does another hand that is asked for, or it would never be seen. */
export function onPause(p: { isLooping(): boolean; loop(): void; noLoop(): void }): void {
  const turn = (goesOn: boolean) => {
    if (goesOn) p.loop()
    else p.noLoop()
    label('pause', goesOn ? 'pause' : 'go on')
  }
  onPress('pause', () => turn(!p.isLooping()))
  onPress('restart', () => turn(true))
  onWeightsDropped(() => turn(true))
}
