/**
 * Pattern
 * A small network is asked for the colour of every place: drag, and the picture follows your hand.
 * tags: pattern, interactive
 * try: Drag the picture, zoom into it, then press W and breed another.
 */
import { haveSameNetwork, networkFromRecipe, patternFromRecipe, type Recipe } from 'longhand'
import p5 from 'p5'
import { addressText, freshSeed } from '../frame/address.ts'
import { keysForThePage, label, onPress } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'
import { onPaletteChange, palette } from '../frame/palette.ts'
import { previewReady, start } from '../frame/start.ts'
import { onRecipeOpened } from './files.ts'
import { Film } from './film.ts'
import { listenToGestures } from './gestures.ts'
import { firstRecipe } from './looks.ts'
import { Panel } from './panel.ts'
import { Picture } from './picture.ts'
import { addressRecipe, writeRecipe } from './place.ts'
import { savePicture } from './saving.ts'
import { dragLatent, moveView } from './view.ts'
import { Walk } from './walk.ts'
import { Wall } from './wall.ts'

// Knobs to play with.
const DENSEST = 2 // pixels painted a CSS pixel, however many the screen has
const PREVIEW = 6 // which of the first pictures hangs in the gallery

const sheet = document.getElementById('sketch') as HTMLElement

start(() => {
  let recipe = addressRecipe() ?? firstRecipe(addressText('preview') === null ? undefined : PREVIEW)
  let network = networkFromRecipe(recipe)
  let walk: Walk | undefined
  let wall: Wall | undefined
  let film: Film | undefined
  let colors = palette()
  let due = true // something is to be painted
  const picture = new Picture()
  const panel = new Panel(recipe, change, resize)

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('An abstract pattern that fills the window: a network answers every place with a colour.')
      resize()
      setTimeout(() => picture.introduce()) // once the page has told that it started
    }

    p.draw = () => {
      const context = p.drawingContext as CanvasRenderingContext2D
      if (walk?.step(p.deltaTime / 1000) && film) endFilm()
      if (wall && (wall.paint(density()) || due)) wall.draw(context, colors)
      else if (!wall && (due || walk)) picture.draw(patternFromRecipe(now(), network))
      due = false
      if (wall || !picture.changed) return
      p.background(colors.paper)
      picture.show(context)
      if (addressText('preview') !== null && picture.done) previewReady()
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      resize()
    }
  }, sheet)

  /** The recipe of what is to be seen. */
  function now(): Recipe {
    return walk ? { ...recipe, latent: walk.from(recipe.latent) } : recipe
  }

  function change(next: Recipe) {
    if (!haveSameNetwork(recipe, next)) network = networkFromRecipe(next)
    recipe = next
    due = true
    writeRecipe(recipe)
  }

  function show(next: Recipe) {
    closeWall()
    change(next)
    panel.show(recipe)
  }

  /** The walk ends where it is, so that this very picture may be kept. */
  function rest() {
    const next = now()
    walk = undefined
    if (next !== recipe) show(next)
    tellButtons()
  }

  function openWall(from: Recipe) {
    if (film) endFilm()
    rest()
    change(from)
    panel.show(from)
    wall = new Wall(from, picture)
    tellButtons()
  }

  function closeWall() {
    if (!wall) return
    wall.close()
    wall = undefined
    resize()
    tellButtons()
  }

  function endFilm() {
    film?.end(`longhand-pattern-${recipe.seed}`)
    film = undefined
    tellButtons()
  }

  function resize() {
    colors = palette()
    due = true
    if (wall) wall.again()
    else picture.resize(Math.round(innerWidth * density()), Math.round(innerHeight * density()))
  }

  function density() {
    return Math.min(devicePixelRatio, DENSEST) * panel.detail
  }

  function tellButtons() {
    label('walk', walk ? 'rest' : 'walk')
    label('wall', wall ? 'back' : 'breed')
    label('film', film ? 'stop' : 'film')
  }

  listenToGestures(sheet, {
    onDrag(dx, dy) {
      if (!wall) show({ ...recipe, latent: dragLatent(recipe, dx, dy) })
    },
    onView(dx, dy, factor, x, y) {
      if (!wall) show({ ...recipe, view: moveView(recipe.view, { dx, dy, factor, x, y }) })
    },
    onTap(x, y) {
      const chosen = wall?.choose(x, y)
      if (chosen === recipe) closeWall()
      else if (chosen) openWall(chosen)
    },
    onHover(x, y) {
      if (wall?.hover(x, y)) due = true
    },
  })
  onPress('restart', () => (wall ? openWall : show)({ ...recipe, seed: freshSeed() }))
  onPress('walk', () => {
    closeWall()
    if (walk) return rest()
    walk = new Walk()
    tellButtons()
  })
  onPress('film', () => {
    if (film) return endFilm()
    film = Film.begin(sheet.querySelector('canvas') as HTMLCanvasElement)
    if (!film) return
    closeWall()
    walk = new Walk()
    tellButtons()
    notice(`Filming one round, ${Walk.loop} seconds. F stops it.`, 6)
  })
  onPress('wall', () => (wall ? closeWall() : openWall(now())))
  onPress('whole', () => show({ ...recipe, view: { center: [0, 0], zoom: 1 } }))
  onPress('png', () => {
    rest()
    savePicture(recipe, panel.width)
  })
  addEventListener('keydown', ({ key }) => key === 'Escape' && closeWall())
  onRecipeOpened(show)
  onPaletteChange(resize)
  keysForThePage()
})
