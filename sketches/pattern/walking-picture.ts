import type { Recipe } from 'longhand'
import type { Palette } from '../frame/palette.ts'
import type { Motif } from './motif.ts'
import type { Picture } from './picture.ts'
import { Walk } from './walk.ts'
import type { WalkFilm } from './walk-film.ts'

/** The picture that fills the window: still, or on a walk through latent space that may be filmed. */
export class WalkingPicture {
  needsPainting = true
  readonly #motif: Motif
  readonly #picture: Picture
  #walk: Walk | undefined
  #film: WalkFilm | undefined

  constructor(motif: Motif, picture: Picture) {
    this.#motif = motif
    this.#picture = picture
  }

  /** the recipe of the picture as it is now, on a walk too */
  get recipe(): Recipe {
    const { recipe } = this.#motif
    return this.#walk ? { ...recipe, latent: this.#walk.latentFrom(recipe.latent) } : recipe
  }

  get isWalking(): boolean {
    return this.#walk !== undefined
  }

  get film(): WalkFilm | undefined {
    return this.#film
  }

  /** whether the picture is still, and painted exactly */
  get isFinished(): boolean {
    return !this.#walk && this.#picture.done && !this.#picture.isNew
  }

  /** Starts a walk, and films its first round if there is a film. */
  start(film?: WalkFilm): void {
    this.#walk = new Walk()
    this.#film = film
    this.#picture.isPatient ||= film !== undefined
    this.needsPainting = true
  }

  /** Stops the walk and its film. @returns the recipe that it has reached */
  stop(): Recipe {
    const { recipe } = this
    this.#film?.end()
    this.#walk = undefined
    return recipe
  }

  /** Continues the walk without its film. */
  endFilm(): void {
    this.#film = undefined
    this.#picture.isPatient = false
  }

  /** Advances the walk, unless a film does. @returns whether a round is complete */
  step(seconds: number): boolean {
    return !this.#film && (this.#walk?.step(seconds) ?? false)
  }

  /** Paints the next step of a walk, and draws what is new. */
  draw(context: CanvasRenderingContext2D, colors: Palette): void {
    const picture = this.#picture
    const isNextStep = this.#walk && picture.isFree && (this.#film?.isReady ?? true)
    if (this.needsPainting || isNextStep) picture.draw(this.#motif.pattern(this.recipe))
    this.needsPainting = false
    if (!picture.isNew) return
    picture.show(context, colors.paper)
    if (this.#walk) this.#film?.take(this.#walk)
  }

  /** @param density painted pixels per CSS pixel */
  resize(density: number): void {
    this.#picture.resize(Math.round(innerWidth * density), Math.round(innerHeight * density))
    this.needsPainting = true
  }
}
