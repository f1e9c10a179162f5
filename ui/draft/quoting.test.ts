import { undo } from '@codemirror/commands'
import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { pieces } from '../desk/pieces.svelte'
import { fixtureHost } from '../fixture'
import { type Host, setHostForTest } from '../host'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { notes } from '../sources/notes.svelte'
import { trouble } from '../trouble.svelte'
import type { NoteRow } from '../wire'
import { quoting } from './quoting.svelte'

let told: string[] = []
let asked: [number, number][] = []
let isFailing = false
let row: NoteRow
let fixture: Host
const host: Host = ((name: Parameters<Host>[0], args: never) => {
  if (name === 'find_passages' && isFailing) return Promise.reject(new Error('The disk failed.'))
  if (name === 'find_passages')
    return Promise.resolve([{ note: row, words: 'We may sell it.', marks: [[3, 6]], at: [11, 26] }])
  if (name === 'quote_from_note') {
    const { at, passage } = args as { at: [number, number]; passage: [number, number] }
    asked.push(passage)
    return Promise.resolve({ edit: { at, insert: '“We may sell it,” said Eze. ' }, told })
  }
  return fixture(name, args)
}) as Host

beforeEach(async () => {
  fixture = fixtureHost()
  setHostForTest(host)
  told = []
  asked = []
  isFailing = false
  const first = ((await host('list_notes', {})) as NoteRow[])[0]
  if (!first) throw new Error('the desk has notes')
  row = first
  pieces.place = 'desk'
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await pieces.open(1)
  await waitFor(() => {
    expect(screen.name).toBe('draft')
  })
})
afterEach(async () => {
  await piece.flush()
  cleanup()
  piece.close()
  trouble.clear()
  toasts.splice(0)
  quoting.isChoosing = false
  getSelection()?.removeAllRanges()
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true, ...more })

test('a passage is chosen by its words and comes in as the core has it; one undo takes it back', async () => {
  const before = piece.body
  told = ['On background: the source stands without the name.']
  await press('q', { altKey: true })
  const field = await page.findByRole('combobox', { name: 'Put in a quote from a note' })
  await page.findByText('may', { selector: 'mark' })
  await fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => {
    expect(piece.body).toBe(`“We may sell it,” said Eze. ${before}`)
  })
  expect(piece.state.selection.main.head).toBe(28)
  expect(toasts.map(({ words }) => words)).toEqual(told)
  undo({
    state: piece.state,
    dispatch: (transaction) => {
      piece.moved(transaction.state, transaction.docChanged)
    },
  })
  expect(piece.body).toBe(before)
})

test('words chosen on Sources come in at the caret, and the draft is shown there', async () => {
  go('sources', { noteId: row.id })
  await waitFor(() => {
    expect(notes.shown?.id).toBe(row.id)
  })
  const line = await waitFor(() => {
    const words = document.querySelector('[data-note] [data-at="0"] span')?.firstChild
    if (!words) throw new Error('the note is not drawn yet')
    return words
  })
  getSelection()?.setBaseAndExtent(line, 0, line, 3)
  await press('q')
  await waitFor(() => {
    expect(screen.name).toBe('draft')
  })
  expect(piece.body.startsWith('“We may sell it,” said Eze. ')).toBe(true)
  expect(quoting.isChoosing).toBe(false)
})

test('where nothing is chosen on Sources the words are looked up on Draft', async () => {
  go('sources')
  await waitFor(() => {
    expect(notes.shown).not.toBeNull()
  })
  await press('q')
  await page.findByRole('combobox', { name: 'Put in a quote from a note' })
  expect(screen.name).toBe('draft')
})

test('nothing comes into another piece, nor into words that changed meanwhile', async () => {
  const putting = quoting.put({ noteId: row.id, passage: [0, 9] })
  piece.dispatch({ changes: { from: 0, insert: 'Now. ' } })
  expect(await putting).toBeNull()
  expect(piece.body).not.toContain('We may sell it,” said')
  piece.close()
  expect(await quoting.put({ noteId: row.id, passage: [0, 9] })).toBeNull()
})

test('passages that could not be read are told, and can be asked for again', async () => {
  isFailing = true
  quoting.isChoosing = true
  await waitFor(() => {
    expect(trouble.message).not.toBeNull()
  })
  isFailing = false
  const field = await page.findByRole('combobox', { name: 'Put in a quote from a note' })
  await fireEvent.input(field, { target: { value: 'may' } })
  await page.findByText('may', { selector: 'mark' })
  expect(trouble.message).toBeNull()
})

test('part of a sentence is chosen by key, shown, and only that is asked for', async () => {
  quoting.isChoosing = true
  const option = await page.findByRole('option', { name: /We may sell it/ })
  await press('ArrowLeft', { altKey: true })
  await press('ArrowRight', { altKey: true, shiftKey: true })
  expect([...option.querySelectorAll('.left')].map(({ textContent }) => textContent).join('')).toBe(
    'We  it.',
  )
  await page.findByText('Taken: may sell')
  await press('Enter')
  await waitFor(() => {
    expect(asked).toEqual([[14, 22]])
  })
})
