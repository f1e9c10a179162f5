import { call, Refused } from '../host'
import { piece } from '../piece.svelte'
import type { MergeView, Replaced, Side } from '../wire'
import { choicesFor, decidedOf, type Choice } from './merge'

/** What two people made of the open piece, and what an editor decides about it. */
export class Merging {
  base = $state.raw<Side | null>(null)
  ours = $state.raw<Side | null>(null)
  theirs = $state.raw<Side | null>(null)
  view = $state.raw<MergeView | null>(null)
  /** Why the last merge failed; null when it did not. */
  trouble = $state<string | null>(null)
  /** What was chosen for each conflict, in order; null where nothing was yet. */
  choices = $state<(Choice | null)[]>([])
  /** The selected stretch: its place among the stretches. */
  selected = $state<number | null>(null)

  /** The places of what somebody changed, in order. */
  readonly changed = $derived(
    (this.view?.stretches ?? []).flatMap((stretch, at) => (stretch.by === 'nobody' ? [] : [at])),
  )
  /** The places of the conflicts, in order. */
  readonly conflicts = $derived(
    (this.view?.stretches ?? []).flatMap((stretch, at) => (stretch.by === 'conflict' ? [at] : [])),
  )
  readonly nOpen = $derived(this.choices.filter((choice) => choice === null).length)

  #nAsked = 0

  /** Merges the three sides once all are chosen; what was decided about words that are still in conflict stays. */
  async load(): Promise<void> {
    const { id } = piece
    const { base, ours, theirs } = this
    if (id === null || base === null || ours === null || theirs === null) return
    const n = ++this.#nAsked
    try {
      await piece.flush()
      const view = await call('merge', { id, sides: { base, ours, theirs } })
      if (n === this.#nAsked) this.#show(view)
    } catch (cause) {
      if (n === this.#nAsked) this.trouble = Refused.from(cause).message
    }
  }

  /** Goes to the next change (`1`) or the one before. */
  step(by: 1 | -1): void {
    const at = this.selected === null ? -1 : this.changed.indexOf(this.selected)
    const next = at < 0 ? 0 : Math.max(0, Math.min(this.changed.length - 1, at + by))
    this.selected = this.changed[next] ?? null
  }

  /** Decides a conflict, and goes on to the next one that is open. */
  choose(number: number, choice: Choice): void {
    const at = this.conflicts[number]
    if (at === undefined) return
    this.choices[number] = choice
    const open = (from: number): number => this.choices.indexOf(null, from)
    const next = open(number) < 0 ? open(0) : open(number)
    this.selected = next < 0 ? at : (this.conflicts[next] ?? at)
  }

  /** The number of the selected conflict; none when something else is selected. */
  get conflict(): number | null {
    const number = this.selected === null ? -1 : this.conflicts.indexOf(this.selected)
    return number < 0 ? null : number
  }

  /** Makes the merge what stands on the desk. **Errors**: `Refused`; nothing was taken. */
  async take(): Promise<Replaced | null> {
    const { base, ours, theirs, view } = this
    if (base === null || ours === null || theirs === null || view === null) return null
    const choices = this.choices.filter((choice) => choice !== null)
    const sides = { base, ours, theirs }
    return piece.change((id) => call('take_merge', { id, sides, version: view.version, choices }))
  }

  #show(view: MergeView): void {
    const decided = decidedOf(this.view?.stretches ?? [], this.choices)
    this.view = view
    this.trouble = null
    this.choices = choicesFor(view.stretches, decided)
    this.selected = null
  }
}
