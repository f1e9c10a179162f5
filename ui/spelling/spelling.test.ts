import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { type Host, setHostForTest } from '../host'
import { toasts, undoLast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import type { MisspellingView } from '../wire'
import { spelling } from './spelling.svelte'

/** What the dictionary of the test knows not. */
const unknown = ['recieved', 'mechanic']
let learned: string[] = []

/** Each unknown word of a body; what stands before the second graf’s end is taken for speech where it is in marks. */
function told(body: string): MisspellingView[] {
  return unknown
    .filter((word) => !learned.includes(word) && body.includes(word))
    .map((word): MisspellingView => {
      const from = body.indexOf(word)
      const isQuoted = body.slice(0, from).split('“').length > body.slice(0, from).split('”').length
      return { at: [from, from + word.length], word, isQuoted }
    })
    .sort((one, other) => one.at[0] - other.at[0])
}

beforeEach(async () => {
  learned = []
  const desk = fixtureHost()
  const host: Host = async (name, args) => {
    if (name === 'find_misspellings') return told((args as { body: string }).body)
    if (name === 'suggest_spelling') return ['received', 'relieved']
    const reply = await desk(name, args)
    if (name === 'learn_word' || name === 'forget_word')
      learned = (reply as { words: string[] }).words
    return reply
  }
  setHostForTest(host)
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await piece.open(1)
  go('draft')
  await page.findByLabelText('Body')
})
afterEach(async () => {
  await piece.flush()
  cleanup()
  piece.close()
  spelling.isOpen = false
  spelling.asked = null
  toasts.splice(0)
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const list = () => page.getByRole('list', { name: 'Spelling' })
/** Opens the list at the first misspelling, its suggestions read. */
async function begin(words: string): Promise<void> {
  piece.dispatch({ changes: { from: 0, insert: words } })
  await piece.recheck()
  await press('F6')
  await page.findByRole('button', { name: '1 received' })
}

test('a number puts right what was meant, and the next misspelling is on', async () => {
  await begin('He recieved it. ')
  expect(list().contains(document.activeElement)).toBe(true)
  await press('1')
  await waitFor(() => {
    expect(piece.body.startsWith('He received it.')).toBe(true)
  })
  await waitFor(() => {
    expect(document.activeElement?.textContent).toContain('mechanic')
  })
})

test('what was said is changed only when an editor says so', async () => {
  await begin('“We recieved it,” Eze said. ')
  await press('2')
  await page.findByRole('dialog', { name: 'Change what was said?' })
  expect(piece.body).toContain('recieved')
  await fireEvent.click(page.getByRole('button', { name: 'Leave it' }))
  expect(piece.body).toContain('recieved')
  await fireEvent.click(page.getByRole('button', { name: '1 received' }))
  await fireEvent.click(await page.findByRole('button', { name: 'Put “received”' }))
  expect(piece.body.startsWith('“We received it,”')).toBe(true)
})

test('a word is learned by key and that is taken back by key', async () => {
  await begin('He recieved it. ')
  await press('w', { altKey: true })
  await waitFor(() => {
    expect(list().textContent).not.toContain('recieved')
  })
  undoLast()
  await waitFor(() => {
    expect(list().textContent).toContain('recieved')
  })
  await press('F6', { shiftKey: true })
  await press('i', { altKey: true })
  await waitFor(() => {
    expect(list().textContent).not.toContain('recieved')
  })
  undoLast()
  await waitFor(() => {
    expect(list().textContent).toContain('recieved')
  })
})

test('the dictionary is chosen, added and taken out, and words are forgotten', async () => {
  await spelling.learn('blorp')
  await press('x', { ctrlKey: true, shiftKey: true })
  await fireEvent.change(await page.findByLabelText('Read drafts by'), {
    target: { value: 'en_GB' },
  })
  await waitFor(() => {
    expect(spelling.view?.language).toBe('en_GB')
  })
  undoLast()
  await waitFor(() => {
    expect(spelling.view?.language).toBe('en_US')
  })
  await fireEvent.click(page.getByLabelText('Read words all in capitals too'))
  await waitFor(() => {
    expect(spelling.view?.readsCapitals).toBe(true)
  })
  const files = ['nl.aff', 'nl.dic'].map((name) => new File(['1'], name))
  await fireEvent.change(page.getByLabelText('A dictionary from two files'), { target: { files } })
  await fireEvent.click(await page.findByRole('button', { name: 'Take nl out' }))
  await waitFor(() => {
    expect(spelling.view?.languages).toEqual(['en_US', 'en_GB'])
  })
  await fireEvent.click(page.getByRole('button', { name: 'Forget blorp' }))
  await waitFor(() => {
    expect(spelling.view?.words).toEqual([])
  })
})
