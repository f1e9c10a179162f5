import { history, undo } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { expect, test } from 'vitest'
import { setting } from './body'
import { footnote } from './footnotes'

/** A text with the caret at the bar. */
function written(text: string): EditorView {
  const anchor = text.indexOf('|')
  const doc = text.replace('|', '')
  const extensions = [history(), setting]
  return new EditorView({ state: EditorState.create({ doc, selection: { anchor }, extensions }) })
}
function shown({ state }: EditorView): string {
  const { head } = state.selection.main
  return `${state.sliceDoc(0, head)}|${state.sliceDoc(head)}`
}

test.each([
  ['the first stands at the end of the piece', 'One.| Two.', 'One.[^1] Two.\n\n[^1]: |'],
  ['the next below it', 'One.[^1] Two.|\n\n[^1]: A.', 'One.[^1] Two.[^2]\n\n[^1]: A.\n[^2]: |'],
  [
    'one before others is the first, and the others count on',
    'One.| Two.[^1] Three.[^2]\n\n[^1]: A.\n[^2]: B, see [^1].\n',
    'One.[^1] Two.[^2] Three.[^3]\n\n[^1]: |\n[^2]: A.\n[^3]: B, see [^2].\n',
  ],
  [
    'one between two stands between their texts',
    'One.[^1] Two.| Three.[^2] Again.[^1]\n\n[^1]: A.\nMore.\n\n    And more.\n\n[^2]: B.',
    'One.[^1] Two.[^2] Three.[^3] Again.[^1]\n\n[^1]: A.\nMore.\n\n    And more.\n[^2]: |\n\n[^3]: B.',
  ],
  [
    'numbers that had gone astray are put right',
    'One.[^7] Two.| Three.[^3]\n\n[^3]: C.\n[^7]: A.',
    'One.[^1] Two.[^2] Three.[^3]\n\n[^3]: C.\n[^1]: A.\n[^2]: |',
  ],
  [
    'names stay, and what nothing refers to counts last',
    'One.[^tide] Two.|\n\n[^tide]: T.\n[^1]: Nobody’s.',
    'One.[^tide] Two.[^1]\n\n[^tide]: T.\n[^1]: |\n[^2]: Nobody’s.',
  ],
  [
    'code, comments and escapes are none',
    'One `[^1]` \\[^1] <!-- [^1] --> two.|',
    'One `[^1]` \\[^1] <!-- [^1] --> two.[^1]\n\n[^1]: |',
  ],
  ['a mark without a text gets one', 'One.[^4|]', 'One.[^1]\n\n[^1]: |'],
  ['a named one too', 'One.[^tide|]', 'One.[^tide]\n\n[^tide]: |'],
])('%s', (_, before, after) => {
  const view = written(before)
  footnote(view)
  expect(shown(view)).toBe(after)
})

test('the mark stands behind what is selected, not behind the blank', () => {
  const view = written('|One. Two.')
  view.dispatch({ selection: { anchor: 5, head: 0 } })
  footnote(view)
  expect(shown(view)).toBe('One.[^1] Two.\n\n[^1]: |')
})

test('it leads from the mark to its text, and from its text back', () => {
  const view = written('One.[^1|] Two.[^2]\n\n[^1]: A.\n\n    More.\n[^2]: B.')
  footnote(view)
  expect(shown(view)).toBe('One.[^1] Two.[^2]\n\n[^1]: A.\n\n    More.|\n[^2]: B.')
  footnote(view)
  expect(shown(view)).toBe('One.[^1]| Two.[^2]\n\n[^1]: A.\n\n    More.\n[^2]: B.')
})

test('one undo takes mark, text and numbers back', () => {
  const before = 'One. Two.[^1]\n\n[^1]: A.'
  const view = written(before.replace('One.', 'One.|'))
  footnote(view)
  view.dispatch({ ...view.state.replaceSelection('New.'), userEvent: 'input.type' })
  undo(view)
  expect(view.state.doc.toString()).toBe('One.[^1] Two.[^2]\n\n[^1]: \n[^2]: A.')
  undo(view)
  expect(view.state.doc.toString()).toBe(before)
})
