import { tick } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import { reveal } from '../parts/reveal'
import type { RedlineView } from '../wire'
import { carryOf, Walk } from './walk.svelte'

/** A text with its changes marked, as an editor goes through it: what is selected stands in sight. */
export class Sight {
  readonly walk: Walk
  /** What scrolls. */
  text = $state<HTMLElement | null>(null)
  /** The folds that are opened. */
  readonly open = new SvelteSet<number>()
  /** The formatting ops that are opened. */
  readonly openFormats = new SvelteSet<number>()
  #view: () => RedlineView | null
  /** The older end of the selected move is shown. */
  #isAtOld = false

  constructor(view: () => RedlineView | null) {
    this.#view = view
    this.walk = new Walk(view)
  }

  /** Selects a row of the list and shows it. */
  select(row: number): void {
    this.walk.select(row)
    void this.shown()
  }

  /** Goes to the next row (`1`) or the one before, and shows it. */
  step(by: 1 | -1): void {
    this.walk.step(by)
    void this.shown()
  }

  /** The selected change is brought into sight once it is drawn. */
  async shown(): Promise<void> {
    const { op } = this.walk
    if (op === null) return
    if (this.#view()?.ops[op]?.kind === 'format') this.openFormats.add(op)
    await tick()
    this.show(op)
  }

  /** Brings an op into sight; of the selected change its own words. */
  show(op: number): void {
    const graf = this.#find('op', op)
    const { change } = this.walk
    const carry = carryOf(this.#view()?.ops ?? [], change)
    const word =
      (carry === null ? null : this.#find('come', carry)) ??
      graf?.querySelector(`[data-change="${String(change)}"]`)
    reveal(this.text, word ?? graf)
    this.#isAtOld = false
  }

  /** Goes from where the selected graf or sentence stands to where it stood, and back. */
  goOver(): void {
    const { op, change, row } = this.walk
    if (op === null || row?.isMove !== true) return
    const carry = carryOf(this.#view()?.ops ?? [], change)
    const other =
      carry === null
        ? this.#find(this.#isAtOld ? 'op' : 'stood', op)
        : this.#find(this.#isAtOld ? 'come' : 'gone', carry)
    if (other === null) return
    this.#isAtOld = !this.#isAtOld
    reveal(this.text, other)
    other.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
  }

  /** Folds all again: there is another comparison. */
  fold(): void {
    this.open.clear()
    this.openFormats.clear()
  }

  #find(what: 'op' | 'stood' | 'come' | 'gone', at: number): Element | null {
    return this.text?.querySelector(`[data-${what}="${String(at)}"]`) ?? null
  }
}
