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
import { clock } from './clock.svelte'
import { pieces } from './pieces.svelte'
import { shown } from './shown.svelte'
import { builtIn } from './view'
import { views } from './views.svelte'

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
  views.pick(builtIn[0])
  shown.chooseNone()
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
  if (ferry) await pieces.route([ferry], { status: 'edit' })
  await waitFor(() => {
    expect(within(column('legal')).getByText('Nothing here.')).toBeTruthy()
  })
  expect(localStorage.getItem('stet-desk')).toContain('board')
  await press('b')
  await page.findByRole('row', { name: 'ferry-sale' })
})

test('a tick of the clock arranges the list anew only where it depends on the time', () => {
  const { rows } = shown
  clock.now = new Date()
  expect(shown.rows).toBe(rows)
  shown.filter.only = 'due'
  const due = shown.rows
  clock.now = new Date()
  expect(shown.rows).not.toBe(due)
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

test('what has the focus is selected, and a double click opens it, as a row and as a tile', async () => {
  row('school-roof').focus()
  await waitFor(() => {
    expect(row('school-roof').getAttribute('aria-selected')).toBe('true')
  })
  await press('b')
  await fireEvent.dblClick(within(column('legal')).getByText('ferry-sale'))
  await waitFor(() => {
    expect(piece.fields.slug).toBe('ferry-sale')
  })
})

test('each piece says what last happened to it, when and by whom', async () => {
  expect(within(row('ferry-sale')).getByText(/^status now legal, .+, SB$/)).toBeTruthy()
  await press('b')
  expect(within(column('legal')).getByText(/^status now legal, .+, SB$/)).toBeTruthy()
})

const row = (slug: string) => page.getByRole('row', { name: slug })
const change = async (label: string, words: string) => {
  await press('c')
  const field = await page.findByLabelText(label)
  await fireEvent.input(field, { target: { value: words } })
  await fireEvent.submit(field.closest('form') ?? field)
}

test('a deadline is given in words, ticks, and is taken back', async () => {
  await press('c')
  const due = await page.findByLabelText('Due')
  await fireEvent.input(due, { target: { value: 'next week or so' } })
  await fireEvent.submit(due.closest('form') ?? due)
  expect((await page.findByRole('alert')).textContent).toContain('names no time')
  await fireEvent.input(due, { target: { value: '+90 min' } })
  await fireEvent.submit(due.closest('form') ?? due)
  await waitFor(() => {
    expect(row('ferry-sale').textContent).toMatch(/in 1 h (29|30) min/)
  })
  clock.now = new Date(Date.now() + 2 * 3_600_000)
  await waitFor(() => {
    expect(row('ferry-sale').textContent).toContain('30 min late')
  })
  undoLast()
  await waitFor(() => {
    expect(row('ferry-sale').textContent).not.toContain('30 min late')
  })
})

test('chosen pieces change together, and one word takes all of it back', async () => {
  await press(' ')
  await press('ArrowDown', { shiftKey: true })
  expect(page.getByRole('group', { name: 'Chosen pieces' }).textContent).toContain('2 pieces')
  const before = pieces.rows
  await change('Words ordered', '1,200')
  await waitFor(() => {
    expect(row('ferry-sale').textContent).toContain('/1,200')
  })
  expect(row('school-roof').textContent).toContain('/1,200')
  expect(row('budget-explainer').textContent).toContain('/1,800')
  undoLast()
  await waitFor(() => {
    expect(pieces.rows.map((row) => row.targetWords)).toEqual(before.map((row) => row.targetWords))
  })
})

test('what is chosen goes to the bin and comes back, and nothing else with it', async () => {
  await press('a', { ctrlKey: true })
  await press('Escape')
  expect(page.queryByRole('group', { name: 'Chosen pieces' })).toBeNull()
  await fireEvent.click(row('school-roof'))
  await fireEvent.click(row('pilot-profile'), { shiftKey: true })
  await fireEvent.click(row('budget-explainer'), { ctrlKey: true })
  await press('Delete')
  await waitFor(() => {
    expect(page.queryByRole('row', { name: 'school-roof' })).toBeNull()
  })
  expect(page.queryByRole('row', { name: 'pilot-profile' })).toBeNull()
  expect(row('budget-explainer')).toBeTruthy()
  undoLast()
  await page.findByRole('row', { name: 'school-roof' })
  expect(row('pilot-profile')).toBeTruthy()
})

test('a filter hides what is chosen from what is done', async () => {
  await press('a', { ctrlKey: true })
  shown.filter.status = 'draft'
  await waitFor(() => {
    expect(page.getByRole('group', { name: 'Chosen pieces' }).textContent).toContain('1 piece')
  })
  await press('e')
  await waitFor(() => {
    expect(pieces.rows).toHaveLength(5)
  })
  expect(await statusOf('ferry-sale')).toBe('legal')
})

test('a refusal says which piece, and nothing is changed', async () => {
  const message = 'None of the 6 pieces was changed, because of “court”: it is damaged.'
  setHostForTest((name, args) =>
    name === 'route_drafts'
      ? Promise.reject({ code: 'corrupt', message } as unknown as Error)
      : host(name, args),
  )
  const before = pieces.rows
  await press('a', { ctrlKey: true })
  await press('ArrowRight', { shiftKey: true })
  expect((await page.findByRole('alert')).textContent).toContain('because of “court”')
  expect(pieces.rows.map(({ status }) => status)).toEqual(before.map(({ status }) => status))
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
