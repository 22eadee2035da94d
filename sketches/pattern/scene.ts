import type { Pattern, Recipe } from 'longhand'
import { label } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'
import type { Palette } from '../frame/palette.ts'
import { Film } from './film.ts'
import type { Motif } from './motif.ts'
import type { Panel } from './panel.ts'
import type { Picture } from './picture.ts'
import { writeRecipe } from './place.ts'
import { Walk } from './walk.ts'
import { Wall } from './wall.ts'

/** What is to be seen: a picture, where a walk has got to from it, or a wall of its neighbours. */
export class Scene {
  readonly #motif: Motif
  readonly #picture: Picture
  readonly #panel: Panel
  #walk: Walk | undefined
  #wall: Wall | undefined
  #isDue = true

  constructor(motif: Motif, picture: Picture, panel: Panel) {
    this.#motif = motif
    this.#picture = picture
    this.#panel = panel
  }

  /** of what is to be seen */
  get recipe(): Recipe {
    const { recipe } = this.#motif
    return this.#walk ? { ...recipe, latent: this.#walk.from(recipe.latent) } : recipe
  }

  get isWall(): boolean {
    return this.#wall !== undefined
  }

  /** Nothing is left to be painted: what is to be seen is there, as fine as it will be. */
  get isFine(): boolean {
    if (this.#isDue || this.#walk) return false
    return this.#wall ? this.#wall.done : this.#picture.done && !this.#picture.isNew
  }

  /** A walk goes on. @returns whether a round of it is complete */
  step(seconds: number): boolean {
    const isComplete = this.#walk?.step(seconds) ?? false
    if (isComplete) this.#endFilm()
    return isComplete
  }

  /** Paints what there is to paint, and draws what is new. */
  draw(context: CanvasRenderingContext2D, colors: Palette): void {
    const picture = this.#picture
    if (this.#wall) {
      if (this.#wall.paint(this.#panel.density) || this.#isDue) this.#wall.draw(context, colors)
    } else {
      if (this.#isDue || (this.#walk && picture.isFree)) picture.draw(this.#pattern)
      if (picture.isNew) picture.show(context, colors.paper)
    }
    this.#isDue = false
  }

  /** Another recipe, of what is to be seen at present. */
  change(recipe: Recipe): void {
    this.#motif.recipe = recipe
    this.#isDue = true
    writeRecipe(recipe)
  }

  /** One picture. */
  show(recipe: Recipe): void {
    this.closeWall()
    this.change(recipe)
    this.#panel.show(recipe)
  }

  /** The window, the panel or the colours have changed. */
  again(): void {
    this.#isDue = true
    const { density } = this.#panel
    if (this.#wall) this.#wall.again()
    else this.#picture.resize(Math.round(innerWidth * density), Math.round(innerHeight * density))
  }

  walk(film?: Film): void {
    this.closeWall()
    this.#walk = new Walk(film)
    this.#tellButtons()
  }

  walkOrRest(): void {
    if (this.#walk) this.rest()
    else this.walk()
  }

  /** A walk ends where it is, so that this very picture may be kept. */
  rest(): void {
    if (!this.#walk) return
    const { recipe } = this
    this.#endFilm()
    this.#walk = undefined
    this.show(recipe)
    this.#tellButtons()
  }

  /** Films a round of a walk; or ends that. */
  film(canvas: HTMLCanvasElement): void {
    if (this.#walk?.isFilmed) {
      this.#endFilm()
      return
    }
    const film = Film.begin(canvas)
    if (!film) return
    this.walk(film)
    notice(`Filming one round, ${Walk.loop} seconds. F stops it.`, 6)
  }

  openWall(recipe: Recipe): void {
    this.rest()
    this.change(recipe)
    this.#panel.show(recipe)
    this.#wall = new Wall(recipe, this.#picture)
    this.#tellButtons()
  }

  closeWall(): void {
    if (!this.#wall) return
    this.#wall.close()
    this.#wall = undefined
    this.again()
    this.#tellButtons()
  }

  /** A finger on the wall: another picture is in its middle, or the one in the middle is seen alone. */
  choose(x: number, y: number): void {
    const chosen = this.#wall?.choose(x, y)
    if (chosen === this.#motif.recipe) this.closeWall()
    else if (chosen) this.openWall(chosen)
  }

  hover(x: number, y: number): void {
    if (this.#wall?.hover(x, y)) this.#isDue = true
  }

  get #pattern(): Pattern {
    return this.#motif.pattern(this.recipe)
  }

  #endFilm(): void {
    this.#walk?.endFilm(`longhand-pattern-${this.#motif.recipe.seed}`)
    this.#tellButtons()
  }

  #tellButtons(): void {
    label('walk', this.#walk ? 'rest' : 'walk')
    label('wall', this.#wall ? 'back' : 'breed')
    label('film', this.#walk?.isFilmed ? 'stop' : 'film')
  }
}
