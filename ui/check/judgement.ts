import { undo } from '@codemirror/commands'
import { changeBetween } from '../draft/change'
import { call } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt } from '../trouble.svelte'
import { inPiece, whileUnchanged } from '../undoing'
import type { CheckView, QuoteView, TextEdit } from '../wire'
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
  const { id } = piece
  if (!(await setCq(quote, reason, by))) return false
  toast(
    say('cq: {quote}', { quote: short(quote) }),
    inPiece(id, () => clearCq(quote)),
  )
  return true
}

/** Takes a cq back. */
export async function takeCqBack(quote: QuoteView): Promise<boolean> {
  const { id } = piece
  if (!(await clearCq(quote))) return false
  const { cq } = quote
  toast(
    say('No longer cq: {quote}', { quote: short(quote) }),
    cq === null ? undefined : inPiece(id, () => setCq(quote, cq.reason, cq.by)),
  )
  return true
}

function setCq({ key }: QuoteView, reason: string, by: string): Promise<boolean> {
  return judge((id, body) => call('set_cq', { id, body, key, reason, by }))
}

function clearCq({ key }: QuoteView): Promise<boolean> {
  return judge((id, body) => call('clear_cq', { id, body, key }))
}

/** Has the core judge a quote of the open piece, and shows what it says then. True when it was kept. */
async function judge(ask: (id: number, body: string) => Promise<CheckView>): Promise<boolean> {
  const { id, body } = piece
  if (id === null) return false
  const check = await attempt(() => ask(id, body))
  if (check !== null) piece.showJudged(id, check, body)
  return check !== null
}

/** Accepts a stale quote as it stands now. True when it was kept. */
export async function acceptAsItStands(quote: QuoteView): Promise<boolean> {
  if (!(await judge((id, body) => call('check_again', { id, body, key: quote.key })))) return false
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
  toast(
    done,
    whileUnchanged({ body: piece.body }, () => {
      piece.dispatch({ changes: changeBetween(piece.body, body), userEvent: 'input.words' })
      void piece.recheck()
    }),
  )
}

/** A change of words changes the key, so the quote is found again where it stood. */
async function apply(edits: TextEdit[], start: number): Promise<void> {
  piece.apply(edits)
  await piece.recheck()
  const found = piece.check === null ? null : quoteAt(piece.check.quotes, start)
  if (found !== null) piece.selectQuote(found.key)
}

function short(quote: QuoteView): string {
  const words = quote.text.replace(/\s+/g, ' ')
  return `“${words.length > 40 ? `${words.slice(0, 40).trimEnd()} …` : words}”`
}
