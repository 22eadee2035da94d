/**
 * Hello
 * The whole thing in some sixty lines: a network is asked for the next movement of the pen, and the pen makes it.
 * tags: handwriting, beginners
 * try: Click for another colour and another line. Then change TEMPERATURE below.
 */
const TEMPERATURE = 0.65 // 0.1 is a careful hand, 1 a wild one
const SPEED = 2 // movements a frame
const UNSEEN = 50 // movements of a new hand before it touches the paper: at first it reaches far, even off the page

let size // pixels a unit of the model; a small letter is about 2.7 units high
let x, y // where the pen is
let dx, dy, pen // its last movement; pen is 1 when it was lifted after it
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
  y += practise()
}

/** A new hand writes unseen up to where it lifts the pen, and says how far below the middle of its line that is. */
function practise() {
  let below = 0
  let sum = 0
  let n = 0
  for (; n < UNSEEN || (!pen && n < 3 * UNSEEN); n++) {
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
  const written = get() // a canvas loses its drawing when its size changes
  resizeCanvas(windowWidth, windowHeight)
  background('#faf7f0')
  image(written, 0, 0)
}
