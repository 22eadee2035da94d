// p5 comes from the page's script tag, once for all of the page.
module.exports = globalThis.p5
