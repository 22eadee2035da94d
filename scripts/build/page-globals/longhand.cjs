// longhand comes from the page's script tag, once for all of the page.
module.exports = globalThis.longhand
