import { plural } from '../frame/words'
import { call } from '../host'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { type At, go, screen } from '../screen.svelte'
import { attempt, lookUp } from '../trouble.svelte'
import type { DraftRow, FileIn } from '../wire'

/** Where pieces lie. */
export type Place = 'desk' | 'archive' | 'bin'

/** How many pieces are counted at once: few enough for the first to be there at once. */
const batch = 20

/** The pieces that lie in one place, and what an editor does with them. */
class Pieces {
  place = $state<Place>('desk')
  rows = $state.raw<DraftRow[]>([])
  /** None until the first answer. */
  isRead = $state(false)
  /** True when the list could not be read and none is shown. */
  isUnread = $state(false)
  selectedId = $state<number | null>(null)
  #turn = 0
  #nReads = 0

  /** Reads the list again. */
  async read(): Promise<void> {
    const { place } = this
    const n = ++this.#nReads
    this.isUnread = false
    const rows = await lookUp(() => call('list_drafts', { place }))
    if (n !== this.#nReads || place !== this.place) return
    this.isUnread = rows === null && !this.isRead
    if (!rows) return
    this.rows = rows
    this.isRead = true
    if (!rows.some(({ id }) => id === this.selectedId)) this.selectedId = rows[0]?.id ?? null
    void this.#count()
  }

  /** Fills in how the quotes stand, a few pieces at a time from the top, until the list is read again. */
  async #count(): Promise<void> {
    const turn = ++this.#turn
    for (;;) {
      const ids = this.rows.filter(({ counts }) => counts === null).map(({ id }) => id)
      if (ids.length === 0) return
      const rows = await lookUp(() => call('count_quotes', { ids: ids.slice(0, batch) }))
      if (!rows || turn !== this.#turn) return
      const counted = new Map(rows.map((row) => [row.id, row]))
      this.rows = this.rows.map((row) => counted.get(row.id) ?? row)
    }
  }

  /** Leaves a piece that is gone for good out of the list before it is read again, so that nobody asks for it. */
  forget(id: number): void {
    this.#turn++
    this.rows = this.rows.filter((row) => row.id !== id)
  }

  /** Shows another place. */
  async show(place: Place): Promise<void> {
    this.place = place
    this.isRead = false
    await this.read()
  }

  /**
   * Opens a piece and shows it, at a place if one is given; true when it is shown. An editor who went to another screen
   * meanwhile is left there.
   */
  async open(id: number, at: At = {}): Promise<boolean> {
    return this.#show(() => piece.open(id), at)
  }

  /** A new piece, open and ready to write. */
  async create(): Promise<void> {
    const isShown = await this.#show(() => piece.openFrom(() => call('new_draft', {})))
    if (isShown) this.selectedId = piece.id
  }

  async duplicate(row: DraftRow): Promise<void> {
    await attempt(async () => {
      if (piece.id === row.id) await piece.flush()
      const copy = await call('duplicate_draft', { id: row.id })
      this.selectedId = copy.id
      toast(`${row.slug} duplicated as ${copy.slug}`, () => void this.#move(copy.id, 'bin'))
    })
    await this.read()
  }

  /** Puts a piece elsewhere, and says so with a way back. */
  async move(row: DraftRow, place: Place): Promise<void> {
    if (row.place === place) return
    const from = row.place as Place
    const isDone = await this.#move(row.id, place)
    const words = { desk: 'is on the desk again', archive: 'archived', bin: 'put in the bin' }[
      place
    ]
    if (isDone) toast(`${row.slug} ${words}`, () => void this.#move(row.id, from))
  }

  async setStatus(row: DraftRow, status: string): Promise<void> {
    const { id, slug, status: before } = row
    await attempt(async () => {
      await call('set_status', { id, status })
      if (piece.id === id) piece.fields.status = status
      toast(`${slug}: ${status}`, () => void this.setStatus({ ...row, status }, before))
    })
    await this.read()
  }

  /** Reads pieces from files; what the core found odd is handed back, a sentence each. */
  async take(files: FileIn[]): Promise<string[]> {
    const done = await attempt(() => call('import_drafts', { files, intoId: null }))
    if (!done) return []
    this.selectedId = done.draftIds[0] ?? this.selectedId
    toast(`${plural(done.draftIds.length, 'piece')} imported`)
    await this.show('desk')
    return done.warnings
  }

  async #show(opening: () => Promise<boolean>, at: At = {}): Promise<boolean> {
    const from = screen.name
    const isOpen = (await attempt(opening)) ?? false
    if (!isOpen || screen.name !== from) return false
    go('draft', at)
    return true
  }

  async #move(id: number, place: Place): Promise<boolean> {
    const at = this.rows.findIndex((row) => row.id === id)
    const row = await attempt(async () => {
      if (piece.id === id) await piece.flush()
      return call('move_draft', { id, place })
    })
    if (row && at >= 0) this.selectedId = (this.rows[at + 1] ?? this.rows[at - 1])?.id ?? null
    if (row && place === this.place) this.selectedId = id
    await this.read()
    return row !== null
  }
}

/** The one list of pieces. */
export const pieces = new Pieces()
