import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { expect, test } from 'vitest'
import type { MisspellingView } from '../wire'
import {
  misspellingAtCaret,
  misspellingFrom,
  misspellings,
  misspellingsOf,
  passWord,
  showMisspellings,
} from './misspellings'

const body = 'Teh boat recieved teh crew.'

function misspelling(word: string, from = body.indexOf(word)): MisspellingView {
  return { at: [from, from + word.length], word, isQuoted: false }
}
const found = [misspelling('Teh'), misspelling('recieved'), misspelling('teh')]

function shown(): EditorState {
  const state = EditorState.create({ doc: body, extensions: misspellings })
  return state.update({ effects: showMisspellings.of(found) }).state
}
const words = (state: EditorState) => misspellingsOf(state).map(({ at }) => state.sliceDoc(...at))
/** How many words are underlined. */
const nMarked = (state: EditorState) => {
  const view = new EditorView({ state })
  const { length } = view.dom.querySelectorAll('.misspelt')
  view.destroy()
  return length
}

test('misspellings move with edits, and one whose letters change is gone until the next answer', () => {
  const moved = shown().update({ changes: { from: 4, insert: 'old ' } }).state
  expect(words(moved)).toEqual(['Teh', 'recieved', 'teh'])
  const from = moved.doc.toString().indexOf('recieved') + 2
  expect(words(moved.update({ changes: { from, insert: 'x' } }).state)).toEqual(['Teh', 'teh'])
})

test('what is drawn moves with an edit elsewhere, and a word that was being typed is drawn once the caret leaves', () => {
  const drawn = (state: EditorState) => {
    const view = new EditorView({ state })
    const all = [...view.dom.querySelectorAll('.misspelt')].map(({ textContent }) => textContent)
    view.destroy()
    return all
  }
  const type = (from: number) => ({
    changes: { from, insert: 'x' },
    selection: { anchor: from + 1 },
    userEvent: 'input.type',
  })
  const moved = shown().update(type(body.indexOf('crew'))).state
  expect(drawn(moved)).toEqual(['Teh', 'recieved', 'teh'])
  const typed = moved.update(type(0)).state
  const told = [misspelling('xTeh', 0), misspelling('recieved', body.indexOf('recieved') + 1)]
  const answered = typed.update({ effects: showMisspellings.of(told) }).state
  expect(drawn(answered)).toEqual(['recieved'])
  const elsewhere = answered.update(type(answered.doc.length)).state
  expect(drawn(elsewhere)).toEqual(['xTeh', 'recieved'])
})

test('a word let stand is told nowhere in the piece until that is taken back', () => {
  const pass = (isPassed: boolean) => ({ effects: passWord.of({ word: 'teh', isPassed }) })
  const passed = shown().update(pass(true)).state
  expect(words(passed)).toEqual(['Teh', 'recieved'])
  const again = passed.update({ effects: showMisspellings.of(found) }).state
  expect(words(again)).toEqual(['Teh', 'recieved'])
  expect(words(again.update(pass(false)).state)).toEqual(['Teh', 'recieved', 'teh'])
})

test('an answer about longer words marks nothing past the end', () => {
  const state = shown().update({ effects: showMisspellings.of([misspelling('teh', 400)]) }).state
  expect(misspellingsOf(state)).toEqual([])
})

test('the caret walks from one to the next, beginning with the one it stands in, round the ends', () => {
  let state = shown()
  const seen: number[] = []
  for (const by of [1, 1, 1, 1, -1, -1] as const) {
    const next = misspellingFrom(state, by)
    if (!next) break
    state = state.update({ selection: { anchor: next.at[0], head: next.at[1] } }).state
    seen.push(words(state).findIndex((_, at) => found[at] === misspellingAtCaret(state)))
  }
  expect(seen).toEqual([0, 1, 2, 0, 2, 1])
})

test('a word that is being typed is not marked until the caret goes elsewhere', () => {
  const end = body.length
  const typed = shown().update({
    changes: { from: end, insert: ' reciev' },
    selection: { anchor: end + 7 },
    userEvent: 'input.type',
  }).state
  const told = [...found, misspelling('reciev', end + 1)]
  const answered = typed.update({ effects: showMisspellings.of(told) }).state
  expect(words(answered)).toContain('reciev')
  expect(nMarked(answered)).toBe(3)
  expect(nMarked(answered.update({ selection: { anchor: 0 } }).state)).toBe(4)
})
