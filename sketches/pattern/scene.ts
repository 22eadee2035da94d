import type { Pattern, Recipe } from 'longhand'
import { label } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'
import type { Palette } from '../frame/palette.ts'
import { saveBlob } from '../frame/save.ts'
import { type Film, startFilm } from './film.ts'
import type { Motif } from './motif.ts'
import type { Panel } from './panel.ts'
import type { Picture } from './picture.ts'
import { writeRecipe } from './place.ts'
import { Walk } from './walk.ts'
import { Wall } from './wall.ts'

const ARROWS: Record<string, readonly [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** What is to be seen: a picture, where a walk has got to from it, or a wall of its neighbours. */
export class Scene {
  readonly #motif: Motif
  readonly #picture: Picture
  readonly #panel: Panel
  #walk: Walk | undefined
  /** of the walk's first round */
  #film: Film | undefined
  /** the browser is being asked for a film */
  #isPreparing = false
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

  /** A walk goes on, unless it waits for a film. @returns whether a round of it is complete */
  step(seconds: number): boolean {
    return !this.#film && (this.#walk?.step(seconds) ?? false)
  }

  /** Paints what there is to paint, and draws what is new. */
  draw(context: CanvasRenderingContext2D, colors: Palette): void {
    const picture = this.#picture
    if (this.#wall) {
      if (this.#wall.paint(this.#panel.density) || this.#isDue) this.#wall.draw(context, colors)
    } else {
      const goesOn = this.#walk && picture.isFree && (this.#film?.isReady ?? true)
      if (this.#isDue || goesOn) picture.draw(this.#pattern)
      if (picture.isNew) {
        picture.show(context, colors.paper)
        this.#shoot()
      }
    }
    this.#isDue = false
  }

  /** Another recipe, of what is to be seen at present; of a wall, that is the picture in its middle, which is then alone. */
  change(recipe: Recipe): void {
    this.closeWall()
    this.#motif.recipe = recipe
    this.#isDue = true
    writeRecipe(recipe)
  }

  /** One picture. */
  show(recipe: Recipe): void {
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

  walk(): void {
    this.closeWall()
    this.#walk = new Walk()
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
    if (this.#film) this.#endFilm()
    this.#walk = undefined
    this.show(recipe)
    this.#tellButtons()
  }

  /** Films a round of a walk, beginning with what there is to see; or ends that. */
  async film(canvas: HTMLCanvasElement): Promise<void> {
    if (this.#film) {
      this.#endFilm()
      return
    }
    if (this.#isPreparing) return
    this.#isPreparing = true
    const film = await startFilm(canvas).catch(() => undefined)
    this.#isPreparing = false
    if (!film) {
      notice('This browser cannot film. Chrome, Edge and Firefox can.', 6)
      return
    }
    this.rest()
    this.#film = film
    this.#picture.isPatient = true
    this.#isDue = true
    this.walk()
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

  /** A finger on the wall. */
  tap(x: number, y: number): void {
    this.#choose(this.#wall?.find(x, y))
  }

  /** A key, of which the wall knows the arrows and Enter. @returns whether it was one of these */
  press(key: string): boolean {
    const wall = this.#wall
    if (!wall) return false
    const arrow = ARROWS[key]
    if (key === 'Enter') this.#choose(wall.recipes[wall.at])
    else if (arrow && wall.step(...arrow)) this.#isDue = true
    return key === 'Enter' || arrow !== undefined
  }

  /** Another picture is in the middle, or the one in the middle is seen alone. */
  #choose(chosen: Recipe | undefined): void {
    if (chosen === this.#motif.recipe) this.closeWall()
    else if (chosen) this.openWall(chosen)
  }

  hover(x: number, y: number): void {
    if (this.#wall?.hover(x, y)) this.#isDue = true
  }

  get #pattern(): Pattern {
    return this.#motif.pattern(this.recipe)
  }

  /** A picture is there, whole: the film takes it, and the walk goes on by as much. */
  #shoot(): void {
    if (!this.#film || !this.#walk) return
    const before = Math.ceil(this.#walk.seconds)
    try {
      if (this.#walk.step(this.#film.take())) this.#endFilm()
    } catch {
      this.#endFilm() // which tells why
    }
    const second = Math.ceil(this.#walk.seconds)
    if (this.#film && second !== before) notice(`Filming second ${second} of ${Walk.loop}. F stops it.`)
  }

  #endFilm(): void {
    const film = this.#film
    this.#film = undefined
    this.#picture.isPatient = false
    this.#tellButtons()
    film?.end().then(
      ({ file, extension }) => {
        saveBlob(file, `longhand-pattern-${this.#motif.recipe.seed}.${extension}`)
        notice('The film is saved.', 6)
      },
      (error) => notice(`The film could not be saved: ${error.message}`, 10),
    )
  }

  #tellButtons(): void {
    label('walk', this.#walk ? 'rest' : 'walk')
    label('wall', this.#wall ? 'back' : 'breed')
    label('film', this.#film ? 'stop' : 'film')
  }
}
