import { plural } from '../frame/words'
import { call } from '../host'
import { indexing } from '../indexing.svelte'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt, lookUp } from '../trouble.svelte'
import type { FileIn, NoteEdit, NoteRow, NoteView } from '../wire'
import { byPerson } from './people'

/** The notes on the desk, the one that is read, and the one that is being written. */
class Notes {
  rows = $state.raw<NoteRow[]>([])
  isRead = $state(false)
  isBinShown = $state(false)
  selectedId = $state<number | null>(null)
  /** The selected note, whole; null until the answer. */
  shown = $state.raw<NoteView | null>(null)
  /** What is being written; kept when another screen is shown. */
  edit = $state<NoteEdit | null>(null)
  /** True when what is being written differs from what is kept. */
  isDirty = $state(false)
  /** True while a note is being kept. */
  isKeeping = $state(false)
  /** True while the key that unveils confidential names is held. */
  isHeld = $state(false)

  /** What is listed now: the notes on the desk, or the bin. */
  readonly listed = $derived(this.rows.filter(({ isInBin }) => isInBin === this.isBinShown))
  readonly people = $derived(byPerson(this.listed))

  async read(): Promise<void> {
    const rows = await lookUp(() => call('list_notes', {}))
    if (!rows) return
    this.rows = rows
    this.isRead = true
    if (!this.listed.some(({ id }) => id === this.selectedId))
      await this.select(this.people[0]?.notes[0]?.id ?? null)
  }

  async select(id: number | null): Promise<void> {
    this.selectedId = id
    if (this.shown?.id !== id) this.shown = null
    if (id === null) return
    const note = await lookUp(() => call('open_note', { id }))
    if (note && this.selectedId === id) this.shown = note
  }

  async showBin(isBinShown: boolean): Promise<void> {
    this.isBinShown = isBinShown
    await this.select(this.people[0]?.notes[0]?.id ?? null)
  }

  /** Begins a note; `text` is what was pasted. */
  begin(text = ''): void {
    if (this.edit && this.isDirty) return
    this.edit = {
      id: null,
      name: '',
      source: '',
      kind: 'interview',
      place: '',
      saidAt: new Date().toLocaleDateString('sv'),
      terms: 'on the record',
      termsWords: '',
      embargo: null,
      isConfidential: false,
      aliases: [],
      text,
      draftId: piece.id,
    }
    this.isDirty = text !== ''
  }

  /** Begins to change the selected note. */
  change(): void {
    if (!this.shown || this.edit) return
    this.edit = { ...this.shown, aliases: [...this.shown.aliases] }
    this.isDirty = false
  }

  /** Puts away what was being written, unsaved. */
  leave(): void {
    this.edit = null
    this.isDirty = false
  }

  /** Keeps what was being written; true when all of it was kept. What is written meanwhile stays, as more of the same note. */
  async save(): Promise<boolean> {
    const { edit } = this
    if (!edit) return true
    if (this.isKeeping) return false
    const sent = $state.snapshot(edit)
    this.isKeeping = true
    const note = await attempt(() => call('save_note', { edit: sent }))
    this.isKeeping = false
    if (!note) return false
    const isWhole = JSON.stringify($state.snapshot(edit)) === JSON.stringify(sent)
    if (this.edit === edit && isWhole) {
      this.leave()
      this.isBinShown = false
      this.selectedId = note.id
      this.shown = note
    } else if (this.edit === edit) edit.id = note.id
    await this.read()
    indexing.watch()
    void piece.recheck()
    return isWhole
  }

  /** Puts a note into the bin, or back, and says so with a way back. */
  async bin(id: number, isInBin: boolean): Promise<void> {
    const row = await this.#bin(id, isInBin)
    if (!row) return
    const name = row.isConfidential
      ? say('The note')
      : say('The note from {source}', { source: row.source })
    toast(
      isInBin
        ? say('{name} was put in the bin', { name })
        : say('{name} is back on the desk', { name }),
      async () => (await this.#bin(id, !isInBin)) !== null,
    )
  }

  async #bin(id: number, isInBin: boolean): Promise<NoteRow | null> {
    const row = await attempt(() => call('bin_note', { id, isInBin }))
    if (!row) return null
    await this.read()
    indexing.watch()
    void piece.recheck()
    return row
  }

  /** Reads notes from files; what the core found odd is handed back, a sentence each. */
  async take(files: FileIn[]): Promise<string[]> {
    const done = await attempt(() => call('import_notes', { files, draftId: piece.id }))
    if (!done) return []
    toast(say('{notes} imported', { notes: plural(done.noteIds.length, 'note') }))
    this.isBinShown = false
    await this.read()
    await this.select(done.noteIds[0] ?? this.selectedId)
    indexing.watch()
    void piece.recheck()
    return done.warnings
  }
}

/** The one list of notes. */
export const notes = new Notes()
