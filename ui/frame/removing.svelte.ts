import { pieces } from '../desk/pieces.svelte'
import { beside } from '../draft/beside.svelte'
import { call } from '../host'
import { indexing } from '../indexing.svelte'
import { say } from '../language/language.svelte'
import { piece } from '../piece.svelte'
import { notes } from '../sources/notes.svelte'
import type { DraftRow, NoteRow } from '../wire'
import { plural } from './words'

/** What is to go for good, and what has to be typed first. */
export type Doomed = {
  kind: 'piece' | 'note'
  id: number
  /** As it is called in sentences. */
  name: string
  /** What the editor types: the slug of a piece, the name of a note. A name that is withheld is not shown for it. */
  typed: string
}

/** A piece of a list. */
export function doomedPiece({ id, slug }: DraftRow): Doomed {
  return { kind: 'piece', id, name: slug, typed: slug }
}

/** A note of a list. */
export function doomedNote({ id, name, isConfidential }: NoteRow): Doomed {
  return isConfidential
    ? { kind: 'note', id, name: say('this confidential note'), typed: say('remove for good') }
    : { kind: 'note', id, name, typed: name }
}

/** The one act that cannot be taken back: what is asked about, what goes with it, and what was left. */
class Removing {
  doomed = $state.raw<Doomed | null>(null)
  /** What goes and from where, a sentence each; null until it is known. */
  goes = $state.raw<string[] | null>(null)
  /** Where copies may be left, once it is gone. */
  left = $state.raw<string[] | null>(null)

  /** True for the piece that is asked about: it may be gone before a question about it is answered. */
  isPiece(id: number): boolean {
    return this.doomed?.kind === 'piece' && this.doomed.id === id
  }

  /** Asks; nothing goes before [`remove`]. */
  async ask(doomed: Doomed): Promise<void> {
    this.doomed = doomed
    this.goes = this.left = null
    const goes = await goesWith(doomed)
    if (this.doomed === doomed) this.goes = goes
  }

  /** Asks about the piece that is open, once what was typed is saved. **Errors**: `Refused`. */
  async askOpen(): Promise<void> {
    await piece.flush()
    const { id, fields } = piece
    if (id !== null) await this.ask({ kind: 'piece', id, name: fields.slug, typed: fields.slug })
  }

  /** Takes it out of everything. **Errors**: `Refused`; nothing went then. */
  async remove(): Promise<void> {
    const { doomed } = this
    if (!doomed) return
    const { kind, id } = doomed
    const isOpen = kind === 'piece' && piece.id === id
    // What is still typed into it must not be saved into nothing.
    if (isOpen) await piece.flush()
    const done = await call(kind === 'piece' ? 'remove_draft' : 'remove_note', { id })
    if (kind === 'piece') {
      pieces.forget(id)
      beside.forget(id)
    }
    // Another may have been opened since, or this one.
    if (kind === 'piece' && piece.id === id) piece.close()
    if (kind === 'note' && notes.edit?.id === id) notes.leave()
    this.left = done.left
    await (kind === 'piece' ? pieces.read() : notes.read())
    indexing.watch()
    void piece.recheck()
  }
}

async function goesWith({ kind, id }: Doomed): Promise<string[]> {
  const { backups, folder, second } = await call('list_backups', {})
  const copies =
    backups.length === 0
      ? say('any backup')
      : say('{backups} in {folder}', {
          backups: plural(backups.length, 'backup or older desk', 'backups and older desks'),
          folder,
        })
  const places =
    second === null
      ? say('It goes out of this desk, its search, and {copies}.', { copies })
      : say('It goes out of this desk, its search, and {copies}, and the backups in {second}.', {
          copies,
          second,
        })
  if (kind === 'note')
    return [
      say('The note goes with all it ever said; what was settled on it no longer holds.'),
      places,
    ]
  const revisions = await call('list_revisions', { id })
  return [
    say(
      'The piece goes with its history ({revisions}), its cqs, its events, and the file it came from.',
      { revisions: plural(revisions.length, 'revision') },
    ),
    places,
  ]
}

/** The one removal. */
export const removing = new Removing()
