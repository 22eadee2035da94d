import type { Movement } from 'longhand'
import { frameTime } from './frame-time.ts'

const MOVEMENTS = 80 // a second, at speed 1
const LIFT = 6 // how many movements' time it takes to lift the pen and set it down
const FLIGHT = 0.5 // and to carry it a model unit further

/** The rhythm of a hand: movements even in time, as in the ink that the network learnt from, and a pause at every lift. */
export class Pace {
  #due = 0
  #lifted = true

  /**
   * Lets as many movements happen as are due after some time.
   * @param seconds since the last frame, times the speed; p5's deltaTime / 1000
   * @param move makes one movement, and gives back how far the hand went, in model units; null ends the frame
   */
  run(seconds: number, move: () => Movement | null): void {
    const inTime = frameTime()
    // After a rest in another tab no time is to be made up for, nor on a machine that cannot keep pace.
    this.#due = Math.min(this.#due, 1) + Math.min(seconds, 0.4) * MOVEMENTS
    while (this.#due > 0 && inTime()) {
      const movement = move()
      if (!movement) return
      const [dx, dy, pen] = movement
      this.#due -= this.#lifted ? LIFT + FLIGHT * Math.hypot(dx, dy) : 1
      this.#lifted = pen === 1
    }
  }
}
