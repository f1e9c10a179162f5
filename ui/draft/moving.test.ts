import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { expect, test } from 'vitest'
import { moveGraf, moveSentence, sentencesOf, toSentence } from './moving'

const body = 'One. Two is long.\n\n- first\n- second\n\nThe end, said Mr. Boyd. He left.'

function at(words: string): EditorView {
  const anchor = body.indexOf(words)
  return new EditorView({ state: EditorState.create({ doc: body, selection: { anchor } }) })
}
/** The text with a bar where the caret is. */
function shown(view: EditorView): string {
  const { head } = view.state.selection.main
  return `${view.state.sliceDoc(0, head)}|${view.state.sliceDoc(head)}`
}

test('a graf moves past the next one with the blank lines where they were, and back', () => {
  const view = at('Two')
  moveGraf(view, 1)
  expect(shown(view)).toBe(
    '- first\n- second\n\nOne. |Two is long.\n\nThe end, said Mr. Boyd. He left.',
  )
  moveGraf(view, 1)
  expect(view.state.doc.toString().endsWith('\n\nOne. Two is long.')).toBe(true)
  moveGraf(view, 1)
  moveGraf(view, -1)
  moveGraf(view, -1)
  expect(view.state.doc.toString()).toBe(body)
})

test('a line of a list moves inside it, then all of the list', () => {
  const view = at('first')
  moveGraf(view, 1)
  expect(shown(view)).toContain('- second\n- |first\n\n')
  moveGraf(view, 1)
  expect(view.state.doc.toString().endsWith('He left.\n\n- second\n- first')).toBe(true)
})

test('a sentence moves past the next one of its graf, and no further', () => {
  const view = at('One')
  moveSentence(view, 1)
  expect(shown(view)).toContain('Two is long. |One.\n')
  moveSentence(view, 1)
  expect(shown(view)).toContain('Two is long. |One.\n')
  moveSentence(view, -1)
  expect(view.state.doc.toString()).toBe(body)
})

test('the caret goes from sentence to sentence, over grafs too', () => {
  const view = at('is long')
  toSentence(view, -1)
  expect(shown(view)).toContain('One. |Two')
  toSentence(view, 1)
  expect(shown(view)).toContain('|- first')
  for (let n = 0; n < 3; n += 1) toSentence(view, 1)
  expect(shown(view)).toContain('Boyd. |He left.')
})

test('a title or an initial ends no sentence', () => {
  const graf = 'Mr. J. Boyd of St. Ives came. “It is off,” he said. No. 7 is closed.'
  expect(sentencesOf(graf).map(({ from, to }) => graf.slice(from, to))).toEqual([
    'Mr. J. Boyd of St. Ives came.',
    '“It is off,” he said.',
    'No. 7 is closed.',
  ])
})
