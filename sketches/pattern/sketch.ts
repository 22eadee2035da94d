/**
 * Pattern
 * A small network is asked for the colour of every place: drag, and the picture follows your hand.
 * tags: pattern, interactive
 * try: Drag the picture, zoom into it, then press W and breed another.
 */
import p5 from 'p5'
import { addressNumber, freshSeed } from '../frame/address.ts'
import { isControl, keysForThePage, onPress } from '../frame/knobs.ts'
import { onPaletteChange, palette } from '../frame/palette.ts'
import { isPreview, previewReady, start } from '../frame/start.ts'
import { onRecipeOpened } from './files.ts'
import { freshPicture } from './fresh.ts'
import { listenToGestures } from './gestures.ts'
import { firstRecipe } from './looks.ts'
import { Motif } from './motif.ts'
import { Panel } from './panel.ts'
import { Picture } from './picture.ts'
import { addressRecipe } from './place.ts'
import { savePicture } from './saving.ts'
import { Scene } from './scene.ts'
import { dragLatent, moveView } from './view.ts'

// Knobs to play with; more are in looks.ts (what pictures may be like), walk.ts and wall.ts.
const PREVIEW = 6 // which of the first pictures hangs in the gallery
const speed = addressNumber('speed', 1, 0.1, 10) // of a walk

const sheet = document.getElementById('sketch') as HTMLElement

start(() => {
  // The recipe and its network, painted on a canvas, turned by the knobs; and the scene that is made of them.
  const motif = new Motif(addressRecipe() ?? firstRecipe(isPreview ? PREVIEW : undefined))
  const picture = new Picture(isPreview)
  const panel = new Panel(
    motif,
    (recipe) => scene.change(recipe),
    () => scene.again(),
  )
  const scene = new Scene(motif, picture, panel)
  let colors = palette()

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('An abstract pattern that fills the window: a network answers every place with a colour.')
      scene.again()
      setTimeout(() => picture.introduce()) // once the page has told that it started
      if (isPreview) scene.walk()
    }

    p.draw = () => {
      const isRound = scene.step((speed * p.deltaTime) / 1000)
      scene.draw(p.drawingContext as CanvasRenderingContext2D, colors)
      sheet.toggleAttribute('data-fine', scene.isFine) // for those who wait for it
      if (isPreview && isRound) previewReady()
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      scene.again()
    }
  }, sheet)

  listenToGestures(sheet, {
    onDrag(dx, dy) {
      if (!scene.isWall) scene.show({ ...motif.recipe, latent: dragLatent(motif.recipe, dx, dy) })
    },
    onView(dx, dy, factor, x, y) {
      if (!scene.isWall) scene.show({ ...motif.recipe, view: moveView(motif.recipe.view, { dx, dy, factor, x, y }) })
    },
    onTap(x, y) {
      scene.tap(x, y)
    },
    onHover(x, y) {
      scene.hover(x, y)
    },
  })
  onPress('restart', () => {
    const recipe = freshPicture(motif.recipe, freshSeed)
    if (scene.isWall) scene.openWall(recipe)
    else scene.show(recipe)
  })
  onPress('walk', () => scene.walkOrRest())
  onPress('film', () => scene.film(sheet.querySelector('canvas') as HTMLCanvasElement))
  onPress('wall', () => {
    if (scene.isWall) scene.closeWall()
    else scene.openWall(scene.recipe)
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur() // Enter is the wall's
  })
  onPress('whole', () => scene.show({ ...motif.recipe, view: { center: [0, 0], zoom: 1 } }))
  onPress('png', () => {
    scene.rest()
    savePicture(motif.recipe, panel.width)
  })
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') scene.closeWall()
    else if (!isControl(event.target) && scene.press(event.key)) event.preventDefault()
  })
  // The knobs are those of one picture, and they would lie on the others.
  const tune = document.getElementById('tune') as HTMLDetailsElement
  tune.addEventListener('toggle', () => tune.open && scene.closeWall())
  onRecipeOpened((recipe) => scene.show(recipe))
  onPaletteChange(() => {
    colors = palette()
    scene.again()
  })
  keysForThePage()
})
