import type { OpView, RedlineRow, RedlineView } from '../wire'
import { layout } from './layout.svelte'
import { changesOf, rowsOf } from './rows'

/** The changes of a comparison as an editor goes through them: which are listed, and which one is selected. */
export class Walk {
  /** The cosmetic ones are listed too. */
  isCosmeticOpen = $state(false)

  #view: () => RedlineView | null
  #chosen = $state.raw<RedlineRow | null>(null)
  readonly rows = $derived.by(() => rowsOf(this.#view(), layout.order))
  /** What is walked through: every row that is seen. */
  readonly listed = $derived(
    this.isCosmeticOpen ? [...this.rows.shown, ...this.rows.cosmetic] : this.rows.shown,
  )
  /** The place of the selected row in `listed`. */
  readonly selected = $derived.by(() => {
    const at = this.#chosen === null ? -1 : this.listed.indexOf(this.#chosen)
    return at < 0 ? null : at
  })

  constructor(view: () => RedlineView | null) {
    this.#view = view
  }

  /** The selected row; none when none is, or when it is not listed any more. */
  get row(): RedlineRow | null {
    return this.selected === null ? null : (this.listed[this.selected] ?? null)
  }

  /** The op of the selected row: its place in the comparison. */
  get op(): number | null {
    return this.row?.op ?? null
  }

  /** The selected change: what is taken back. */
  get change(): number | null {
    return this.row?.change ?? null
  }

  select(at: number): void {
    this.#chosen = this.listed[at] ?? null
  }

  /** Selects what was clicked in the text: the one change, or the first of its op. */
  selectOp(op: number, change: number | null): void {
    const isIt = (row: RedlineRow): boolean =>
      change === null ? row.op === op : row.change === change
    if (this.rows.cosmetic.some(isIt) && !this.rows.shown.some(isIt)) this.isCosmeticOpen = true
    this.#chosen = this.listed.find(isIt) ?? null
  }

  /** Goes to the next row (`1`) or the one before, and no further than the ends. */
  step(by: 1 | -1): void {
    const from = this.selected ?? (by === 1 ? -1 : 0)
    if (this.listed.length > 0) {
      this.select(Math.max(0, Math.min(this.listed.length - 1, from + by)))
    }
  }

  /** Nothing is selected: there is another comparison. */
  clear(): void {
    this.#chosen = null
  }

  /** The changes of the selected row's op, each once. */
  get inGraf(): number[] {
    return this.#like((row, chosen) => row.op === chosen.op)
  }

  /** The changes of the selected row's class, each once. */
  get inClass(): number[] {
    return this.#like((row, chosen) => row.class === chosen.class)
  }

  #like(isLike: (row: RedlineRow, chosen: RedlineRow) => boolean): number[] {
    const [view, chosen] = [this.#view(), this.row]
    if (view === null || chosen === null) return []
    return changesOf(view.rows.filter((row) => isLike(row, chosen)))
  }
}

/** The sentence that moved which a change is about; none when it is about something else. */
export function carryOf(ops: readonly OpView[], change: number | null): number | null {
  if (change === null) return null
  for (const op of ops) {
    const word = op.words.find((each) => each.carry !== null && each.change === change)
    if (word !== undefined) return word.carry
  }
  return null
}
