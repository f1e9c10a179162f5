import { pieces } from '../desk/pieces.svelte'
import { call, isWindow, pickSavePath, Refused } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt } from '../trouble.svelte'
import type { DeskView, RecoveredView, RestoredView, SurveyView } from '../wire'

/** The desk as a whole: who works here, and whether it can be written. */
class House {
  desk = $state.raw<DeskView | null>(null)
  /** Why the desk cannot be opened at all. */
  refusal = $state.raw<Refused | null>(null)
  isEditorAsked = $state(false)
  /** Pieces that came back after a crash, as far as the editor has not put the word about them away. */
  recovered = $state.raw<RecoveredView[]>([])
  /** What to know of where the desk lies, as far as the editor has not put it away. */
  notices = $state.raw<string[]>([])
  /** How a damaged desk stands; null until all of it was read. */
  survey = $state.raw<SurveyView | null>(null)
  /** The past desk that took this one's place, as far as the editor has not put the word about it away. */
  restored = $state.raw<RestoredView | null>(null)
  /** What waits for somebody to say who works here. */
  #waiting: (() => void) | null = null

  async read(): Promise<void> {
    this.refusal = null
    this.desk = await attempt(() => call('desk', {}).catch((cause: unknown) => this.#refuse(cause)))
    this.recovered = this.desk?.recovered ?? []
    this.restored = this.desk?.restored ?? null
    this.notices = this.desk?.notices ?? []
    this.survey = null
    void this.#lookThrough()
  }

  /** The core found something out by itself: a backup failed, or is made again. */
  async look(): Promise<void> {
    this.desk = await call('desk', {}).catch(() => this.desk)
    await this.#lookThrough()
  }

  /** What cannot be opened has a screen of its own; all else is told by the banner. */
  #refuse(cause: unknown): null {
    const refused = Refused.from(cause)
    if (refused.code !== 'corrupt') throw refused
    this.refusal = refused
    return null
  }

  /** Of a damaged desk: what is whole. */
  async #lookThrough(): Promise<void> {
    if (this.desk?.isDamaged && !this.survey) this.survey = await attempt(() => call('survey', {}))
  }

  /** The editor has read it. */
  forgetNotice(words: string): void {
    this.notices = this.notices.filter((other) => other !== words)
  }

  /** The editor has read that a piece came back. */
  forget(id: number): void {
    this.recovered = this.recovered.filter((back) => back.id !== id)
  }

  /** Puts back what stood in a piece before the saves that came back; these stay in its history. */
  async putBefore(id: number, revisionId: number): Promise<void> {
    const ask = () => call('restore_revision', { id, revisionId })
    await (piece.id === id ? piece.change(ask) : ask())
    this.forget(id)
    await pieces.read()
    toast(say('What stood before is back; what was typed since is in the history'))
  }

  /** Asks who works here; `then` goes on once it is said. */
  askEditor(then: (() => void) | null = null): void {
    this.#waiting = then
    this.isEditorAsked = true
  }

  async setEditor(editor: string): Promise<void> {
    const desk = await attempt(() => call('set_editor', { editor }))
    if (!desk) return
    this.desk = desk
    const waiting = this.#waiting
    this.#waiting = null
    if (desk.editor !== '') waiting?.()
  }

  /** A path the editor picks for a file of this name; where there is no window to ask, beside the desk. Null for none. */
  async askWhere(name: string, beside = name): Promise<string | null> {
    if (isWindow()) return attempt(() => pickSavePath(name))
    return `${this.desk?.path ?? 'stet'}.${beside}`
  }

  /**
   * Writes the piece as it stands in the window to a file the editor picks, whatever became of the desk; where there is
   * no window to ask, beside the desk.
   */
  async saveElsewhere(): Promise<void> {
    const { edit } = piece
    if (!edit) return
    const name = `${edit.slug.replaceAll(/[^\p{L}\p{N} _.-]/gu, '-')}.saved.md`
    const path = await this.askWhere(name)
    if (path === null) return
    const done = await attempt(() => call('save_elsewhere', { edit: piece.edit ?? edit, path }))
    if (done)
      toast(
        say('The piece as it stands is in {path}. Import it when the desk is well again', {
          path: done.path,
        }),
      )
  }

  /** Copies the desk, whole, to a path the editor picks; where there is no window to ask, beside the desk. */
  async backup(): Promise<void> {
    const day = new Date().toLocaleDateString('sv')
    const path = await this.askWhere(`stet-${day}.backup`, `${day}.backup`)
    if (path === null) return
    const done = await attempt(() => call('backup', { path }))
    if (done) toast(say('Backed up to {path}', { path: done.path }))
  }
}

/** The one desk. */
export const house = new House()
