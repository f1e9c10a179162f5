import { plural } from '../frame/words'
import { say, tell } from '../language/language.svelte'
import { toast, type Undo } from '../parts/toasts.svelte'
import { attempt } from '../trouble.svelte'
import { whileUnchanged } from '../undoing'
import type { Replaced } from '../wire'
import type { Comparison } from './comparison.svelte'
import type { Sight } from './sight.svelte'

/** Puts changes back to the old words, each time as one revision that can be undone. */
export class TakeBack {
  #comparison: Comparison
  #sight: Sight
  #isBusy = false

  constructor(comparison: Comparison, sight: Sight) {
    this.#comparison = comparison
    this.#sight = sight
  }

  /** Only what stands now can be changed. */
  get isNow(): boolean {
    return this.#comparison.newId === null
  }

  one(): void {
    const { change } = this.#sight.walk
    void this.#take(change === null ? [] : [change], say('The old words are back.'))
  }

  graf(): void {
    void this.#take(this.#sight.walk.inGraf, say('The graf is as it was.'))
  }

  class(): void {
    const { inClass, row } = this.#sight.walk
    const said = say('{changes} of the class {name} taken back.', {
      changes: plural(inClass.length, 'change'),
      name: tell(row?.class ?? ''),
    })
    void this.#take(inClass, said)
  }

  async #take(changes: number[], said: string): Promise<void> {
    if (!this.isNow || changes.length === 0 || this.#isBusy) return
    this.#isBusy = true
    const at = this.#sight.walk.selected
    const change = await attempt(() => this.#comparison.takeBack(changes))
    this.#isBusy = false
    if (change === null) return
    toast(said, putBack(this.#comparison, change))
    await this.#comparison.load()
    const { listed } = this.#sight.walk
    if (at !== null && listed.length > 0) this.#sight.select(Math.min(at, listed.length - 1))
  }
}

/** Puts back what stood before a change, as long as nothing was written since; undefined where nothing stood. */
export function putBack(comparison: Comparison, { draft, beforeId }: Replaced): Undo | undefined {
  if (beforeId === null) return undefined
  return whileUnchanged(draft, async () => {
    if ((await attempt(() => comparison.restore(beforeId))) === null) return false
    await comparison.load()
    return true
  })
}
