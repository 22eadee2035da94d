/**
 * A movement of the pen: how far it goes, and whether it is lifted afterward (1) or not (0). Handwriting is a sequence of
 * movements (the stroke-3 format of Ha and Eck 2017). In model units, or in pixels where `Model` is used; y points down.
 */
export type Movement = [dx: number, dy: number, pen: number]

/** Throws a TypeError unless a movement is an array of three numbers, and a RangeError unless they are finite. */
export function checkMovement(movement: readonly number[]): void {
  // By index, so that the holes of `new Array(3)` are found and nothing is allocated.
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
