import { call, Refused } from '../host'
import { say } from '../language/language.svelte'
import { piece } from '../piece.svelte'
import type {
  BlamedGraf,
  Exported,
  FileIn,
  RedlineView,
  Replaced,
  RevisionRow,
  Side,
} from '../wire'
import { firstOld } from './ribbon'

/** How long the comparison waits while the ribbon is scrubbed. */
const SCRUB_MS = 60

/** Two states of the open piece, and what changed from the older to the newer. */
export class Comparison {
  /** Newest first. */
  revisions = $state.raw<RevisionRow[]>([])
  /** The older side's revision; none when it is a file. */
  oldId = $state<number | null>(null)
  /** The newer side's revision; none when it is the piece as it stands now. */
  newId = $state<number | null>(null)
  /** The file on the older side, if it is one. */
  file = $state.raw<FileIn | null>(null)
  view = $state.raw<RedlineView | null>(null)
  /** Why the last comparison failed; null when it did not. */
  trouble = $state<string | null>(null)
  /** Which revision gave each sentence its words; null until it was asked for. */
  blamed = $state.raw<BlamedGraf[] | null>(null)
  /** True once the revisions were asked for and came. */
  isLoaded = $state(false)

  /** The piece all this is about. */
  #pieceId: number | null = null
  #nAsked = 0
  /** The body `blamed` speaks of. */
  #blamedBody = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  /** True when there is something on both sides. */
  get isReady(): boolean {
    return this.oldId !== null || this.file !== null
  }

  /** The older side's revision, if it is one. */
  get old(): RevisionRow | null {
    return this.revisions.find((revision) => revision.id === this.oldId) ?? null
  }

  /** The newer side's revision, if it is one. */
  get new(): RevisionRow | null {
    return this.revisions.find((revision) => revision.id === this.newId) ?? null
  }

