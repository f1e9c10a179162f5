import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { checkOf } from '../fixture/check'
import type { QuoteView } from '../wire'
import { markAt, marks, marksOf, showCheck } from './marks'

const body =
  'A tram stood. “I have mended that engine eleven times,” Rosa Haddad said.\n\nTK is due.\n'

/** A state whose marks are those of its own words. */
function checked(doc: string): EditorState {
  const state = EditorState.create({ doc, extensions: marks })
  return state.update({ effects: showCheck.of(checkOf(doc)) }).state
}
function marked(state: EditorState): string[] {
  return marksOf(state).marks.flatMap(({ places }) => places.map(([a, b]) => state.sliceDoc(a, b)))
}
function drawn(state: EditorState, name: string): number {
  let n = 0
  for (let at = marksOf(state).decorations.iter(); at.value; at.next())
    if (at.value.spec.class === name) n++
  return n
}
function insert(state: EditorState, before: string, words: string): EditorState {
  return state.update({ changes: { from: state.doc.toString().indexOf(before), insert: words } })
    .state
}

test('the mark takes in the quote marks and the comma before the closing one', () => {
  expect(marked(checked(body))).toEqual(['“I have mended that engine eleven times,”'])
})

test('words typed before a quote move its mark and leave it as it was', () => {
  const moved = insert(checked(body), 'A tram', 'In the rain ')
  expect(marked(moved)).toEqual(['“I have mended that engine eleven times,”'])
  expect(marksOf(moved).marks[0]?.isFaded).toBe(false)
})

test('words typed inside a quote fade its mark, until it is checked again', () => {
  const changed = insert(checked(body), 'engine', 'old ')
  expect(marked(changed)).toEqual(['“I have mended that old engine eleven times,”'])
  expect(marksOf(changed).marks[0]?.isFaded).toBe(true)
  const again = changed.update({ changes: { from: 0, insert: ' ' } }).state
  expect(marksOf(again).marks[0]?.isFaded).toBe(true)
  const whole = checked(body)
  const fresh = whole.update({ effects: showCheck.of(checkOf(body)) }).state
  expect(marksOf(fresh).marks[0]?.isFaded).toBe(false)
})

test('words typed right before or right after a quote do not fade it', () => {
  const before = insert(checked(body), '“I have', 'Then ')
  const after = insert(checked(body), ' Rosa', ' then')
  expect([before, after].map((state) => marksOf(state).marks[0]?.isFaded)).toEqual([false, false])
  expect(marked(after)).toEqual(['“I have mended that engine eleven times,”'])
})

test('a quote that is deleted has no mark, and a TK moves with its line', () => {
  const from = body.indexOf('“')
  const to = body.indexOf(' Rosa')
  const cut = checked(body).update({ changes: { from, to } }).state
  expect(marked(cut)).toEqual([])
  expect(marksOf(cut).tks.map(([a, b]) => cut.sliceDoc(a, b))).toEqual(['TK'])
})

test('a check that speaks of other words than these marks nothing outside the text', () => {
  const short = EditorState.create({ doc: 'No.', extensions: marks })
  const state = short.update({ effects: showCheck.of(checkOf(body)) }).state
  expect(marked(state)).toEqual([])
})

test('the quote under the caret is found at both its ends and not beyond', () => {
  const state = checked(body)
  const from = body.indexOf('“')
  expect(markAt(state, from)?.quote.speaker).toBe('Rosa Haddad')
  expect(markAt(state, from - 1)).toBeUndefined()
})

test('a splice has a notch at each leap, which moves with the words and goes when they change', () => {
  const at = body.indexOf(' eleven')
  const check = checkOf(body)
  const quotes = check.quotes.map((quote) => ({
    ...quote,
    verdict: 'spliced',
    changes: [
      { kind: 'dropped', draft: [at, at], note: [0, 9], isPassed: false },
      { kind: 'altered', draft: [at, at + 4], note: [0, 9], isPassed: false },
    ] satisfies QuoteView['changes'],
  }))
  const spliced = EditorState.create({ doc: body, extensions: marks }).update({
    effects: showCheck.of({ ...check, quotes }),
  }).state
  expect(marksOf(spliced).marks[0]?.joints).toEqual([at])
  expect(drawn(spliced, 'joint')).toBe(1)
  const moved = insert(spliced, 'A tram', 'Ah. ')
  expect(marksOf(moved).marks[0]?.joints).toEqual([at + 4])
  expect(drawn(insert(spliced, 'engine', 'old '), 'joint')).toBe(0)
  expect(drawn(checked(body), 'joint')).toBe(0)
})
