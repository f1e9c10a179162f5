import { say } from './language/language.svelte'
import { toast, type Undo } from './parts/toasts.svelte'
import { piece } from './piece.svelte'
import type { DraftView } from './wire'

/** The words of a piece that a revision keeps, or some of them. */
export type Words = Partial<Pick<DraftView, 'body' | 'hed' | 'dek' | 'byline' | 'dateline'>>

/** Takes something back in the piece it was about, and in no other. */
export function inPiece(id: number | null, back: Undo): Undo {
  return () => {
    if (id === piece.id) return back()
    toast(say('Another piece is open now. Open the one this was about, and take it back there.'))
    return false
  }
}

/**
 * Takes a change of the open piece back while its words are what the change made them; what was written since would be
 * taken back with it, so that undo in the draft has it then.
 */
export function whileUnchanged({ body, hed, dek, byline, dateline }: Words, back: Undo): Undo {
  const made = { body, hed, dek, byline, dateline }
  return inPiece(piece.id, () => {
    const now: Words = { ...piece.fields, body: piece.body }
    const names = Object.keys(made) as (keyof Words)[]
    if (names.every((name) => made[name] === undefined || made[name] === now[name])) return back()
    toast(say('More has changed since; undo it in the draft.'))
    return null
  })
}
