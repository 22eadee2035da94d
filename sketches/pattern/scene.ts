import type { Recipe } from 'longhand'
import { label } from '../frame/controls.ts'
import type { Palette } from '../frame/palette.ts'
import type { Motif } from './motif.ts'
import type { Panel } from './panel.ts'
import type { Picture } from './picture.ts'
import { writeRecipe } from './recipe-address.ts'
import { WalkFilm } from './walk-film.ts'
import { WalkingPicture } from './walking-picture.ts'
import { Wall } from './wall.ts'

/** What the page shows: a picture, still or walking, or a wall of its relatives. */
export class Scene {
  readonly #motif: Motif
  readonly #picture: Picture
  readonly #panel: Panel
  readonly single: WalkingPicture
  #wall: Wall | undefined

  constructor(motif: Motif, picture: Picture, panel: Panel) {
    this.#motif = motif
    this.#picture = picture
    this.#panel = panel
    this.single = new WalkingPicture(motif, picture)
  }

  get wall(): Wall | undefined {
    return this.#wall
  }

  /** whether everything on show is painted exactly */
  get isFinished(): boolean {
    if (this.single.needsPainting) return false
    return this.#wall ? this.#wall.done && !this.#wall.needsDrawing : this.single.isFinished
  }

  /** Paints and draws what has changed. */
  draw(context: CanvasRenderingContext2D, colors: Palette): void {
    if (this.#wall) this.#wall.draw(context, colors, this.#panel.density)
    else this.single.draw(context, colors)
  }

  /** Changes the recipe, and shows its picture alone. */
  change(recipe: Recipe): void {
    this.closeWall()
    this.#motif.recipe = recipe
    this.single.needsPainting = true
    writeRecipe(recipe)
  }

  /** Changes the recipe and the controls. */
  show(recipe: Recipe): void {
    this.change(recipe)
    this.#panel.show(recipe)
  }

  /** Paints again, because the window, the panel or the colors have changed. */
  repaint(): void {
    if (this.#wall) this.#wall.repaint()
    else this.single.resize(this.#panel.density)
  }

  startWalk(film?: WalkFilm): void {
    this.closeWall()
    this.single.start(film)
    this.#labelButtons()
  }

  /** Stops a walk and its film, and keeps the picture on show. */
  stopWalk(): void {
    if (!this.single.isWalking) return
    this.show(this.single.stop())
    this.#labelButtons()
  }

  toggleWalk(): void {
    if (this.single.isWalking) this.stopWalk()
    else this.startWalk()
  }

  /** Films a round of a walk from the picture on show, or ends the film. */
  async toggleFilm(canvas: HTMLCanvasElement): Promise<void> {
    if (this.single.film) return this.single.film.end()
    const film = await WalkFilm.start(canvas, `longhand-pattern-${this.#motif.recipe.seed}`, () => {
      this.single.endFilm()
      this.#labelButtons()
    })
    if (!film) return
    this.stopWalk()
    this.startWalk(film)
  }

  openWall(recipe: Recipe): void {
    this.stopWalk()
    this.show(recipe)
    this.single.needsPainting = false // the wall is painted instead
    this.#wall = new Wall(recipe, this.#picture, (chosen) => this.#choose(chosen))
    this.#labelButtons()
  }

  closeWall(): void {
    if (!this.#wall) return
    this.#wall.close()
    this.#wall = undefined
    this.repaint()
    this.#labelButtons()
  }

  /** Breeds from a picture of the wall; the one in the center is shown alone. */
  #choose(recipe: Recipe): void {
    if (recipe === this.#motif.recipe) this.closeWall()
    else this.openWall(recipe)
  }

  #labelButtons(): void {
    label('walk', this.single.isWalking ? 'stop' : 'walk')
    label('wall', this.#wall ? 'back' : 'breed')
    label('film', this.single.film ? 'stop' : 'film')
  }
}
