/**
 * Pattern
 * A small network computes the color of each point: drag, and the picture follows your hand.
 * tags: pattern, interactive
 * try: Drag the picture, zoom into it, then press W and breed another.
 */
import p5 from 'p5'
import { addressNumber, freshSeed } from '../frame/address.ts'
import { isControl, keysForThePage, onPress } from '../frame/controls.ts'
import { onPaletteChange, palette } from '../frame/palette.ts'
import { isPreview, previewReady, start } from '../frame/start.ts'
import { dragLatent, moveView } from './drag.ts'
import { listenToGestures } from './gestures.ts'
import { Motif } from './motif.ts'
import { newPicture } from './new-picture.ts'
import { onRecipeOpened } from './open-file.ts'
import { Panel } from './panel.ts'
import { Picture } from './picture.ts'
import { addressRecipe } from './recipe-address.ts'
import { savePicture } from './save-picture.ts'
import { Scene } from './scene.ts'
import { firstRecipe } from './styles.ts'

// Numbers to play with. There are more in styles.ts, walk.ts and relatives.ts.
const PREVIEW = 6 // index of the first picture that is shown in the gallery
const speed = addressNumber('speed', 1, 0.1, 10) // of a walk

const sheet = document.getElementById('sketch') as HTMLElement

start(() => {
  // The motif is the recipe on show, which the panel changes; the scene paints and draws it.
  const motif = new Motif(addressRecipe() ?? firstRecipe(isPreview ? PREVIEW : undefined))
  const picture = new Picture(isPreview)
  const panel = new Panel(
    motif,
    (recipe) => scene.change(recipe),
    () => scene.repaint(),
  )
  const scene = new Scene(motif, picture, panel)
  let colors = palette()

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('An abstract pattern that fills the window: a network computes the color of each point.')
      scene.repaint()
      setTimeout(() => picture.introduce()) // after the page's own start
      if (isPreview) scene.startWalk()
    }

    p.draw = () => {
      const isRound = scene.single.step((speed * p.deltaTime) / 1000)
      scene.draw(p.drawingContext as CanvasRenderingContext2D, colors)
      sheet.toggleAttribute('data-fine', scene.isFinished) // for tests, which wait for it
      if (isPreview && isRound) previewReady()
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      scene.repaint()
    }
  }, sheet)

  listenToGestures(sheet, {
    onDrag(dx, dy) {
      if (!scene.wall) scene.show({ ...motif.recipe, latent: dragLatent(motif.recipe, dx, dy) })
    },
    onView(dx, dy, factor, x, y) {
      if (!scene.wall) scene.show({ ...motif.recipe, view: moveView(motif.recipe.view, { dx, dy, factor, x, y }) })
    },
    onTap: (x, y) => scene.wall?.tap(x, y),
    onHover: (x, y) => scene.wall?.hover(x, y),
  })
  onPress('restart', () => {
    const recipe = newPicture(motif.recipe, freshSeed)
    if (scene.wall) scene.openWall(recipe)
    else scene.show(recipe)
  })
  onPress('walk', () => scene.toggleWalk())
  onPress('film', () => scene.toggleFilm(sheet.querySelector('canvas') as HTMLCanvasElement))
  onPress('wall', () => {
    if (scene.wall) scene.closeWall()
    else scene.openWall(scene.single.recipe)
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur() // the wall uses Enter
  })
  onPress('whole', () => scene.show({ ...motif.recipe, view: { center: [0, 0], zoom: 1 } }))
  onPress('png', () => {
    scene.stopWalk()
    savePicture(motif.recipe, panel.width)
  })
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') scene.closeWall()
    else if (!isControl(event.target) && scene.wall?.press(event.key)) event.preventDefault()
  })
  // The controls are for a single picture, and would cover some of the wall.
  const tune = document.getElementById('tune') as HTMLDetailsElement
  tune.addEventListener('toggle', () => tune.open && scene.closeWall())
  onRecipeOpened((recipe) => scene.show(recipe))
  onPaletteChange(() => {
    colors = palette()
    scene.repaint()
  })
  keysForThePage()
})
