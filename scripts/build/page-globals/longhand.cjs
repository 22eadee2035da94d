// The page loads longhand with a script tag, once for all its scripts.
module.exports = globalThis.longhand
