/**
 * Hello
 * A complete sketch in sixty lines: ask the network for the next movement of the pen, and make it.
 * tags: handwriting, beginners
 * try: Click for another color and another line. Then change TEMPERATURE at the top of the sketch.
 */
const TEMPERATURE = 0.65 // 0.1 is careful, 1 is wild
const SPEED = 2 // movements per frame
const WARM_UP = 50 // movements of a new hand that are not drawn: its first ones can leave the page

let size // pixels per model unit; a small letter is about 2.7 units high
let x, y // where the pen is
let dx, dy, pen // its last movement; pen is 1 if it was lifted afterward
let state // what the network remembers

function setup() {
  size = 4 + windowWidth / 240
  Model.set_scale_factor(size)
  createCanvas(windowWidth, windowHeight)
  describe('Handwriting that runs across the page, line after line.')
  background('#faf7f0')
  strokeWeight(size / 4)
  y = 2 * size
  newLine()
}

function newLine() {
  x = 10 * size
  y += 12 * size
  if (y > height - 6 * size) {
    background('#faf7f0')
    y = 14 * size
  }
  stroke(random(['#1f2a44', '#d1495b', '#edae49']))
  state = Model.random_state()
  ;[dx, dy, pen] = [0, 0, 1]
  y += warmUp()
}

/** Lets a new hand write, without drawing, until it lifts the pen. Returns how far below the middle of its line that is. */
function warmUp() {
  let below = 0
  let sum = 0
  let n = 0
  for (; n < WARM_UP || (!pen && n < 3 * WARM_UP); n++) {
    propose()
    below += dy
    sum += below
  }
  return below - sum / n
}

function draw() {
  for (let n = 0; n < SPEED; n++) move()
}

function propose() {
  state = Model.update([dx, dy, pen], state) // the network reads the last movement
  ;[dx, dy, pen] = Model.sample(Model.get_pdf(state), TEMPERATURE) // and proposes the next
}

function move() {
  const lifted = pen
  propose()
  if (!lifted) line(x, y, x + dx, y + dy)
  x += dx
  y += dy
  if (x > width - 10 * size) newLine()
}

function mousePressed() {
  newLine()
}

function windowResized() {
  const drawing = get() // a canvas loses its drawing when it is resized
  resizeCanvas(windowWidth, windowHeight)
  background('#faf7f0')
  image(drawing, 0, 0)
}
