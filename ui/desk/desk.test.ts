import {
  cleanup,
  fireEvent,
  render,
  screen as page,
  waitFor,
  within,
} from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { type Host, setHostForTest } from '../host'
import { toasts, undoLast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import type { DraftRow } from '../wire'
import { pieces } from './pieces.svelte'
import { shown } from './shown.svelte'

let host: Host

beforeEach(async () => {
  host = fixtureHost()
  setHostForTest(host)
  pieces.place = 'desk'
  pieces.selectedId = null
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
})
afterEach(() => {
  cleanup()
  piece.close()
  shown.showAll()
  shown.showBoard(false)
  trouble.clear()
  toasts.splice(0)
  localStorage.clear()
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true, ...more })
const column = (status: string) => page.getByRole('region', { name: status })
const tiles = (status: string) =>
  within(column(status))
    .queryAllByRole('option')
    .map((tile) => tile.querySelector('.slug')?.textContent)
const statusOf = async (slug: string) =>
  ((await host('list_drafts', { place: 'desk' })) as DraftRow[]).find((row) => row.slug === slug)
    ?.status

test('the board has a column for each status, remembered, and says which are empty', async () => {
  await press('b')
  expect(tiles('legal')).toEqual(['ferry-sale'])
  expect(tiles('edit')).toEqual(['school-roof'])
  const [ferry] = pieces.rows.filter(({ slug }) => slug === 'ferry-sale')
  if (ferry) await pieces.setStatus(ferry, 'edit')
  await waitFor(() => {
    expect(within(column('legal')).getByText('Nothing here.')).toBeTruthy()
  })
  expect(localStorage.getItem('stet-desk')).toContain('board')
  await press('b')
  await page.findByRole('row', { name: 'ferry-sale' })
})

test('on the board arrows go from tile to tile and with Shift take the piece along', async () => {
  await press('b')
  await waitFor(() => {
    expect(within(column('legal')).getByRole('option', { selected: true }).textContent).toContain(
      'ferry-sale',
    )
  })
  await press('ArrowLeft')
  await waitFor(() => {
    expect(document.activeElement?.textContent).toContain('school-roof')
  })
  await press('ArrowRight', { shiftKey: true })
  await waitFor(() => {
    expect(tiles('legal')).toContain('school-roof')
  })
  expect(await statusOf('school-roof')).toBe('legal')
  await waitFor(() => {
    expect(document.activeElement?.textContent).toContain('school-roof')
  })
  undoLast()
  await waitFor(() => {
    expect(tiles('edit')).toEqual(['school-roof'])
  })
})

test('a tile dropped on a column has its status', async () => {
  await press('b')
  const tile = within(column('draft')).getByRole('option')
  await fireEvent.dragStart(tile)
  await fireEvent.dragOver(column('ready'))
  await fireEvent.drop(column('ready'))
  await waitFor(() => {
    expect(tiles('ready')).toContain('pilot-profile')
  })
  expect(await statusOf('pilot-profile')).toBe('ready')
})

test('of a thousand pieces a column draws some and leads to the table with all of them', async () => {
  const [model] = pieces.rows
  if (!model) throw new Error('the desk has pieces')
  pieces.rows = Array.from({ length: 1000 }, (_, n) => ({
    ...model,
    id: 1000 + n,
    slug: `lot-${n}`,
    status: n % 2 ? 'draft' : 'legal',
  }))
  await press('b')
  expect(tiles('legal')).toHaveLength(40)
  await fireEvent.click(within(column('legal')).getByRole('button', { name: 'and 460 more' }))
  await page.findByRole('row', { name: 'lot-0' })
  expect(page.queryByRole('row', { name: 'lot-1' })).toBeNull()
  expect(page.getAllByRole('row').length).toBeLessThan(300)
  await fireEvent.click(page.getByRole('button', { name: /^and \d+ more/ }))
  await fireEvent.click(page.getByRole('button', { name: /^and \d+ more/ }))
  await waitFor(() => {
    expect(page.getAllByRole('row')).toHaveLength(501)
  })
})
