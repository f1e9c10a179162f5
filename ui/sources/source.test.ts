import {
  cleanup,
  fireEvent,
  render,
  screen as page,
  waitFor,
  within,
} from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixtureHost } from '../fixture'
import { setHostForTest } from '../host'
import { listen } from '../keys'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { notes } from './notes.svelte'
import Sources from './Sources.svelte'

let stopListening: () => void

beforeEach(async () => {
  setHostForTest(fixtureHost())
  notes.groupBy('source')
  go('sources')
  render(Sources)
  stopListening = listen(window, () => screen.name)
  await waitFor(() => {
    expect(notes.isRead).toBe(true)
  })
})
afterEach(async () => {
  stopListening()
  cleanup()
  await notes.redact(false)
  notes.leaveSource()
  piece.close()
  setHostForTest(null)
  localStorage.clear()
})

const press = (key: string) => fireEvent.keyDown(document.body, { key })
const eze = () => notes.rows.filter(({ source }) => source === 'Ines Eze')

test('a source has all their notes and the sentences that use them, each a way to where it stands', async () => {
  await notes.select(eze()[0]?.id ?? null)
  await press('S')
  const shown = within(await page.findByRole('article', { name: 'The source' }))
  expect(shown.getByRole('heading', { level: 2 }).textContent).toContain('Ines Eze')
  expect(shown.getAllByTitle('Open the note')).toHaveLength(eze().length)
  await fireEvent.click(shown.getByRole('button', { name: /We will sell it by spring/ }))
  await waitFor(() => {
    expect([screen.name, piece.id]).toEqual(['draft', 1])
  })
  expect(screen.at.place).toBeDefined()
})

test('the name above notes leads to the source, and Escape back', async () => {
  await fireEvent.click(page.getByRole('button', { name: 'Lars Moreau' }))
  await page.findByRole('article', { name: 'The source' })
  await press('Escape')
  await page.findByRole('article', { name: 'Note' })
})

test('j goes on from a source to the next note', async () => {
  await press('S')
  await page.findByRole('article', { name: 'The source' })
  await press('j')
  await page.findByRole('article', { name: 'Note' })
})

test('notes are listed by piece, which is kept', async () => {
  await press('g')
  await page.findByRole('heading', { level: 2, name: 'ferry-sale' })
  expect(localStorage.getItem('stet-notes')).toBe('{"by":"piece"}')
  await fireEvent.click(page.getByRole('radio', { name: 'By source' }))
  await page.findByRole('button', { name: 'Lars Moreau' })
})

test('what is blanked of a note is shown by key, for each note that is gone to, and none of its words', async () => {
  const off = notes.rows.find(({ terms }) => terms === 'off the record')
  const open = notes.rows.find(({ terms }) => terms === 'on the record')
  if (!off || !open) throw new Error('the desk has both')
  await notes.select(off.id)
  const words = notes.shown?.text.slice(0, 20) ?? ''
  await press('R')
  const shown = await page.findByRole('region', { name: 'What leaves the desk' })
  expect(within(shown).getByRole('img', { name: 'blanked: off the record' })).toBeTruthy()
  expect(page.getByRole('article').textContent).not.toContain(words)
  await notes.select(open.id)
  await page.findByText('Nothing of its words is blanked.')
  await press('R')
  expect(page.queryByRole('region', { name: 'What leaves the desk' })).toBeNull()
})