  /** Reads the revisions again, keeps the sides that are still there, and compares. */
  async load(): Promise<void> {
    const { id } = piece
    if (id === null) return
    this.#turnTo(id)
    try {
      await piece.flush()
      const revisions = await call('list_revisions', { id })
      if (id !== this.#pieceId) return
      this.revisions = revisions
    } catch (cause) {
      this.trouble = Refused.from(cause).message
      return
    }
    this.isLoaded = true
    if (this.file === null && this.old === null) this.oldId = firstOld(this.revisions)
    if (this.new === null) this.newId = null
    await this.compare()
  }

  /** Compares the two sides; an answer about other sides is dropped. */
  async compare(): Promise<void> {
    clearTimeout(this.#timer)
    const { id } = piece
    if (id === null || !this.isReady) return
    const n = ++this.#nAsked
    try {
      if (this.newId === null) await piece.flush()
      const view = await call('compare', { id, old: this.oldSide(), new: this.#newSide() })
      if (n !== this.#nAsked) return
      this.view = view
      this.trouble = null
    } catch (cause) {
      if (n === this.#nAsked) this.trouble = Refused.from(cause).message
    }
  }

  /** A draft of the correction notice between the two sides: a sentence or two for each fact that was wrong. */
  async corrections(): Promise<string[]> {
    const { id } = piece
    if (id === null || !this.isReady) return []
    if (this.newId === null) await piece.flush()
    return call('corrections', { id, old: this.oldSide(), new: this.#newSide() })
  }

  /**
   * Writes the comparison to a file: a page, or Word with tracked changes, with what is said about the piece if asked.
   * `why` lets it pass where the gate holds it back. **Errors**: the `Refused`; `conflict` where a file is there that is
   * not to be replaced, `gate` where a reason is missing.
   */
  async send(
    path: string,
    isPage: boolean,
    hasComments: boolean,
    why: string,
    isOverwrite: boolean,
  ): Promise<Exported> {
    const { id } = piece
    if (id === null || !this.isReady)
      throw new Refused('badInput', say('There is nothing to compare yet.'))
    if (this.newId === null) await piece.flush()
    const [old, other] = [this.oldSide(), this.#newSide()]
    const done = await call('write_changes', {
      order: { draftId: id, old, new: other, path, isPage, hasComments, why, isOverwrite },
    })
    if (id === piece.id) await this.load()
    return done
  }

  /** Asks which revision gave each sentence of what stands now its words. */
  async blame(): Promise<void> {
    const { id, body } = piece
    if (id === null) return
    this.#turnTo(id)
    if (body !== this.#blamedBody) this.blamed = null
    await piece.flush()
    const blamed = await call('blame', { id })
    if (id !== piece.id) return
    this.blamed = blamed
    this.#blamedBody = body
  }

  /** Compares a revision with the one before it: what it changed. The first one is compared with now. */
  pickStep(id: number): void {
    const before = this.revisions[this.#age(id) + 1]
    this.file = null
    this.oldId = before?.id ?? id
    this.newId = before === undefined ? null : id
    void this.compare()
  }

  /** Puts a revision on the older side. One not older than the newer side moves that one to now. */
  pickOld(id: number): void {
    this.file = null
    this.oldId = id
    if (this.newId !== null && this.#age(id) <= this.#age(this.newId)) this.newId = null
    this.#compareSoon()
  }

  /** Puts a revision on the newer side, or the piece as it stands now. One not newer than the older side is refused. */
  pickNew(id: number | null): void {
    if (id !== null && this.oldId !== null && this.#age(id) >= this.#age(this.oldId)) return
    this.newId = id
    this.#compareSoon()
  }

  /** One revision on (`1`, newer) or back on the older side. */
  stepOld(by: 1 | -1): void {
    const at = this.revisions.findIndex((revision) => revision.id === this.oldId)
    const revision = this.revisions[at < 0 ? 0 : at - by]
    if (revision !== undefined) this.pickOld(revision.id)
  }

  /** One revision on or back on the newer side; past the last is now. */
  stepNew(by: 1 | -1): void {
    const at = this.revisions.findIndex((revision) => revision.id === this.newId)
    if (at === 0 && by === 1) this.pickNew(null)
    else if (at < 0 && by === 1) return
    else this.pickNew(this.revisions[at - by]?.id ?? null)
  }

  /** Puts a file on the older side. */
  pickFile(file: FileIn): void {
    this.file = file
    this.oldId = null
    this.newId = null
    void this.compare()
  }

  /** The piece was changed: what stands now is compared anew, once no more comes for a moment. */
  changed(): void {
    if (this.newId === null && this.view !== null) this.#compareSoon()
  }

  /** Puts changes back to the old words, all in one revision. */
  async takeBack(changes: number[]): Promise<Replaced | null> {
    const old = this.oldSide()
    return this.#change((id) => call('take_back', { id, old, changes }))
  }

  /** Puts a whole revision back. */
  async restore(revisionId: number): Promise<Replaced | null> {
    return this.#change((id) => call('restore_revision', { id, revisionId }))
  }

  /** Keeps what stands now as a revision with a name. */
  async name(name: string): Promise<RevisionRow | null> {
    const { id } = piece
    if (id === null) return null
    await piece.flush()
    const revision = await call('name_revision', { id, name })
    await this.load()
    return revision
  }

  /** The older side as a call takes it. */
  oldSide(): Side {
    return { revisionId: this.file === null ? this.oldId : null, isNow: false, file: this.file }
  }

  /** Forgets what was known of another piece, so that nothing of it is shown with this one. */
  #turnTo(id: number): void {
    if (id === this.#pieceId) return
    clearTimeout(this.#timer)
    this.#pieceId = id
    this.#nAsked += 1
    this.revisions = []
    this.oldId = null
    this.newId = null
    this.file = null
    this.view = null
    this.trouble = null
    this.blamed = null
    this.isLoaded = false
  }

  #newSide(): Side {
    return { revisionId: this.newId, isNow: this.newId === null, file: null }
  }

  /**
   * Has the piece changed by a call, and shows it; what is listed and compared is loaded by whoever tells of it, after that.
   * **Errors**: `Refused`, also where another piece is open than the one compared here.
   */
  async #change(ask: (id: number) => Promise<Replaced>): Promise<Replaced | null> {
    if (this.#pieceId !== null && piece.id !== this.#pieceId)
      throw new Refused(
        'otherPiece',
        say('Another piece is open now. Open the one this was about, and do it there.'),
      )
    const replaced = await piece.change(ask)
    return replaced?.draft.id === piece.id ? replaced : null
  }

  #compareSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.compare(), SCRUB_MS)
  }

  /** 0 for the newest. */
  #age(id: number): number {
    return this.revisions.findIndex((revision) => revision.id === id)
  }
}
