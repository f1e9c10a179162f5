import { undo } from '@codemirror/commands'
import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { pieces } from '../desk/pieces.svelte'
import { fixtureHost } from '../fixture'
import { type Host, setHostForTest } from '../host'
import { toasts, undoLast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { filled, readSnippets, typedName } from './snippet'
import { snippets } from './snippets.svelte'

const written = `[bio]
{byline} covers the harbour.

[Correction]
**Correction, {date}:** In {slug}, {|} was wrong.

It is right now.
`
const now = new Date(2026, 8, 3, 12)

test('a name in brackets stands above its words', () => {
  const { snippets, complaints } = readSnippets(written)
  expect(complaints).toEqual([])
  expect(snippets.map(({ name }) => name)).toEqual(['bio', 'Correction'])
  expect(snippets[1]?.words.split('\n')).toHaveLength(3)
  expect(readSnippets('')).toEqual({ snippets: [], complaints: [] })
})

test('what cannot be kept is told with its line', () => {
  const text = 'Words first.\n\n[bio]\nOne.\n\n[BIO]\nTwo.\n\n[empty]\n\n[two words]\nThree.\n'
  expect(readSnippets(text).complaints).toEqual([
    { line: 1, message: 'Words stand below a name: begin with one, as [bio].' },
    { line: 6, message: 'The name is taken.' },
    { line: 9, message: 'It has no words.' },
    { line: 11, message: 'A name has letters, figures and hyphens alone.' },
  ])
})

test('a snippet is filled with what the piece shows; what it does not show is a TK', () => {
  const [bio, correction] = readSnippets(written).snippets
  if (!bio || !correction) throw new Error('both are read')
  const shown = { slug: 'ferry-sale', byline: '' }
  expect(filled(bio, shown, now)).toEqual({ text: 'TK covers the harbour.', caret: 22 })
  const { text, caret } = filled(correction, shown, now)
  expect(text.slice(0, caret)).toBe('**Correction, Sept. 3, 2026:** In ferry-sale, ')
  expect(text.slice(caret)).toBe(' was wrong.\n\nIt is right now.')
})

test('a name counts only behind two semicolons at the beginning of a word', () => {
  expect(['x ;;bio ', ';;bio ', '“;;bio '].map(typedName)).toEqual(['bio', 'bio', 'bio'])
  expect(['x;;bio ', ';;bio', ';bio ', 'a; b ', ';; '].map(typedName)).toEqual(Array(5).fill(null))
})

let host: Host

beforeEach(async () => {
  host = fixtureHost()
  setHostForTest(host)
  await host('keep_snippets', { text: written })
  pieces.place = 'desk'
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await pieces.open(1)
  await waitFor(() => {
    expect([screen.name, snippets.all.length]).toEqual(['draft', 2])
  })
})
afterEach(async () => {
  await piece.flush()
  cleanup()
  piece.close()
  trouble.clear()
  toasts.splice(0)
  snippets.text = null
  snippets.isOpen = snippets.isChoosing = false
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true, ...more })
/** Types at the beginning of the body, a letter at a time. */
function type(words: string): void {
  for (const [at, insert] of [...words].entries())
    piece.dispatch({
      changes: { from: at, insert },
      selection: { anchor: at + 1 },
      userEvent: 'input.type',
    })
}
const takeBack = () =>
  undo({
    state: piece.state,
    dispatch: (transaction) => {
      piece.moved(transaction.state, transaction.docChanged)
    },
  })

test('a snippet is chosen by name and put in at the caret, and one undo takes it back', async () => {
  const before = piece.body
  piece.setField('byline', 'Ana Pires')
  await press('p', { altKey: true })
  const field = await page.findByRole('combobox', { name: 'Put in a snippet' })
  await fireEvent.input(field, { target: { value: 'bi' } })
  await fireEvent.keyDown(field, { key: 'Enter' })
  expect(piece.body).toBe(`Ana Pires covers the harbour.${before}`)
  takeBack()
  expect(piece.body).toBe(before)
})

test('a name typed behind ;; gives way to its words, and one undo brings it back', () => {
  const before = piece.body
  type('Now. ;;correction ')
  expect(piece.body.startsWith('Now. **Correction, ')).toBe(true)
  const { head } = piece.state.selection.main
  expect(piece.body.slice(head - 4, head + 11)).toBe('le,  was wrong.')
  takeBack()
  expect(piece.body).toBe(`Now. ;;correction ${before}`)
})

test('what no snippet is called stays as it is typed', () => {
  const before = piece.body
  type('Now. ;;nobody ')
  expect(piece.body).toBe(`Now. ;;nobody ${before}`)
})

test('they are written in a box that keeps only what can be read, and taken back as they were', async () => {
  await press('d', { ctrlKey: true, shiftKey: true })
  const field = await page.findByLabelText<HTMLTextAreaElement>(/^A name in brackets/)
  expect(field.value).toBe(written)
  const keep = page.getByRole<HTMLButtonElement>('button', { name: /^Keep/ })
  await fireEvent.input(field, { target: { value: 'No name.' } })
  expect(keep.disabled).toBe(true)
  expect(page.getByText('Line 1')).toBeTruthy()
  await fireEvent.input(field, { target: { value: '[desk]\nThe desk.' } })
  await fireEvent.click(keep)
  await waitFor(() => {
    expect(snippets.all.map(({ name }) => name)).toEqual(['desk'])
  })
  undoLast()
  await waitFor(() => {
    expect(snippets.text).toBe(written)
  })
})
