/**
 * Pattern
 * A small network is asked for the colour of every place: drag, and the picture follows your hand.
 * tags: pattern, interactive
 * try: Drag the picture, zoom into it, then press W and breed another.
 */
import { haveSameNetwork, latentOnLoop, networkFromRecipe, patternFromRecipe, type Recipe } from 'longhand'
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
import { cancelSaving, isSaving, savePicture } from './saving.ts'
import { moveView } from './view.ts'
import { Wall } from './wall.ts'

// Knobs to play with.
const REACH = 2.2 // how far a drag along the window's shorter side goes in latent space
const LOOP = 16 // seconds of a walk, until it is back
const RADIUS = 0.9 // of the walk
const DENSEST = 2 // pixels painted a CSS pixel, however many the screen has
const FARTHEST = 50 // in latent space

const sheet = document.getElementById('sketch') as HTMLElement

start(() => {
  let recipe = addressRecipe() ?? firstRecipe(addressText('preview') === null ? undefined : 6)
  let network = networkFromRecipe(recipe)
  let turn: number | undefined // 0…1 along the walk, while there is one
  let wall: Wall | undefined
  let film: Film | undefined
  let colors = palette()
  let due = true // something is to be painted
  const picture = new Picture(tellPainter)
  const panel = new Panel(recipe, change, resize)

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('An abstract pattern that fills the window: a network answers every place with a colour.')
      resize()
      tellPainter()
      if (picture.kind === 'cpu' && addressText('renderer') !== 'cpu')
        setTimeout(() => notice('No GPU with WebGL2 here: the processor paints, coarsely while you drag.', 8))
      else setTimeout(() => notice('Drag the picture.', 6))
    }

    p.draw = () => {
      const context = p.drawingContext as CanvasRenderingContext2D
      if (wall) {
        if (wall.paint(density()) || due) wall.draw(context, colors)
        due = false
        return
      }
      if (turn !== undefined) walk(p.deltaTime / 1000)
      if (due) {
        const latent = turn === undefined ? recipe.latent : latentOnLoop(recipe.latent, turn, RADIUS)
        picture.draw(patternFromRecipe({ ...recipe, latent }, network))
      }
      due = false
      if (!picture.changed) return
      p.background(colors.paper)
      picture.show(context)
      if (addressText('preview') !== null && picture.done) previewReady()
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      resize()
    }

    onPress('film', () => {
      if (film) return endFilm()
      film = Film.begin(sheet.querySelector('canvas') as HTMLCanvasElement)
      if (!film) return
      closeWall()
      turn = 0
      tellButtons()
      notice(`Filming one round, ${LOOP} seconds. F stops it.`, 6)
    })
  }, sheet)

  /** Whatever is to be seen from now on. */
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

  function walk(seconds: number) {
    turn = (turn ?? 0) + Math.min(seconds, 0.1) / LOOP
    due = true
    if (film && turn >= 1) endFilm()
    turn %= 1
  }

  /** The walk ends where it is, so that this very picture may be kept. */
  function rest() {
    if (turn !== undefined) show({ ...recipe, latent: latentOnLoop(recipe.latent, turn, RADIUS) })
    turn = undefined
    tellButtons()
  }

  function endFilm() {
    film?.end(`longhand-pattern-${recipe.seed}`)
    film = undefined
    tellButtons()
  }

  function openWall(from: Recipe) {
    if (film) endFilm()
    rest()
    wall = new Wall(from, picture)
    due = true
    document.documentElement.dataset.wall = ''
    ;(document.getElementById('tune') as HTMLDetailsElement).open = false
    notice('Choose one, and see its children.', 7)
    tellButtons()
  }

  function closeWall() {
    if (!wall) return
    wall = undefined
    delete document.documentElement.dataset.wall
    resize()
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

  function tellPainter() {
    const line = document.getElementById('painter')
    if (line) line.textContent = picture?.kind === 'cpu' ? 'The processor paints.' : 'The GPU paints.'
  }

  function tellButtons() {
    label('walk', turn === undefined ? 'walk' : 'rest')
    label('wall', wall ? 'back' : 'breed')
    label('film', film ? 'stop' : 'film')
  }

  listenToGestures(sheet, {
    onDrag(dx, dy) {
      if (wall) return
      const reach = REACH / (Math.min(innerWidth, innerHeight) * Math.sqrt(recipe.view.zoom))
      const moved = (value: number, way: number) => Math.min(Math.max(value + way * reach, -FARTHEST), FARTHEST)
      const [z1, z2, ...others] = recipe.latent
      show({ ...recipe, latent: [moved(z1, dx), ...(z2 === undefined ? [] : [moved(z2, dy), ...others])] })
    },
    onView(dx, dy, factor, x, y) {
      if (!wall) show({ ...recipe, view: moveView(recipe.view, { dx, dy, factor, x, y }) })
    },
    onTap(x, y) {
      const chosen = wall?.find(x, y)
      if (!wall || chosen === undefined) return
      const next = wall.recipes[chosen]
      if (next === recipe) return closeWall()
      change(next)
      panel.show(recipe)
      openWall(recipe)
    },
    onHover(x, y) {
      const at = wall?.find(x, y)
      if (!wall || at === undefined || at === wall.at) return
      wall.at = at
      due = true
    },
  })
  onPress('restart', () => {
    const next = { ...recipe, seed: freshSeed() }
    if (!wall) return show(next)
    change(next)
    openWall(next)
  })
  onPress('walk', () => {
    closeWall()
    if (turn !== undefined) return rest()
    turn = 0
    tellButtons()
  })
  onPress('wall', () => (wall ? closeWall() : openWall(recipe)))
  onPress('whole', () => show({ ...recipe, view: { center: [0, 0], zoom: 1 } }))
  onPress('png', () => {
    if (isSaving()) return
    rest()
    savePicture(recipe, panel.width)
  })
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    if (isSaving()) cancelSaving()
    else closeWall()
  })
  onRecipeOpened(show)
  onPaletteChange(resize)
  keysForThePage()
})
