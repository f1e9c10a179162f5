import { plural } from '../frame/words'
import { call, Refused } from '../host'
import { indexing } from '../indexing.svelte'
import { say, tell } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { keep, readKept } from '../settings/kept'
import { attempt, lookUp, trouble } from '../trouble.svelte'
import type {
  FileIn,
  NoteEdit,
  NoteRow,
  NoteView,
  RedactedView,
  SoundFile,
  SourceView,
} from '../wire'
import { byPerson, byPiece } from './groups'
import { player } from './player.svelte'

/** What comes in sooner is not worth a word. */
const SLOW_MS = 500

/** By what the notes are put together. */
export type By = 'source' | 'piece'

const KEPT = 'stet-notes'

function readBy(): By {
  return readKept(KEPT).some(([what, by]) => what === 'by' && by === 'piece') ? 'piece' : 'source'
}

/** Files on their way to the notes. */
class Coming {
  /** How many were read. */
  n = $state(0)
  isStopped = $state(false)
  /** They take long enough to be told of. */
  isSlow = $state(false)
  readonly #slow = setTimeout(() => (this.isSlow = true), SLOW_MS)

  constructor(readonly all: number) {}

  end(): void {
    clearTimeout(this.#slow)
  }
}

/** The notes on the desk, the one that is read, and the one that is being written. */
class Notes {
  rows = $state.raw<NoteRow[]>([])
  isRead = $state(false)
  isBinShown = $state(false)
  selectedId = $state<number | null>(null)
  /** The selected note, whole; null until the answer. */
  shown = $state.raw<NoteView | null>(null)
  /** Instead of a note alone, its source: all they said, and where it was used. */
  isSourceShown = $state(false)
  /** The source of the selected note; null until the answer. */
  source = $state.raw<SourceView | null>(null)
  /** The selected note is shown as it may leave the desk. */
  isRedacted = $state(false)
  /** What is blanked of it; null until the answer. */
  redacted = $state.raw<RedactedView | null>(null)
  /** What is being written; kept when another screen is shown. */
  edit = $state<NoteEdit | null>(null)
  /** True when what is being written differs from what is kept. */
  isDirty = $state(false)
  /** True while a note is being kept. */
  isKeeping = $state(false)
  /** Files that are being read; null when none are. */
  coming = $state<Coming | null>(null)
  /** The box that attaches a recording to the selected note is open. */
  isAttaching = $state(false)
  /** What is to be told of the last import, a sentence each. */
  told = $state.raw<string[]>([])
  /** True while the key that unveils confidential names is held. */
  isHeld = $state(false)

  /** What is listed now: the notes on the desk, or the bin. */
  readonly listed = $derived(this.rows.filter(({ isInBin }) => isInBin === this.isBinShown))
  /** How they are put together. */
  by = $state.raw<By>(readBy())
  /** What the pieces are called, once notes are listed by piece. */
  slugs = $state.raw<ReadonlyMap<number, string>>(new Map())
  readonly groups = $derived(
    this.by === 'piece' ? byPiece(this.listed, this.slugs) : byPerson(this.listed),
  )
  /** In the order of the list. */
  readonly order = $derived(this.groups.flatMap(({ notes }) => notes))

  async read(): Promise<void> {
    const rows = await lookUp(() => call('list_notes', {}))
    if (!rows) return
    if (this.by === 'piece') await this.readSlugs()
    this.rows = rows
    this.isRead = true
    if (!this.listed.some(({ id }) => id === this.selectedId))
      await this.select(this.order[0]?.id ?? null)
    else if (this.isSourceShown && this.selectedId !== null) await this.showSource(this.selectedId)
  }

  async select(id: number | null): Promise<void> {
    this.selectedId = id
    this.leaveSource()
    if (this.shown?.id !== id) this.shown = null
    if (id === null) return
    const note = await lookUp(() => call('open_note', { id }))
    if (note && this.selectedId === id) this.shown = note
    if (this.isRedacted) await this.redact(true)
  }

