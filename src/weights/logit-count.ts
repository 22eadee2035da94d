/** Returns the number of logits of M components: eos, then pi, mu1, mu2, sigma1, sigma2, rho. */
export function logitCount(mixtures: number): number {
  return 1 + 6 * mixtures
}
