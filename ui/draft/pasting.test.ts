import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { fireEvent } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setHostForTest } from '../host'
import { forgetToasts, toasts } from '../parts/toasts.svelte'
import { bodyExtensions } from './body'

/** Lets the core answer that was asked what is pasted. */
let answer: (words: string) => Promise<void>
let view: EditorView
const state = (doc: string) => EditorState.create({ doc, extensions: bodyExtensions })

beforeEach(() => {
  forgetToasts()
  setHostForTest(
    () =>
      new Promise((done) => {
        answer = async (text) => {
          done({ text, warnings: [] })
          await new Promise((settled) => setTimeout(settled))
        }
      }),
  )
  view = new EditorView({ state: state('Ours. '), parent: document.body })
  view.dispatch({ selection: { anchor: 6 } })
})
afterEach(() => {
  view.destroy()
})

async function paste(): Promise<void> {
  const forms: Record<string, string> = { 'text/html': '<b>Theirs</b>', 'text/plain': 'Theirs' }
  const clipboardData = { getData: (form: string) => forms[form] ?? '' }
  await fireEvent.paste(view.contentDOM, { clipboardData })
}

test('what is pasted comes with its form, at the caret where it is by then', async () => {
  await paste()
  view.dispatch({ changes: { from: 0, insert: 'All ' } })
  await answer('**Theirs**')
  expect(view.state.doc.toString()).toBe('All Ours. **Theirs**')
  expect(toasts).toEqual([])
})

test('what was pasted into one piece never comes into another', async () => {
  await paste()
  view.setState(state('Another piece.'))
  await answer('**Theirs**')
  expect(view.state.doc.toString()).toBe('Another piece.')
  expect(toasts.at(-1)?.words).toContain('Paste them again')
})

test('what was pasted into a text that is back by then comes into it', async () => {
  await paste()
  const left = view.state
  view.setState(state('Another piece.'))
  view.setState(left)
  await answer('**Theirs**')
  expect(view.state.doc.toString()).toBe('Ours. **Theirs**')
})

test('what was pasted into a text that is no longer shown is not lost in silence', async () => {
  await paste()
  view.destroy()
  await answer('**Theirs**')
  expect(toasts.at(-1)?.words).toContain('Paste them again')
})
