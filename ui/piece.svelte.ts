import { EditorState, type TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { bodyExtensions } from './draft/body'
import { showCheck } from './draft/marks'
import { call, Refused, setTitle } from './host'
import { indexing } from './indexing.svelte'
import { Saving } from './saving.svelte'
import type { CheckView, DraftView, TextEdit } from './wire'

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

/** How long the check waits after a change. */
const CHECK_MS = 150
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
  /** Why the last check failed; null when it did not. */
  checkTrouble = $state.raw<Refused | null>(null)
  /** The quote that is selected on Draft and Check. */
  selectedKey = $state<string | null>(null)
  readonly saving = new Saving(() => this.#save())

  /** The body with its undo history and its marks; kept while other screens are shown. */
  #state = $state.raw(EditorState.create({ extensions: bodyExtensions }))
  #body = $derived(this.#state.doc.toString())
  #view: EditorView | null = null
  #version = 0
  #nChecks = 0
  #checkTimer: ReturnType<typeof setTimeout> | undefined

  /** The body, Markdown, `\n` line ends. */
  get body(): string {
    return this.#body
  }

  /** For the editor: what it starts from. */
  get state(): EditorState {
    return this.#state
  }

  get saveState(): Saving['state'] {
    return this.saving.state
  }

  get savedAt(): string | null {
    return this.saving.savedAt
  }

  /** Opens a piece, once the one before is saved. **Errors**: `Refused`; the one before stays open. */
  async open(id: number): Promise<void> {
    await this.flush()
    this.show(await call('open_draft', { id }))
  }

  /** Shows a piece that a call has just given, with a history that starts here. */
  show(draft: DraftView): void {
    this.#take(draft)
    this.check = null
    this.selectedKey = null
    this.#set(EditorState.create({ doc: draft.body, extensions: bodyExtensions }))
    void this.recheck()
  }

  /** Shows another state of the same piece, as one change that undo takes back. */
  showChanged(draft: DraftView): void {
    this.#take(draft)
    const change = { from: 0, to: this.#state.doc.length, insert: draft.body }
    this.dispatch({ changes: draft.body === this.body ? [] : change, userEvent: 'input.restore' })
    this.saving.reset(draft.changedAt)
    void this.recheck()
  }

  /** Closes the piece without a word; whatever is unsaved must have been flushed. */
  close(): void {
    clearTimeout(this.#checkTimer)
    this.#nChecks += 1
    this.id = null
    this.check = null
    this.fields = { ...noFields }
    this.saving.reset(null)
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
    if (this.id === null) return
    const row = await call('set_status', { id: this.id, status })
    this.fields.status = row.status
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
    } finally {
      clearTimeout(slow)
    }
  }

  /** Shows a check that a call (`set_cq`, `check_again` …) has just given for `body`. */
  showCheck(check: CheckView, body: string = this.body): void {
    if (body !== this.body) return
    this.check = check
    this.checkedBody = body
    this.checkTrouble = null
    this.dispatch({ effects: showCheck.of(check) })
  }

  /** Selects a quote on every screen that lists quotes. */
  selectQuote(key: string | null): void {
    this.selectedKey = key
  }

  /** Keep mine: my words go over those saved elsewhere, which stay among the revisions. */
  async keepMine(): Promise<void> {
    if (this.id === null) return
    this.#version = (await call('open_draft', { id: this.id })).version
    await this.saving.resume()
  }

  /** Take theirs: the words saved elsewhere come in as one change that undo takes back. */
  async takeTheirs(): Promise<void> {
    if (this.id === null) return
    this.showChanged(await call('open_draft', { id: this.id }))
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
    this.moved(transaction.state, transaction.docChanged)
  }

  #set(state: EditorState): void {
    this.#state = state
    this.#view?.setState(state)
  }

  #take(draft: DraftView): void {
    const { slug, status, targetWords, hed, dek, byline, dateline } = draft
    this.id = draft.id
    this.fields = { slug, status, targetWords, hed, dek, byline, dateline }
    this.#version = draft.version
    this.saving.reset(draft.changedAt)
    setTitle(slug)
  }

  async #save(): Promise<string> {
    const { id, body } = this
    if (id === null) return ''
    const { slug, targetWords, hed, dek, byline, dateline } = this.fields
    const edit = { id, version: this.#version, slug, targetWords, hed, dek, byline, dateline, body }
    const saved = await call('save_draft', { edit })
    if (this.id !== id) return saved.savedAt
    this.#version = saved.version
    if (this.fields.slug === slug) this.fields.slug = saved.slug
    setTitle(saved.slug)
    return saved.savedAt
  }
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
