// The page loads p5 with a script tag, once for all its scripts.
module.exports = globalThis.p5
