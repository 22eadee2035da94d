/** A place on the page: pixels, y down. */
export interface Point {
  x: number
  y: number
}

/** A pointer sample: place in CSS pixels of the element, time in milliseconds, pressure 0…1. */
export interface InkPoint extends Point {
  t: number
  pressure: number
  /** resolution of the device in pixels: 1 for a mouse on whole pixels; left out or 0, finer than matters */
  grain?: number
}
