/**
 * Hello
 * The whole thing in forty lines: a network is asked for the next movement of the pen, and the pen makes it.
 * tags: handwriting, beginners
 * try: Click for another colour and another line. Then change TEMPERATURE below.
 */
const TEMPERATURE = 0.65 // 0.1 is a careful hand, 1 a wild one
const SIZE = 8 // pixels a unit of the model; a small letter is about 2.7 units high

let x, y // where the pen is
let dx, dy, pen // its last movement; pen is 1 when it was lifted after it
let state // what the network remembers

function setup() {
  createCanvas(windowWidth, windowHeight)
  describe('Handwriting that runs across the page, line after line.')
  background('#faf7f0')
  strokeWeight(2)
  Model.set_scale_factor(SIZE)
  y = 0
  newLine()
}

function newLine() {
  x = 40
  y += 12 * SIZE
  if (y > height - 40) {
    background('#faf7f0')
    y = 12 * SIZE
  }
  stroke(random(['#1f2a44', '#d1495b', '#c98a1b', '#3d7068']))
  state = Model.random_state()
  ;[dx, dy, pen] = [0, 0, 1]
}

function draw() {
  state = Model.update([dx, dy, pen], state) // the network reads the last movement
  const lifted = pen
  ;[dx, dy, pen] = Model.sample(Model.get_pdf(state), TEMPERATURE) // and proposes the next
  if (!lifted) line(x, y, x + dx, y + dy)
  x += dx
  y += dy
  if (x > width - 60) newLine()
}

function mousePressed() {
  newLine()
}
