import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { expect, test } from 'vitest'
import type { SlipView } from '../wire'
import { leaveSlip, showSlips, slipAtCaret, slipFrom, slips, slipsOf } from './slips'

const body = 'He went towards it, whilst we went towards them.'

function slip(words: string, from: number): SlipView {
  const at: [number, number] = [from, from + words.length]
  return { at, words, preferred: words.slice(0, -1), why: '', section: 'terms', line: 2 }
}
const found = [
  slip('towards', body.indexOf('towards')),
  slip('whilst', body.indexOf('whilst')),
  slip('towards', body.lastIndexOf('towards')),
]
function shown(): EditorState {
  const state = EditorState.create({ doc: body, extensions: slips })
  return state.update({ effects: showSlips.of(found) }).state
}
const words = (state: EditorState) => slipsOf(state).map(({ at }) => state.sliceDoc(...at))

test('slips move with edits, and one whose words change is gone until the next answer', () => {
  const moved = shown().update({ changes: { from: 0, insert: 'Then: ' } }).state
  expect(words(moved)).toEqual(['towards', 'whilst', 'towards'])
  const from = moved.doc.toString().indexOf('whilst') + 2
  const changed = moved.update({ changes: { from, insert: 'x' } }).state
  expect(words(changed)).toEqual(['towards', 'towards'])
})

test('what is drawn is drawn on the same words after an edit', () => {
  const view = new EditorView({ state: shown() })
  const drawn = () => [...view.dom.querySelectorAll('.slip')].map(({ textContent }) => textContent)
  view.dispatch({ changes: { from: 0, insert: 'Then: ' } })
  expect(drawn()).toEqual(['towards', 'whilst', 'towards'])
  const from = view.state.doc.toString().indexOf('whilst')
  view.dispatch({ changes: { from, insert: 'x' } })
  expect(drawn()).toEqual(['towards', 'towards'])
  view.destroy()
})

test('a slip let stand is not told again, while the same words elsewhere are', () => {
  const left = shown().update({
    effects: leaveSlip.of(slip('towards', body.indexOf('towards'))),
  }).state
  const again = left.update({ effects: showSlips.of(found) }).state
  expect(slipsOf(again).map(({ at }) => at[0])).toEqual([found[1]?.at[0], found[2]?.at[0]])
})

test('an answer about longer words marks nothing past the end', () => {
  const state = shown().update({ effects: showSlips.of([slip('towards', 400)]) }).state
  expect(slipsOf(state)).toEqual([])
})

test('the caret walks from slip to slip, round the ends', () => {
  let state = shown()
  const seen: number[] = []
  for (const by of [1, 1, 1, 1, -1, -1] as const) {
    const next = slipFrom(state, by)
    if (!next) break
    state = state.update({ selection: { anchor: next.at[0], head: next.at[1] } }).state
    seen.push(slipsOf(state).findIndex(({ at }) => at[0] === slipAtCaret(state)?.at[0]))
  }
  expect(seen).toEqual([0, 1, 2, 0, 2, 1])
})
