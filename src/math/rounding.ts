/** x + ROUNDING − ROUNDING is the integer nearest to x, of two equally near the even one, for |x| below 2⁵¹. Faster than Math.round. */
export const ROUNDING = 1.5 * 2 ** 52
