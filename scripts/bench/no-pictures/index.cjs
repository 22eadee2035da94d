module.exports = () => {
  throw new Error('Expected numjs without pictures, got a call that reads or writes one.')
}
