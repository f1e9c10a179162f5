// Suggest mode: what is typed is marked and signed, and handed over the piece is again what it was.
import { fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { pieces } from '../desk/pieces.svelte'
import { fixtureHost } from '../fixture'
import { house } from '../frame/house.svelte'
import { setHostForTest } from '../host'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { suggestMode } from './suggest.svelte'

let before = ''

beforeEach(async () => {
  setHostForTest(fixtureHost())
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await pieces.open(1)
  go('draft')
  await waitFor(() => {
    expect(piece.check).not.toBeNull()
  })
  before = piece.body
})
afterEach(async () => {
  await piece.flush()
  piece.close()
  toasts.splice(0)
  trouble.clear()
  house.isEditorAsked = false
  setHostForTest(null)
})

/** Presses a key with Alt. */
const press = (key: string, shiftKey = false) =>
  fireEvent.keyDown(window, { key, altKey: true, shiftKey })

/** Suggests to begin the piece with other words. */
async function suggest(): Promise<void> {
  await press('g')
  await page.findByText('Suggesting')
  const to = before.indexOf(',')
  piece.dispatch({ changes: { from: 0, to, insert: 'Perhaps' }, userEvent: 'input.type' })
  await waitFor(() => {
    expect(piece.suggestedBody).toBe(piece.body)
  })
}

test('what comes is marked in the text and what goes stands where it stood', async () => {
  await suggest()
  const gone = document.querySelector('.suggested-gone')
  expect(gone?.textContent).toBe(before.slice(0, before.indexOf(',')))
  expect(document.querySelector('.suggested')?.textContent).toBe('Perhaps')
  await press('5')
  expect(page.getByText(/^1 suggestion · 0 open comments/)).toBeTruthy()
  expect(page.getByText(/suggests since/).textContent).toContain('SB')
})

test('handed over, the piece is what it was', async () => {
  await suggest()
  await press('g')
  await waitFor(() => {
    expect(piece.body).toBe(before)
  })
  expect(await page.findByText('Handed over: accept or reject it in Compare')).toBeTruthy()
  await waitFor(() => {
    expect(page.queryByText('Suggesting')).toBeNull()
  })
  expect(document.querySelector('.suggested')).toBeNull()
})

test('kept, the suggestions are the piece', async () => {
  await suggest()
  await press('G', true)
  await waitFor(() => {
    expect(suggestMode.view).toBeNull()
  })
  expect(piece.body.startsWith('Perhaps,')).toBe(true)
  expect(page.getByText('1 suggestion kept')).toBeTruthy()
})

test('the suggestion at the caret is taken back by key, and the mode goes on', async () => {
  await suggest()
  piece.dispatch({ selection: { anchor: 3 } })
  await press('z')
  await waitFor(() => {
    expect(piece.body).toBe(before)
  })
  await waitFor(() => {
    expect(suggestMode.view?.rows).toEqual([])
  })
})

test('what is typed beside a suggestion is marked before the core has said so', async () => {
  await suggest()
  piece.dispatch({ changes: { from: 7, insert: ' so' }, userEvent: 'input.type' })
  expect(document.querySelector('.suggested')?.textContent).toBe('Perhaps so')
})

test('who suggests says who they are first, and then suggests', async () => {
  await house.setEditor('')
  await press('g')
  expect(house.isEditorAsked).toBe(true)
  expect(suggestMode.view).toBeNull()
  await house.setEditor('JW')
  await waitFor(() => {
    expect(suggestMode.view?.suggesting.by).toBe('JW')
  })
})

test('what was handed over is shown in Compare', async () => {
  await press('5')
  await fireEvent.click(page.getByRole('button', { name: 'What was handed over …' }))
  expect(screen.name).toBe('compare')
  await waitFor(() => {
    expect(page.getByRole('radio', { name: /^Suggestions/, checked: true })).toBeTruthy()
  })
})
