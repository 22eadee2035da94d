exports.loopWhile = () => {
  throw new Error('numjs reads and writes no pictures here.')
}
