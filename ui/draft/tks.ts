import type { EditorState } from '@codemirror/state'
import type { Place16 } from '../wire'
import { marksOf } from './marks'
import { atCaret, before } from './places'

/** A TK, and the words of its line around it, cut between words. */
export type Tk = { at: Place16; before: string; words: string; after: string }

/** How many letters of its line are told. */
const N_BEFORE = 20
const N_AFTER = 60

/** What is to come, in the order of the text. */
export function tksOf(state: EditorState): Tk[] {
  return placesOf(state).map(({ at: [from, to] }) => {
    const line = state.doc.lineAt(from)
    const ahead = line.text.slice(0, from - line.from)
    const behind = line.text.slice(to - line.from)
    return {
      at: [from, to],
      before: ahead.length > N_BEFORE ? `… ${ahead.slice(-N_BEFORE).replace(/^\S*\s/, '')}` : ahead,
      words: state.sliceDoc(from, to),
      after:
        behind.length > N_AFTER ? `${behind.slice(0, N_AFTER).replace(/\s\S*$/, '')} …` : behind,
    }
  })
}

/** The next TK from the caret on, or the one before it; round the ends. None where nothing is to come. */
export function tkFrom(state: EditorState, by: 1 | -1): Place16 | undefined {
  const all = placesOf(state)
  if (by === -1) return before(all, state)?.at
  const { to } = state.selection.main
  return (all.find(({ at }) => at[0] >= to && at[1] > to) ?? all[0])?.at
}

/** Where the TK at the caret begins; none where it stands in none. */
export function tkAtCaret(state: EditorState): number | undefined {
  return atCaret(placesOf(state), state)?.at[0]
}

const placesOf = (state: EditorState) =>
  marksOf(state)
    .tks.filter(([from, to]) => from < to)
    .map((at) => ({ at }))
