import { isolateHistory } from '@codemirror/commands'
import { quoteAt } from '../check/queue'
import { call } from '../host'
import { say, tell } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import type { Passage } from '../sources/chosen'
import { attempt } from '../trouble.svelte'

/** How words of a note come into the piece as a quote. */
class Quoting {
  /** A passage is being chosen. */
  isChoosing = $state(false)

  /**
   * Puts words of a note in place of what is selected, as the core has them: a quote with who said it, one change that
   * undo takes back, checked at once. Where they stand; null when they are not in.
   */
  async put({ noteId, passage }: Passage): Promise<number | null> {
    const { id, body } = piece
    if (id === null) {
      toast(say('Open a piece first: the quote comes in at its caret.'))
      return null
    }
    const { from, to } = piece.state.selection.main
    const quoted = await attempt(() =>
      call('quote_from_note', { body, at: [from, to], noteId, passage }),
    )
    if (!quoted) return null
    if (id !== piece.id || body !== piece.body) {
      toast(say('The words changed meanwhile; nothing was put in.'))
      return null
    }
    const { at, insert } = quoted.edit
    const end = at[0] + insert.length
    piece.dispatch({
      changes: { from: at[0], to: at[1], insert },
      selection: { anchor: end },
      annotations: isolateHistory.of('full'),
      userEvent: 'input.words',
      scrollIntoView: true,
    })
    if (quoted.told.length > 0) toast(quoted.told.map(tell).join(' '))
    await piece.recheck()
    if (id === piece.id) piece.selectQuote(quoteAt(piece.check?.quotes ?? [], at[0])?.key ?? null)
    return end
  }
}

/** How words of a note come into the piece. */
export const quoting = new Quoting()
