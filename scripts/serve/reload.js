// The development server adds this script to each page: it reloads the page after a build, or shows why a build failed.
let events
let version

/** Connects while the page is visible: a browser opens only six connections to a server, for all tabs together. */
function connectIfVisible() {
  if (document.hidden) disconnect()
  else events ??= connect()
}

function connect() {
  const source = new EventSource('/longhand-reload')
  source.addEventListener('built', ({ data }) => {
    if (version !== undefined && version !== data) location.reload()
    version = data
    overlay()?.remove()
  })
  source.addEventListener('failed', ({ data }) => {
    version = 'failed' // so that the next build reloads the page
    const box = overlay() ?? document.body.appendChild(newOverlay())
    box.textContent = JSON.parse(data)
  })
  return source
}

function disconnect() {
  events?.close()
  events = undefined
}

document.addEventListener('visibilitychange', connectIfVisible)
window.addEventListener('pageshow', connectIfVisible)
window.addEventListener('pagehide', disconnect) // a page in the back/forward cache must not keep its connection
connectIfVisible()

function overlay() {
  return document.getElementById('longhand-build-error')
}

function newOverlay() {
  const box = document.createElement('pre')
  box.id = 'longhand-build-error'
  box.setAttribute('role', 'alert')
  box.style.cssText =
    'position:fixed;z-index:9;inset:auto 1rem 1rem;max-height:60vh;overflow:auto;margin:0;padding:1rem 1.2rem;' +
    'font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap;color:#faf7f0;background:#1f2a44;border-left:6px solid #d1495b'
  return box
}
