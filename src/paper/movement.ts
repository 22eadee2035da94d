/**
 * A movement of the pen: how far it goes, and whether it is lifted at the end. A line of handwriting is a row of them
 * (the stroke-3 format of Ha and Eck 2017). The unit is the model's, or pixels outside of it; y points down.
 */
export type Movement = [dx: number, dy: number, pen: number]

/** TypeError for what is no array of three numbers, RangeError where one of them is not finite. */
export function checkMovement(movement: readonly number[]): void {
  // Every number is asked for by its index, so that the holes of `new Array(3)` are seen, and nothing is made on the way.
  if (!Array.isArray(movement) || movement.length !== 3 || !areNumbers(movement))
    throw new TypeError(`Expected a movement [dx, dy, pen] of three numbers, got ${describe(movement)}.`)
  if (!(Number.isFinite(movement[0]) && Number.isFinite(movement[1]) && Number.isFinite(movement[2])))
    throw new RangeError(`Expected a movement [dx, dy, pen] of three finite numbers, got ${describe(movement)}.`)
}

function areNumbers(movement: readonly unknown[]): boolean {
  return typeof movement[0] === 'number' && typeof movement[1] === 'number' && typeof movement[2] === 'number'
}

function describe(value: unknown): string {
  return Array.isArray(value) ? `[${Array.from(value, String).join(', ')}]` : String(value)
}
