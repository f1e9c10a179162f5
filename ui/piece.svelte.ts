import { EditorState, type TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { bodyExtensions } from './draft/body'
import { showCheck } from './draft/marks'
import { showMisspellings } from './draft/misspellings'
import { along, showing, type Sight, TOP } from './draft/sight'
import { showSlips } from './draft/slips'
import { type Spot, spots } from './draft/spots'
import { showSuggested, suggestedOf } from './draft/suggested'
import { showThreads } from './draft/threads'
import { call, Refused, setTitle } from './host'
import { changeBetween } from './draft/change'
import { indexing } from './indexing.svelte'
import { Saving } from './saving.svelte'
import { lookUp } from './trouble.svelte'
import type { CheckView, DraftEdit, DraftRow, DraftView, TextEdit, ThreadView } from './wire'

/** What is said about a piece beside its body. */
export type Fields = {
  slug: string
  status: string
  targetWords: number | null
  hed: string
  dek: string
  byline: string
  dateline: string
}

/** The words and fields of a piece at one moment. */
type Kept = { body: string; fields: Fields }

/** A piece as it was left for another, all of it saved: its words with their history and caret. */
export type Left = {
  id: number
  version: number
  fields: Fields
  state: EditorState
  sight: Sight | null
}

/** What a piece that stood on the page goes on from: its words with their history, and what was in sight; null for its caret. */
export type Back = { state: EditorState; sight: Sight | null }

/** How long the check waits after a change. */
const CHECK_MS = 150
/** Nothing saved for this long: a little more than the core's pause before a revision. */
const REST_MS = 31_000
/** When a check is slow. */
const SLOW_MS = 200

const noFields: Fields = {
  slug: '',
  status: 'draft',
  targetWords: null,
  hed: '',
  dek: '',
  byline: '',
  dateline: '',
}

/** The piece that is open: its text with its history, its check, and whether it is saved. */
class Piece {
  /** None while no piece is open. */
  id = $state<number | null>(null)
  fields = $state<Fields>({ ...noFields })
  /** What the core said of `checkedBody`; null before the first answer. */
  check = $state.raw<CheckView | null>(null)
  /** The body `check` speaks of. Equal to `body` except for the moment after a change. */
  checkedBody = $state.raw('')
  /** The body the slips speak of; as they move with edits, they may still be right when it is not `body`. */
  slippedBody = $state.raw('')
  /** The body the misspellings speak of, as that of the slips. */
  spelledBody = $state.raw('')
  /** The body what is suggested speaks of, as that of the slips. */
  suggestedBody = $state.raw('')
  /** Why the last check failed; null when it did not. */
  checkTrouble = $state.raw<Refused | null>(null)
  /** The quote that is selected on Draft and Check. */
  selectedKey = $state<string | null>(null)
  /** What of the body is in sight on Draft, or was when that was shown last; null for the caret. */
  sight = $state.raw<Sight | null>(TOP)
  /** True while another piece is on its way. */
  isOpening = $state(false)
  readonly saving = new Saving(() => this.#save())
  /** Asked when a piece takes the place of the one that is open, if any is; null for a history that starts here. */
  takeBack: (next: DraftView, left: Left | null) => Back | null = () => null

  /** The body with its undo history and its marks; kept while other screens are shown. */
  #state = $state.raw(EditorState.create({ extensions: bodyExtensions }))
  #body = $derived(this.#state.doc.toString())
  #view: EditorView | null = null
  #version = 0
  /** What the desk has of this piece, as far as it answered: the last save, or the piece as it was given. */
  #kept: Kept = { body: '', fields: { ...noFields } }
  /** The piece of which the core has said whether somebody suggests in it. */
  #suggestsOf: number | null = null
  #nOpened = 0
  #nTaken = 0
  #nChecks = 0
  #nThreads = 0
  #checkTimer: ReturnType<typeof setTimeout> | undefined
  #restTimer: ReturnType<typeof setTimeout> | undefined

  /** The body, Markdown, `\n` line ends. */
  get body(): string {
    return this.#body
  }

  /** For the editor: what it starts from. */
  get state(): EditorState {
    return this.#state
  }

  /** Where the editor is in the piece. */
  get spot(): Spot {
    const { anchor, head } = this.#state.selection.main
    return { anchor, head, sight: this.sight ?? TOP }
  }

  get saveState(): Saving['state'] {
    return this.saving.state
  }

  get savedAt(): string | null {
    return this.saving.savedAt
  }

  /** Opens a piece, as `openFrom` does. **Errors**: `Refused`; the one before stays open. */
  async open(id: number): Promise<boolean> {
    if (id !== this.id) return this.openFrom(() => call('open_draft', { id }))
    this.stay()
    return true
  }

  /**
   * Opens the piece a call gives, once all that was typed into the one before is saved, also what was typed while the
   * answer was on its way. False when the editor asked for another meanwhile, or stayed. **Errors**: `Refused`; the one
   * before stays open.
   */
  async openFrom(ask: () => Promise<DraftView>): Promise<boolean> {
    const turn = ++this.#nOpened
    this.isOpening = true
    try {
      await this.flush()
      if (turn !== this.#nOpened) return false
      const draft = await ask()
      await this.flush()
      if (turn !== this.#nOpened) return false
      this.show(draft)
      return true
    } finally {
      if (turn === this.#nOpened) this.isOpening = false
    }
  }

  /** Stays with the piece that is open; what is on its way is not shown when it comes. */
  stay(): void {
    this.#nOpened += 1
    this.isOpening = false
  }

  /**
   * Shows a piece that a call has just given, where the editor was in it last; its history starts here, unless it stood on
   * the page and is taken back.
   */
  show(draft: DraftView): void {
    if (this.id !== null) spots.keep(this.id, this.spot)
    const back = draft.id === this.id ? null : this.takeBack(draft, this.#left())
    const begun = back ?? begin(draft)
    this.#take(draft)
    this.check = null
    this.selectedKey = null
    this.#suggestsOf = null
    this.#set(begun.state)
    this.sight = begun.sight
    this.dispatch({ effects: showing(begun.sight, begun.state.selection.main.head) })
    void this.recheck()
  }

  /**
   * Has the core change the open piece, and shows what it made of it as one change that undo takes back; what was typed
   * meanwhile stays. Null when another piece was opened before it was asked; when one was opened since, nothing is shown.
   * **Errors**: `Refused`; nothing was changed.
   */
  async change<Reply extends { draft: DraftView }>(
    ask: (id: number) => Promise<Reply>,
  ): Promise<Reply | null> {
    const { id } = this
    await this.flush()
    if (id === null || id !== this.id) return null
    const reply = await ask(id)
    await this.saving.settle()
    if (id === this.id) this.#showChanged(reply.draft, this.#kept)
    return reply
  }

  /** Shows another state of the same piece; what differs from `base` was typed since, and is put into it. */
  #showChanged(draft: DraftView, base: Kept): void {
    const typed = changeBetween(base.body, this.body)
    const made = changeBetween(base.body, draft.body)
    const names = Object.keys(base.fields) as (keyof Fields)[]
    const filled = names.filter((name) => this.fields[name] !== base.fields[name])
    const mine = Object.fromEntries(filled.map((name) => [name, this.fields[name]]))
    this.#take(draft)
    Object.assign(this.fields, mine, { status: draft.status })
    this.dispatch({ changes: made.map(typed), userEvent: 'input.restore' })
    this.saving.reset(draft.changedAt)
    if (this.body !== draft.body || filled.length > 0) this.saving.changed()
    void this.recheck()
  }

  /** Closes the piece without a word; whatever is unsaved must have been flushed. */
  close(): void {
    clearTimeout(this.#checkTimer)
    if (this.id !== null) spots.keep(this.id, this.spot)
    this.#nChecks += 1
    this.#nTaken += 1
    this.stay()
    this.id = null
    this.check = null
    this.fields = { ...noFields }
    this.saving.reset(null)
    this.sight = TOP
    this.#set(EditorState.create({ extensions: bodyExtensions }))
    setTitle(null)
  }

  /** Changes a field; saved like the body. */
  setField<K extends Exclude<keyof Fields, 'status'>>(name: K, value: Fields[K]): void {
    if (this.id === null || this.fields[name] === value) return
    this.fields[name] = value
    this.saving.changed()
  }

  /** Sends the piece on: draft, edit, legal, ready, published or spiked. */
  async setStatus(status: string): Promise<void> {
    const { id } = this
    if (id === null) return
    const row = await call('set_status', { id, status })
    if (id === this.id) this.fields.status = row.status
  }

  /** What was said of the open piece from outside: how far it is, how long it is to be. */
  routed({ id, status, targetWords }: DraftRow): void {
    if (id !== this.id) return
    for (const fields of [this.fields, this.#kept.fields])
      Object.assign(fields, { status, targetWords })
  }

  /** Makes edits the core gave, as one change that undo takes back. Places are in `body`. */
  apply(edits: TextEdit[]): void {
    const changes = edits.map(({ at: [from, to], insert }) => ({ from, to, insert }))
    this.dispatch({ changes, userEvent: 'input.words' })
    void this.recheck()
  }

  /** Saves now. **Errors**: the `Refused` of the save. */
  flush(): Promise<void> {
    return this.saving.flush()
  }

  /** Checks now what stands in the window; an answer about older words is dropped. */
  async recheck(): Promise<void> {
    clearTimeout(this.#checkTimer)
    const { id, body } = this
    const nChecks = ++this.#nChecks
    if (id === null) return
    // One that takes long may wait for notes that somebody else brought.
    const slow = setTimeout(() => {
      indexing.watch()
    }, SLOW_MS)
    try {
      const check = await call('check_draft', { id, body })
      if (nChecks === this.#nChecks && id === this.id) this.showCheck(check, body)
    } catch (cause) {
      if (nChecks === this.#nChecks) this.checkTrouble = Refused.from(cause)
      return
    } finally {
      clearTimeout(slow)
    }
    // What fails here is told as a look that failed: the check stands.
    await lookUp(async () => {
      const slips = await call('find_slips', { body })
      if (nChecks !== this.#nChecks || id !== this.id || body !== this.body) return
      this.slippedBody = body
      this.dispatch({ effects: showSlips.of(slips) })
      const misspellings = await call('find_misspellings', { id, body })
      if (nChecks !== this.#nChecks || id !== this.id || body !== this.body) return
      this.spelledBody = body
      this.dispatch({ effects: showMisspellings.of(misspellings) })
      const nThreads = ++this.#nThreads
      const threads = await call('list_comments', { id, body })
      // Where the words changed meanwhile the check that is due asks again.
      if (nThreads === this.#nThreads && body === this.body) this.showThreads(id, body, threads)
      // Once nobody suggests in a piece, nobody does until it is said here.
      if (this.#suggestsOf === id && suggestedOf(this.#state) === null) return
      const suggested = await call('suggested', { id, body })
      if (nChecks !== this.#nChecks || id !== this.id || body !== this.body) return
      this.#suggestsOf = id
      this.suggestedBody = body
      this.dispatch({ effects: showSuggested.of(suggested) })
    })
  }

  /** Shows the check a judgement (`set_cq`, `check_again` …) gave for `body` of piece `id`; words that changed meanwhile are checked anew. */
  showJudged(id: number, check: CheckView, body: string): void {
    if (id !== this.id) return
    // A check that was asked before the judgement knows nothing of it.
    this.#nChecks += 1
    if (body === this.body) this.showCheck(check, body)
    else void this.recheck()
  }

  /** Shows a check of `body`, if that is what stands here. */
  showCheck(check: CheckView, body: string = this.body): void {
    if (body !== this.body) return
    this.check = check
    setTitle(check.title)
    this.checkedBody = body
    this.checkTrouble = null
    this.dispatch({ effects: showCheck.of(check) })
  }

  /** Shows the comments on `body` of piece `id`; where it reads otherwise by now, they are asked for again. */
  showThreads(id: number | null, body: string, threads: ThreadView[]): void {
    if (id !== this.id) return
    // Those that were asked for before know nothing of it.
    this.#nThreads += 1
    if (body === this.body) this.dispatch({ effects: showThreads.of(threads) })
    else void this.recheck()
  }

  /** Selects a quote on every screen that lists quotes. */
  selectQuote(key: string | null): void {
    this.selectedKey = key
  }

  /** Keep mine: my words go over those saved elsewhere, which stay among the revisions. */
  async keepMine(): Promise<void> {
    const { id } = this
    if (id === null) return
    const { version } = await call('open_draft', { id })
    if (id !== this.id) return
    this.#version = version
    await this.saving.resume()
  }

  /** Take theirs: the words saved elsewhere come in as one change that undo takes back. */
  async takeTheirs(): Promise<void> {
    const { id } = this
    if (id === null) return
    const mine = this.#standing()
    const draft = await call('open_draft', { id })
    if (id === this.id) this.#showChanged(draft, mine)
  }

  /** For the editor: it is shown, and every change goes through it from now on. */
  attach(view: EditorView): void {
    this.#view = view
  }

  /** For the editor: it is gone; the state stays. */
  detach(view: EditorView): void {
    if (this.#view === view) this.#view = null
  }

  /** For the editor: the text, the selection or the marks moved on. */
  moved(state: EditorState, isChanged: boolean): void {
    this.#state = state
    if (!isChanged || this.id === null) return
    this.saving.changed()
    this.#nChecks += 1
    clearTimeout(this.#checkTimer)
    this.#checkTimer = setTimeout(() => void this.recheck(), CHECK_MS)
  }

  /** Changes the body, in the editor when it is shown and behind it when not. */
  dispatch(spec: TransactionSpec): void {
    if (this.#view) {
      this.#view.dispatch(spec)
      return
    }
    const transaction = this.#state.update(spec)
    this.sight = along(this.sight, transaction.changes)
    this.moved(transaction.state, transaction.docChanged)
  }

  #set(state: EditorState): void {
    this.#state = state
    this.#view?.setState(state)
  }

  #left(): Left | null {
    const { id } = this
    if (id === null) return null
    const fields = { ...this.fields }
    return { id, version: this.#version, fields, state: this.#state, sight: this.sight }
  }

  #take(draft: DraftView): void {
    const { slug, status, targetWords, hed, dek, byline, dateline } = draft
    if (this.id !== draft.id) setTitle(null)
    this.id = draft.id
    this.fields = { slug, status, targetWords, hed, dek, byline, dateline }
    this.#version = draft.version
    this.#kept = { body: draft.body, fields: { ...this.fields } }
    this.#nTaken += 1
    this.saving.reset(draft.changedAt)
  }

  /** What is saved: the piece as it stands in the window; null while none is open. */
  get edit(): DraftEdit | null {
    const { id, body } = this
    const { slug, targetWords, hed, dek, byline, dateline } = this.fields
    return id === null
      ? null
      : { id, version: this.#version, slug, targetWords, hed, dek, byline, dateline, body }
  }

  #standing(): Kept {
    return { body: this.body, fields: { ...this.fields } }
  }

  async #save(): Promise<string> {
    const { edit } = this
    if (!edit) return ''
    const [taken, kept] = [this.#nTaken, this.#standing()]
    const saved = await call('save_draft', { edit })
    if (taken !== this.#nTaken) return saved.savedAt
    this.#version = saved.version
    if (this.fields.slug === edit.slug) this.fields.slug = kept.fields.slug = saved.slug
    // The core says what a title bar may show.
    if (saved.slug !== this.#kept.fields.slug) void this.recheck()
    this.#kept = kept
    this.#restFrom(edit.id)
    return saved.savedAt
  }

  /** Has what stands made a revision once nothing was saved for a while, so that no save has to wait for it. */
  #restFrom(id: number): void {
    clearTimeout(this.#restTimer)
    // Where it fails the next save, or the next opening, tries again.
    const settle = () => void call('settle', { id }).catch(() => undefined)
    this.#restTimer = setTimeout(settle, REST_MS)
  }
}

/** A history that starts here, where the editor was in the piece last; what was cut since is as far as it goes. */
function begin({ id, body }: DraftView): Back {
  const spot = spots.get(id)
  const end = body.length
  const within = (at: number) => Math.min(at, end)
  const selection = spot ? { anchor: within(spot.anchor), head: within(spot.head) } : { anchor: 0 }
  const state = EditorState.create({ doc: body, selection, extensions: bodyExtensions })
  return { state, sight: spot ? { ...spot.sight, at: within(spot.sight.at) } : TOP }
}

/** The open piece; the page shows one at a time. */
export const piece = new Piece()

/** Whenever the window may go away: save, and warn if something is unsaved still. `hasMore` is other unsaved text. Call what comes back to stop. */
export function guardLeaving(page: Window, hasMore: () => boolean = () => false): () => void {
  const save = () => void piece.flush().catch(() => undefined)
  const onHide = () => {
    if (page.document.visibilityState === 'hidden') save()
  }
  const onLeave = (event: BeforeUnloadEvent) => {
    if (!piece.saving.isUnsaved && !hasMore()) return
    save()
    event.preventDefault()
  }
  page.addEventListener('blur', save)
  page.addEventListener('beforeunload', onLeave)
  page.document.addEventListener('visibilitychange', onHide)
  return () => {
    page.removeEventListener('blur', save)
    page.removeEventListener('beforeunload', onLeave)
    page.document.removeEventListener('visibilitychange', onHide)
  }
}