  /** Shows the selected note as it may leave the desk, or as it is. */
  async redact(isRedacted: boolean): Promise<void> {
    this.isRedacted = isRedacted
    this.redacted = null
    const id = this.selectedId
    if (!isRedacted || id === null) return
    const redacted = await lookUp(() => call('redact_note', { id }))
    if (redacted && this.selectedId === id) this.redacted = redacted
  }

  /** Shows the source of a note. */
  async showSource(id: number): Promise<void> {
    if (this.selectedId !== id) await this.select(id)
    this.isSourceShown = true
    const source = await lookUp(() => call('open_source', { noteId: id }))
    if (source && this.isSourceShown && this.selectedId === id) this.source = source
  }

  /** Shows the note alone again. */
  leaveSource(): void {
    this.isSourceShown = false
    this.source = null
  }

  async showBin(isBinShown: boolean): Promise<void> {
    this.isBinShown = isBinShown
    await this.select(this.order[0]?.id ?? null)
  }

  /** Puts the notes together by who spoke or by piece. */
  groupBy(by: By): void {
    this.by = by
    keep(KEPT, { by })
    if (by === 'piece') void this.readSlugs()
  }

  async readSlugs(): Promise<void> {
    const slugs = await lookUp(async () => {
      const places = ['desk', 'archive', 'bin'].map((place) => call('list_drafts', { place }))
      return (await Promise.all(places)).flat().map(({ id, slug }) => [id, slug] as const)
    })
    if (slugs) this.slugs = new Map(slugs)
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

  /** Attaches a file that was looked at to a note, with a way back. */
  async attach(id: number, file: SoundFile): Promise<void> {
    const note = await call('attach_recording', { id, file })
    this.#showAgain(note)
    const { recording } = note
    if (recording)
      toast(say('The recording is attached'), () => this.#binRecording(recording.id, true))
  }

  /** Takes the recording off a note, with a way back. */
  async detach({ recording }: NoteView): Promise<void> {
    if (recording && (await this.#binRecording(recording.id, true)))
      toast(say('The recording is off the note; its file stays'), () =>
        this.#binRecording(recording.id, false),
      )
  }

  async #binRecording(recordingId: number, isInBin: boolean): Promise<boolean> {
    const note = await attempt(() => call('bin_recording', { recordingId, isInBin }))
    if (note) this.#showAgain(note)
    return note !== null
  }

  /** A note whose recording is another now. */
  #showAgain(note: NoteView): void {
    if (this.selectedId === note.id) this.shown = note
    if (player.note?.id === note.id) player.close()
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

  /**
   * Reads notes from files one by one, until it is stopped; what is in stays in. `told` has what the core found odd, what
   * it refused and how many files were left out.
   */
  async take(files: FileIn[]): Promise<void> {
    if (this.coming !== null) {
      toast(say('Notes are coming in already: wait for them, or stop them.'))
      return
    }
    this.told = []
    const coming = (this.coming = new Coming(files.length))
    const draftId = piece.id
    const noteIds: number[] = []
    const told: string[] = []
    const refusals: unknown[] = []
    for (const file of files) {
      if (coming.isStopped) break
      try {
        const done = await call('import_notes', { files: [file], draftId })
        noteIds.push(...done.noteIds)
        told.push(...done.warnings)
      } catch (cause) {
        refusals.push(cause)
        told.push(Refused.from(cause).message)
      }
      coming.n++
    }
    coming.end()
    this.coming = null
    const nLeft = files.length - coming.n
    const left = nLeft > 0 ? [say('{files} left out.', { files: plural(nLeft, 'file') })] : []
    if (files.length === 1 && refusals.length === 1) {
      trouble.say(refusals[0])
      return
    }
    this.told = [...new Set(told.map(tell)), ...left]
    trouble.clear()
    toast(say('{notes} imported', { notes: plural(noteIds.length, 'note') }))
    this.isBinShown = false
    await this.read()
    await this.select(noteIds[0] ?? this.selectedId)
    indexing.watch()
    void piece.recheck()
  }
}

/** The one list of notes. */
export const notes = new Notes()
