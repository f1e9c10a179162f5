import { undo } from '@codemirror/commands'
import { call } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt } from '../trouble.svelte'
import type { QuoteView, TextEdit } from '../wire'
import { quoteAt, startOf } from './queue'

/** Puts the source's words in, as one change that undo takes back, and stays on the quote. */
export function putWordsIn(quote: QuoteView): Promise<void> {
  return edit(
    'put_words_in',
    quote,
    say('The note’s words are in.'),
    say('The words are the note’s already.'),
  )
}

/** Sets the quote marks that are missing, as one change that undo takes back, and stays on the quote. */
export function setMarks(quote: QuoteView): Promise<void> {
  return edit('mark_marks', quote, say('The marks are set.'), say('No mark is missing.'))
}

/** Marks a quote cq. True when it was kept. */
export async function markCq(quote: QuoteView, reason: string, by: string): Promise<boolean> {
  const { id, body } = piece
  if (id === null) return false
  const check = await attempt(() => call('set_cq', { id, body, key: quote.key, reason, by }))
  if (check === null) return false
  piece.showJudged(id, check, body)
  toast(
    say('cq: {quote}', { quote: short(quote) }),
    whereStill(id, () => takeCqBack(quote)),
  )
  return true
}

/** Takes a cq back. */
export async function takeCqBack(quote: QuoteView): Promise<boolean> {
  const { id, body } = piece
  if (id === null) return false
  const check = await attempt(() => call('clear_cq', { id, body, key: quote.key }))
  if (check === null) return false
  piece.showJudged(id, check, body)
  const { cq } = quote
  toast(
    say('No longer cq: {quote}', { quote: short(quote) }),
    cq === null ? undefined : whereStill(id, () => markCq(quote, cq.reason, cq.by)),
  )
  return true
}

/** Accepts a stale quote as it stands now. True when it was kept. */
export async function acceptAsItStands(quote: QuoteView): Promise<boolean> {
  const { id, body } = piece
  if (id === null) return false
  const check = await attempt(() => call('check_again', { id, body, key: quote.key }))
  if (check === null) return false
  piece.showJudged(id, check, body)
  toast(say('Accepted as it stands: {quote}', { quote: short(quote) }))
  return true
}

/** Takes the last change of the words back, as undo in the draft does. */
export function undoWords(): void {
  const isDone = undo({
    state: piece.state,
    dispatch: (transaction) => {
      piece.dispatch(transaction)
    },
  })
  if (isDone) void piece.recheck()
}

async function edit(
  name: 'put_words_in' | 'mark_marks',
  quote: QuoteView,
  done: string,
  nothing: string,
): Promise<void> {
  const { id, body } = piece
  if (id === null) return
  const edits = await attempt(() => call(name, { id, body, key: quote.key }))
  if (edits === null) return
  if (id !== piece.id || body !== piece.body) {
    toast(say('The words changed meanwhile; nothing was put in.'))
    return
  }
  if (edits.length === 0) {
    toast(nothing)
    return
  }
  await apply(edits, startOf(quote))
  const after = piece.body
  toast(done, () => {
    if (id === piece.id && piece.body === after) undoWords()
    else toast(say('More has changed since; undo it in the draft.'))
  })
}

/** A change of words changes the key, so the quote is found again where it stood. */
async function apply(edits: TextEdit[], start: number): Promise<void> {
  piece.apply(edits)
  await piece.recheck()
  const found = piece.check === null ? null : quoteAt(piece.check.quotes, start)
  if (found !== null) piece.selectQuote(found.key)
}

/** Takes a judgement back in the piece it was about, and in no other. */
function whereStill(id: number, back: () => Promise<unknown>): () => void {
  return () => {
    if (id === piece.id) void back()
    else
      toast(say('Another piece is open now. Open the one this was about, and take it back there.'))
  }
}

function short(quote: QuoteView): string {
  const words = quote.text.replace(/\s+/g, ' ')
  return `“${words.length > 40 ? `${words.slice(0, 40).trimEnd()} …` : words}”`
}
