import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { checkOf } from '../fixture/check'
import { marks, showCheck } from './marks'
import { tkAtCaret, tkFrom, tksOf } from './tks'

const body = `The line was sold in TK for a sum that nobody at the town hall would name, not even on the telephone, on Monday.

TK, said the mayor.

He had asked the harbour office before and got TK`

const checked = (caret = 0) =>
  EditorState.create({ doc: body, extensions: marks, selection: { anchor: caret } }).update({
    effects: showCheck.of(checkOf(body)),
  }).state
const places = tksOf(checked()).map(({ at }) => at)

test('each TK is told with the words of its line around it, cut between words', () => {
  expect(tksOf(checked()).map(({ before, words, after }) => [before, words, after])).toEqual([
    ['… line was sold in ', 'TK', ' for a sum that nobody at the town hall would name, not …'],
    ['', 'TK', ', said the mayor.'],
    ['… before and got ', 'TK', ''],
  ])
})

test('they are gone through from the caret on, round the ends', () => {
  const [first, second, last] = places
  if (!first || !second || !last) throw new Error('three are to come')
  expect(tkFrom(checked(), 1)).toEqual(first)
  const chosen = checked().update({ selection: { anchor: first[0], head: first[1] } }).state
  expect(tkFrom(chosen, 1)).toEqual(second)
  expect(tkFrom(chosen, -1)).toEqual(last)
  expect(tkAtCaret(chosen)).toBe(first[0])
  expect(tkFrom(checked(body.length), 1)).toEqual(first)
  expect(tkFrom(checked(body.length), -1)).toEqual(last)
})

test('one that was written over is none, and where none is there is none to go to', () => {
  const [first] = places
  if (!first) throw new Error('one is to come')
  const cut = checked().update({ changes: { from: first[0], to: first[1] } }).state
  expect(tksOf(cut)).toHaveLength(2)
  expect(tkFrom(EditorState.create({ doc: 'All is here.', extensions: marks }), 1)).toBeUndefined()
})
