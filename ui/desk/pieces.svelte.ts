import { plural } from '../frame/words'
import { call } from '../host'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { attempt } from '../trouble.svelte'
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
  selectedId = $state<number | null>(null)
  #turn = 0

  /** Reads the list again. */
  async read(): Promise<void> {
    const { place } = this
    const rows = await attempt(() => call('list_drafts', { place }))
    if (!rows || place !== this.place) return
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
      const rows = await attempt(() => call('count_quotes', { ids: ids.slice(0, batch) }))
      if (!rows || turn !== this.#turn) return
      const counted = new Map(rows.map((row) => [row.id, row]))
      this.rows = this.rows.map((row) => counted.get(row.id) ?? row)
    }
  }

  /** Shows another place. */
  async show(place: Place): Promise<void> {
    this.place = place
    this.isRead = false
    await this.read()
  }

  async open(id: number): Promise<void> {
    await attempt(async () => {
      if (piece.id !== id) await piece.open(id)
      go('draft')
    })
  }

  /** A new piece, open and ready to write. */
  async create(): Promise<void> {
    await attempt(async () => {
      await piece.flush()
      piece.show(await call('new_draft', {}))
      this.selectedId = piece.id
      go('draft')
    })
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
