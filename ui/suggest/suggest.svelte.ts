import {
  showSuggested,
  suggestedOf,
  type Suggestion,
  suggestionAtCaret,
  suggestionsOf,
} from '../draft/suggested'
import { house } from '../frame/house.svelte'
import { plural } from '../frame/words'
import { call } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt } from '../trouble.svelte'
import type { HandedOver, SuggestedView } from '../wire'

/** Suggest mode of the open piece: what is typed is a suggestion, until it is handed over or kept. */
class SuggestMode {
  #isBusy = false

  /** Who suggests, and what; null where what is typed is the piece. */
  get view(): SuggestedView | null {
    return suggestedOf(piece.state)
  }

  /** Substance first. */
  get list(): Suggestion[] {
    return suggestionsOf(piece.state)
  }

  get atCaret(): Suggestion | undefined {
    return suggestionAtCaret(piece.state)
  }

  /** Begins, or hands over what was suggested. */
  async toggle(): Promise<void> {
    await (this.view ? this.handOver() : this.start())
  }

  /** What is typed from now on is suggested. Who suggests signs it, so they have to have said who they are. */
  async start(): Promise<void> {
    if (!house.desk?.editor) {
      house.askEditor(() => void this.start())
      return
    }
    await this.#once(async (id) => {
      await piece.flush()
      const suggesting = await call('start_suggesting', { id })
      if (id !== piece.id) return
      piece.dispatch({ effects: showSuggested.of({ suggesting, rows: [], marks: [] }) })
      toast(say('You suggest from here on: the piece itself stays as it is'))
    })
    // Outside: what cannot be looked at is told by itself, and what was done puts it away.
    if (this.view) await piece.recheck()
  }

  /** Hands the suggestions over, to be accepted or rejected; the piece is again what it was. */
  async handOver(): Promise<void> {
    const ended = await this.#stop(false)
    if (ended === null) return
    toast(
      ended.proposal
        ? say('Handed over: accept or reject it in Compare')
        : say('Nothing was suggested'),
    )
  }

  /** Makes the suggestions the piece. */
  async keep(): Promise<void> {
    const n = this.list.length
    const ended = await this.#stop(true)
    if (ended)
      toast(
        n === 0
          ? say('Nothing was suggested')
          : say('{suggestions} kept', { suggestions: plural(n, 'suggestion') }),
      )
  }

  /** Takes the one at the caret back: its words are again what they were, and undo brings the suggestion back. */
  async takeBack(): Promise<void> {
    // What was typed since may have made other changes of it.
    if (piece.suggestedBody !== piece.body) await piece.recheck()
    const { view } = this
    const change = this.atCaret?.row.change ?? null
    if (view === null || change === null || piece.suggestedBody !== piece.body) return
    const old = { revisionId: view.suggesting.baseId, isNow: false, file: null }
    await this.#once(async () => {
      await piece.change((id) => call('take_back', { id, old, changes: [change] }))
    })
  }

  async #stop(isKept: boolean): Promise<HandedOver | null> {
    let ended: HandedOver | null = null
    await this.#once(async () => {
      ended = await piece.change((id) => call('stop_suggesting', { id, isKept }))
    })
    return ended
  }

  /** Says what went wrong; one thing at a time. */
  async #once(doing: (id: number) => Promise<void>): Promise<void> {
    const { id } = piece
    if (id === null || this.#isBusy) return
    this.#isBusy = true
    await attempt(() => doing(id))
    this.#isBusy = false
  }
}

/** Suggest mode; the page has one piece open at a time. */
export const suggestMode = new SuggestMode()
