// The development server adds this script to each page: it reloads the page after a build, and shows why a build failed.
const events = new EventSource('/longhand-reload')
let version

events.addEventListener('built', (event) => {
  if (version !== undefined && version !== event.data) location.reload()
  version = event.data
  overlay()?.remove()
})

events.addEventListener('broken', (event) => {
  // a new version follows once the mistake is mended
  version = 'broken'
  const box = overlay() ?? document.body.appendChild(newOverlay())
  box.textContent = JSON.parse(event.data)
})

// a page that waits in the background must not hold one of the few connections a browser has
window.addEventListener('pagehide', () => events.close())

function overlay() {
  return document.getElementById('longhand-broken')
}

function newOverlay() {
  const box = document.createElement('pre')
  box.id = 'longhand-broken'
  box.setAttribute('role', 'alert')
  box.style.cssText =
    'position:fixed;z-index:9;inset:auto 1rem 1rem;max-height:60vh;overflow:auto;margin:0;padding:1rem 1.2rem;' +
    'font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap;color:#faf7f0;background:#1f2a44;border-left:6px solid #d1495b'
  return box
}
