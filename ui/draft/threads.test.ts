import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import type { ThreadView } from '../wire'
import {
  begunOf,
  showBegun,
  showThreads,
  threadAtCaret,
  threadFrom,
  threads,
  threadsOf,
} from './threads'

const body = 'We may sell the ferry by the spring, Ines Eze said.'

function thread(id: number, words: string, resolvedAt: string | null = null): ThreadView {
  const from = body.indexOf(words)
  const said = [{ id, by: 'SB', at: '2026-11-26T12:00:00Z', isEdited: false, text: 'Sure?' }]
  return {
    id,
    words,
    at: from < 0 ? null : [from, from + words.length],
    said,
    resolvedBy: null,
    resolvedAt,
  }
}
const list = [
  thread(1, 'may sell'),
  thread(2, 'sell'),
  thread(3, 'Ines Eze', 'then'),
  thread(4, 'said'),
  thread(5, 'harbour'),
]
const shown = () =>
  EditorState.create({ doc: body, extensions: threads }).update({ effects: showThreads.of(list) })
    .state
const words = (state: EditorState) => threadsOf(state).map(({ at }) => at && state.sliceDoc(...at))

test('comments move with edits, and one whose words go stands on none', () => {
  const moved = shown().update({ changes: { from: 0, insert: 'Then: ' } }).state
  expect(words(moved)).toEqual(['may sell', 'sell', 'Ines Eze', 'said', null])
  const from = body.indexOf(' sell')
  const cut = shown().update({ changes: { from, to: from + ' sell'.length } }).state
  expect(words(cut)).toEqual(['may', null, 'Ines Eze', 'said', null])
})

test('the caret walks from open comment to open comment, round the ends', () => {
  let state = shown()
  const seen: number[] = []
  for (const by of [1, 1, 1, 1, -1, -1] as const) {
    const next = threadFrom(state, by)
    if (!next) break
    state = state.update({ selection: { anchor: next.at[0], head: next.at[1] } }).state
    seen.push(next.id)
  }
  expect(seen).toEqual([1, 2, 4, 1, 4, 2])
})

test('the innermost comment at the caret is the one that is meant, and no resolved one', () => {
  const at = (words: string) =>
    threadAtCaret(shown().update({ selection: { anchor: body.indexOf(words) + 1 } }).state)?.id
  expect([at('may'), at('sell'), at('Ines'), at('ferry')]).toEqual([1, 2, undefined, undefined])
})

test('words that are being commented on are followed, and an answer about longer words marks nothing past the end', () => {
  const begun = shown().update({ effects: showBegun.of([3, 6]) }).state
  const moved = begun.update({ changes: { from: 0, insert: 'Yes. ' } }).state
  expect(moved.sliceDoc(...(begunOf(moved) ?? [0, 0]))).toBe('may')
  const late = shown().update({
    effects: showThreads.of([{ ...thread(9, 'said'), at: [400, 404] }]),
  })
  expect(late.state.doc.toString()).toBe(body)
})
