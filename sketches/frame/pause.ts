import { label, onPress } from './knobs.ts'

/** The button "pause" halts a sketch, and lets it go on. */
export function onPause(p: { isLooping(): boolean; loop(): void; noLoop(): void }): void {
  onPress('pause', () => {
    if (p.isLooping()) p.noLoop()
    else p.loop()
    label('pause', p.isLooping() ? 'pause' : 'go on')
  })
}
