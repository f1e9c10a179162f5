import { keep, readKept } from '../settings/kept'
import type { DraftRow } from '../wire'
import { clock } from './clock.svelte'
import { pieces } from './pieces.svelte'
import { arrange, tilesOf, columnsOf, type Filter, noFilter, type Order } from './rows'
import type { View } from './view'

/** Where it is kept, beside the window, how the desk is shown. */
const KEPT = 'stet-desk'

/** What of the pieces is shown, in which order and shape, and which one is worked on. */
class Shown {
  filter = $state<Filter>({ ...noFilter })
  order = $state<Order>({ column: 'changed', isDown: true })
  /** A board with a column for each status, in place of the table. Outlasts the window. */
  isBoard = $state(readKept(KEPT).some(([what, words]) => what === 'shape' && words === 'board'))
  /** Pieces that are chosen to be changed together; some may not be shown. */
  #chosen = $state.raw<ReadonlySet<number>>(new Set())
  /** From where a choice is drawn with the mouse. */
  #anchorId: number | null = null
  readonly rows = $derived(arrange(pieces.rows, this.filter, this.order, () => clock.now))
  readonly selected = $derived(this.rows.find(({ id }) => id === pieces.selectedId) ?? this.rows[0])
  readonly columns = $derived(columnsOf(this.rows))
  readonly isFiltered = $derived(
    Object.entries(this.filter).some(([name, asked]) => asked !== noFilter[name as keyof Filter]),
  )

  /** The chosen ones that are shown, in order. */
  readonly chosen = $derived(this.rows.filter(({ id }) => this.#chosen.has(id)))
  /** What an action is about: the chosen ones, or else the selected one. */
  readonly meant = $derived(
    this.chosen.length > 0 ? this.chosen : this.selected ? [this.selected] : [],
  )

  isChosen(id: number): boolean {
    return this.#chosen.has(id)
  }

  /** It is one of those an action is about. */
  isMeant(id: number): boolean {
    return this.chosen.length > 0 ? this.isChosen(id) : id === this.selected?.id
  }

  /** Chooses a piece, or no longer. */
  toggle({ id }: DraftRow): void {
    const others = [...this.#chosen].filter((other) => other !== id)
    this.#chosen = new Set(this.isChosen(id) ? others : [...others, id])
    this.#anchorId = id
  }

  choose(rows: DraftRow[]): void {
    this.#chosen = new Set([...this.#chosen, ...rows.map(({ id }) => id)])
  }

  chooseAll(): void {
    this.choose(this.rows)
  }

  chooseNone(): void {
    this.#chosen = new Set()
  }

  /** A click selects a piece alone, with Ctrl it chooses one more, with Shift all from the one clicked before. */
  click(row: DraftRow, { shiftKey, ctrlKey, metaKey }: MouseEvent): void {
    pieces.selectedId = row.id
    const line = this.isBoard ? this.columns.flatMap(({ rows }) => rows) : this.rows
    const from = line.findIndex(({ id }) => id === this.#anchorId)
    const to = line.findIndex(({ id }) => id === row.id)
    if (shiftKey && from >= 0) this.choose(line.slice(Math.min(from, to), Math.max(from, to) + 1))
    else if (ctrlKey || metaKey) this.toggle(row)
    else {
      this.chooseNone()
      this.#anchorId = row.id
    }
  }

  showBoard(isBoard: boolean): void {
    this.isBoard = isBoard
    keep(KEPT, { shape: isBoard ? 'board' : 'table' })
  }

  /** Filter, order and shape as they are now. */
  get view(): Omit<View, 'name'> {
    const { filter, order, isBoard } = this
    return { filter: { ...filter }, layout: { order: { ...order }, isBoard } }
  }

  /** Shows the pieces as a view has them. */
  show({ filter, layout }: View): void {
    this.filter = { ...filter }
    if (layout === null) return
    this.order = { ...layout.order }
    this.showBoard(layout.isBoard)
  }

  /** The table with the pieces of one status. */
  showStatus(status: string): void {
    this.filter.status = status
    this.showBoard(false)
  }

  /** The piece so many on in the table, or in its column of the board; the last one where there are none. */
  after(by: 1 | -1): DraftRow | undefined {
    const { selected } = this
    const own = this.columns.find(({ status }) => status === selected?.status)
    const line = this.isBoard ? tilesOf(own?.rows ?? [], selected?.id) : this.rows
    const at = line.findIndex(({ id }) => id === selected?.id)
    return line[Math.min(line.length - 1, Math.max(0, at + by))]
  }

  /** On the board: the piece at the same height in the next column to that side which has any. */
  beside(by: 1 | -1): DraftRow | undefined {
    const { selected, columns } = this
    const own = columns.findIndex(({ status }) => status === selected?.status)
    const at = columns[own]?.rows.findIndex(({ id }) => id === selected?.id) ?? 0
    const onwards = by === 1 ? columns.slice(own + 1) : columns.slice(0, Math.max(0, own)).reverse()
    const next = onwards.find(({ rows }) => rows.length > 0)
    const tiles = tilesOf(next?.rows ?? [])
    return tiles[Math.min(at, tiles.length - 1)]
  }
}

/** How the desk is shown. */
export const shown = new Shown()
