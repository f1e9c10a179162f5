import { undo } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { afterEach, expect, test } from 'vitest'
import { looks } from '../settings/looks.svelte'
import { bodyExtensions } from './body'

afterEach(() => {
  looks.choose({ quotes: 'curly' })
})

function editor(): EditorView {
  return new EditorView({ state: EditorState.create({ extensions: bodyExtensions }) })
}
/** Types letter by letter, as the browser hands them over. */
function type(view: EditorView, words: string): string {
  for (const letter of words) {
    const { from, to } = view.state.selection.main
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: letter },
        selection: { anchor: from + 1 },
        userEvent: 'input.type',
      })
    const isHandled = view.state
      .facet(EditorView.inputHandler)
      .some((handle) => handle(view, from, to, letter, insert))
    if (!isHandled) view.dispatch(insert())
  }
  return view.state.doc.toString()
}

test('quotes open and close as one types, and an apostrophe is one', () => {
  expect(type(editor(), `"It's 'off'," she said ("why?").`)).toBe(
    '“It’s ‘off’,” she said (“why?”).',
  )
})

test('two hyphens are an en dash and three an em dash, but for marks of Markdown', () => {
  expect(type(editor(), 'It is off--or on---now.')).toBe('It is off–or on—now.')
  expect(type(editor(), '---')).toBe('---')
  expect(type(editor(), '- a well-known place')).toBe('- a well-known place')
})

test('a comment keeps its hyphens', () => {
  expect(type(editor(), 'And more. <!-- ask--legal --> It is off--on.')).toBe(
    'And more. <!-- ask--legal --> It is off–on.',
  )
})

test('code is left as it is typed', () => {
  expect(type(editor(), '`a="b"')).toBe('`a="b"')
  expect(type(editor(), '`a` "b"')).toBe('`a` “b”')
})

test('one undo gives what was typed', () => {
  const view = editor()
  type(view, 'He said "')
  undo(view)
  expect(view.state.doc.toString()).toBe('He said "')
})

test('off, all is left as it is typed', () => {
  looks.choose({ quotes: 'straight' })
  expect(type(editor(), `"It's" off--on`)).toBe(`"It's" off--on`)
})
