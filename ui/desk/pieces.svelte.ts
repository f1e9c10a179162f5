import { beside } from '../draft/beside.svelte'
import { plural } from '../frame/words'
import { call } from '../host'
import { say, tell } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { type At, go, screen } from '../screen.svelte'
import { attempt, lookUp } from '../trouble.svelte'
import type { DraftRow, FileOrder, RoutingOrder } from '../wire'
import { dueWords } from './due'

/** Where pieces lie. */
export type Place = 'desk' | 'archive' | 'bin'

/** What is said of pieces beside their words; what is left out stays as it is. As in `RoutingOrder`, nothing is null. */
export type Routing = {
  [K in 'status' | 'place' | 'deadline' | 'targetWords']?: NonNullable<RoutingOrder[K]>
}

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
      const back = { ...asIs, id: copy.id, slug: copy.slug, place: 'bin' }
      toast(say('{slug} duplicated as {copy}', { slug: row.slug, copy: copy.slug }), () =>
        this.#route([back]),
      )
    })
    await this.read()
  }

  /** Puts pieces elsewhere, and says so with a way back. */
  async move(rows: DraftRow[], place: Place): Promise<void> {
    const moved = rows.filter((row) => row.place !== place)
    await this.route(moved, { place }, (name) =>
      place === 'desk'
        ? say('{name} back on the desk', { name })
        : place === 'archive'
          ? say('{name} archived', { name })
          : say('{name} put in the bin', { name }),
    )
  }

  /** Says the same of several pieces, all or none, with one way back for all; true when it is said. */
  async route(
    rows: DraftRow[],
    routing: Routing,
    told = (name: string) => `${name}: ${routingWords(routing)}`,
  ): Promise<boolean> {
    const before = rows.map((row) => orderFor(row, pick(row, routing)))
    const isDone = rows.length > 0 && (await this.#route(rows.map((row) => orderFor(row, routing))))
    const [only] = rows
    const name = rows.length === 1 && only ? only.slug : plural(rows.length, 'piece')
    if (isDone) toast(told(name), () => this.#route(before))
    return isDone
  }

  /** Takes files as pieces, all or none. **Errors**: `Refused`. */
  async take(orders: FileOrder[]): Promise<void> {
    const { draftIds } = await call('take_files', { orders })
    this.selectedId = draftIds[0] ?? this.selectedId
    toast(say('{pieces} imported', { pieces: plural(draftIds.length, 'piece') }))
    await this.show('desk')
  }

  async #show(opening: () => Promise<boolean>, at: At = {}): Promise<boolean> {
    const from = screen.name
    const isOpen = (await attempt(opening)) ?? false
    if (!isOpen || screen.name !== from) return false
    go('draft', at)
    return true
  }

  async #route(orders: RoutingOrder[]): Promise<boolean> {
    const ids = orders.map(({ id }) => id)
    const at = this.rows.findIndex(({ id }) => ids.includes(id))
    const rows = await attempt(async () => {
      if (piece.id !== null && ids.includes(piece.id)) await piece.flush()
      return call('route_drafts', { orders })
    })
    for (const row of rows ?? []) {
      piece.routed(row)
      beside.routed(row)
    }
    const isHere = rows?.some(({ place }) => place === this.place) ?? false
    // What goes leaves the choice to the piece below it, and what comes back has it.
    if (isHere)
      this.selectedId = rows?.some(({ id }) => id === this.selectedId)
        ? this.selectedId
        : (ids[0] ?? null)
    else if (rows && at >= 0) {
      const left = this.rows.filter(({ id }) => !ids.includes(id))
      this.selectedId = (left[at] ?? left.at(-1))?.id ?? null
    }
    await this.read()
    return rows !== null
  }
}

const asIs = { status: null, place: null, deadline: null, targetWords: null }

function orderFor({ id, slug }: DraftRow, routing: Routing): RoutingOrder {
  return { ...asIs, id, slug, ...routing }
}

/** What stands in a row where the routing would say something else. */
function pick(row: DraftRow, routing: Routing): Routing {
  const stands = {
    status: row.status,
    place: row.place,
    deadline: row.deadline ?? '',
    targetWords: row.targetWords ?? 0,
  }
  return Object.fromEntries(Object.entries(stands).filter(([what]) => what in routing))
}

/** `legal`, `due Tue 24 Nov 2026 14:00, 700 words`. */
function routingWords({ status, deadline, targetWords }: Routing): string {
  const due = deadline ? say('due {at}', { at: dueWords(new Date(deadline)) }) : say('no deadline')
  const target = targetWords
    ? plural(targetWords, 'word ordered', 'words ordered')
    : say('no words ordered')
  return [
    status && tell(status),
    deadline === undefined ? undefined : due,
    targetWords === undefined ? undefined : target,
  ]
    .filter((words) => words !== undefined)
    .join(', ')
}

/** The one list of pieces. */
export const pieces = new Pieces()
