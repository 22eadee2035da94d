import type { Movement } from 'longhand'
import { frameTime } from './frame-time.ts'

const MOVEMENTS = 80 // per second, at speed 1
const LIFT = 6 // the time to lift the pen and put it down again, in movements
const FLIGHT = 0.5 // and to carry it one model unit, in movements
const LONGEST_FRAME = 0.4 // seconds

/** The rhythm of a hand: movements at even times, as in the training ink, with a pause at every pen lift. */
export class WritingPace {
  #due = 0 // movements
  #lifted = true

  /**
   * Makes the movements that are due.
   * @param seconds since the last frame, times the speed; p5's deltaTime / 1000
   * @param move makes one movement and returns how far the pen went, in model units; null ends the frame
   */
  run(seconds: number, move: () => Movement | null): void {
    const hasTime = frameTime()
    // Time lost in a background tab, or on a slow machine, is not made up for.
    this.#due = Math.min(this.#due, 1) + Math.min(seconds, LONGEST_FRAME) * MOVEMENTS
    while (this.#due > 0 && hasTime()) {
      const movement = move()
      if (!movement) return
      const [dx, dy, pen] = movement
      this.#due -= this.#lifted ? LIFT + FLIGHT * Math.hypot(dx, dy) : 1
      this.#lifted = pen === 1
    }
  }
}
