/** x + ROUNDING − ROUNDING rounds x to the nearest integer, ties to even, for |x| < 2⁵¹. Faster than Math.round. */
export const ROUNDING = 1.5 * 2 ** 52
