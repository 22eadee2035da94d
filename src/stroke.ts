/**
 * A movement of the pen: how far it goes, and whether it is lifted at the end. A line of handwriting is a row of them
 * (the stroke-3 format of Ha and Eck 2017). The unit is the model's, or pixels outside of it; y points down.
 */
export type Movement = [dx: number, dy: number, pen: number]

/** TypeError for what is no array of three numbers, RangeError where one of them is not finite. */
export function checkMovement(movement: readonly number[]): void {
  // `findIndex` and `from` see the holes of `new Array(3)`, which `some` and `map` skip.
  const isOther = (value: unknown) => typeof value !== 'number'
  if (!Array.isArray(movement) || movement.length !== 3 || movement.findIndex(isOther) >= 0)
    throw new TypeError(`Got movement ${describe(movement)} when expected three numbers [dx, dy, pen].`)
  if (!movement.every(Number.isFinite))
    throw new RangeError(`Got movement ${describe(movement)} when expected three finite numbers [dx, dy, pen].`)
}

function describe(value: unknown): string {
  return Array.isArray(value) ? `[${Array.from(value, String).join(', ')}]` : String(value)
}
