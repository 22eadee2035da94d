/** A place on the paper: pixels, y down. */
export interface Point {
  x: number
  y: number
}

/** A place where the pen was seen: CSS pixels of the element that it writes on, milliseconds, pressure 0…1. */
export interface InkPoint extends Point {
  t: number
  pressure: number
  /** as finely as the device knows the place, pixels: 1 for a mouse on whole pixels; left out or 0, finer than matters */
  grain?: number
}
