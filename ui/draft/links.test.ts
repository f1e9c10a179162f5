import { history, undo } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { afterEach, expect, test, vi } from 'vitest'
import { setting } from './body'
import { Clipboard, link } from './links'

/** A text whose selection stands between bars, or whose caret is at the one bar. */
function written(text: string): EditorView {
  const [before = '', chosen = '', after] = text.split('|')
  const doc = before + chosen + (after ?? '')
  const head = after === undefined ? before.length : before.length + chosen.length
  return new EditorView({
    state: EditorState.create({
      doc,
      selection: { anchor: before.length, head },
      extensions: [history(), setting],
    }),
  })
}
/** The same the other way round. */
function shown({ state }: EditorView): string {
  const { from, to, empty } = state.selection.main
  const chosen = empty ? '' : `${state.sliceDoc(from, to)}|`
  return `${state.sliceDoc(0, from)}|${chosen}${state.sliceDoc(to)}`
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  ['the |harbour office| said', 'the [harbour office](|) said'],
  ['the har|bour office', 'the [harbour](|) office'],
  ['the| harbour |office', 'the [harbour](|) office'.replace('the [', 'the [')],
  ['said ||.', 'said [](|).'],
  ['see |https://a.example/b_(c)|', 'see [|](https://a.example/b_(c))'],
  ['see |https://a.example/b)|', 'see [|](<https://a.example/b)>)'],
  ['so |a] b| said', 'so [a\\] b](|) said'],
  ['so |a [sic] b| said', 'so [a [sic] b](|) said'],
])('%s becomes %s', (before, after) => {
  const view = written(before)
  expect(link(view, null)).toBe(true)
  expect(shown(view)).toBe(after)
})

test('it leads to the address that was copied', () => {
  const view = written('the |harbour office| said')
  link(view, 'https://port.example')
  expect(shown(view)).toBe('the [harbour office](https://port.example)| said')
})

test('with nothing to link the words are asked for', () => {
  const view = written('said |')
  link(view, 'https://port.example')
  expect(shown(view)).toBe('said [|](https://port.example)')
})

test('in a link its address is chosen, and nothing changed', () => {
  const view = written('the [har|bour](https://port.example) said')
  link(view, 'https://other.example')
  expect(shown(view)).toBe('the [harbour](|https://port.example|) said')
})

test('no link runs over a line end', () => {
  const view = written('|One.\n\nTwo|')
  expect(link(view, null)).toBe(false)
  expect(shown(view)).toBe('|One.\n\nTwo|')
})

test('one undo takes it back', () => {
  const view = written('the |harbour| office')
  view.dispatch({ changes: { from: 0, insert: 'x' }, userEvent: 'input.type' })
  link(view, null)
  undo(view)
  expect(view.state.doc.toString()).toBe('xthe harbour office')
})

test.each([
  ['granted', 'https://port.example ', 'https://port.example'],
  ['granted', 'the harbour', null],
  ['prompt', 'https://port.example', null],
])('a clipboard that is %s and holds “%s” gives %s', async (state, readText, address) => {
  vi.stubGlobal('navigator', {
    permissions: { query: () => Promise.resolve({ state }) },
    clipboard: { readText: () => Promise.resolve(readText) },
  })
  const clipboard = new Clipboard()
  await Promise.resolve()
  const asked = clipboard.address()
  expect(asked === null).toBe(state === 'prompt')
  expect(await asked).toBe(address)
})

test('a web view without such a permission is not asked', () => {
  vi.stubGlobal('navigator', {})
  expect(new Clipboard().address()).toBeNull()
})
