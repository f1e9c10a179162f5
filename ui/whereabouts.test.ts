import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from './App.svelte'
import { layout } from './draft/layout.svelte'
import { fixtureHost } from './fixture'
import { locking } from './frame/locking.svelte'
import { type Host, Refused, setHostForTest } from './host'
import { piece } from './piece.svelte'
import { go, screen } from './screen.svelte'
import { trouble } from './trouble.svelte'
import type { DraftView } from './wire'
import { whereabouts } from './whereabouts.svelte'

const KEPT = 'stet-whereabouts'
let desk: Host
let refused: Record<string, Refused> = {}
/** Lets a piece come that was held. */
let answer: (() => void) | null = null

beforeEach(() => {
  refused = {}
  answer = null
  desk = fixtureHost()
  setHostForTest(async (name, args) => {
    if (refused[name]) throw refused[name]
    if (name === 'open_draft' && answer) await new Promise<void>((come) => (answer = come))
    return desk(name, args)
  })
})
afterEach(() => {
  close()
  trouble.clear()
  setHostForTest(null)
})

/** The window goes. */
function close(): void {
  window.dispatchEvent(new Event('pagehide'))
  cleanup()
  locking.isLocked = null
  // A page that is loaded anew keeps nothing before it is back.
  whereabouts.leave()
  piece.close()
  go('desk')
  layout.tab = 'check'
}
/** The window opens. */
async function start(): Promise<void> {
  locking.isLocked = null
  render(App)
  await page.findByRole('main')
}
const tabNow = () => page.getByRole('tab', { selected: true }).textContent
const saved = async (id: number, body: string) =>
  desk('save_draft', { edit: { ...((await desk('open_draft', { id })) as DraftView), body } })

/** An editor who reads the roof, with the outline beside it, and closes the window. */
async function leaveRoof(): Promise<void> {
  await start()
  await piece.open(2)
  go('draft')
  await fireEvent.click(await page.findByRole('tab', { name: 'Outline' }))
  piece.dispatch({ selection: { anchor: 9, head: 4 } })
  piece.sight = { at: 4, below: -7 }
  close()
}

test('a start leads back to the piece, its screen and panel, the caret and what was in sight', async () => {
  await leaveRoof()
  await start()
  await page.findByRole('textbox', { name: 'Body' })
  expect([piece.id, screen.name, tabNow()]).toEqual([2, 'draft', 'Outline'])
  expect(piece.spot).toEqual({ anchor: 9, head: 4, sight: { at: 4, below: -7 } })
})

test('going to another screen and back keeps the panel', async () => {
  await start()
  await piece.open(2)
  go('draft')
  await fireEvent.click(await page.findByRole('tab', { name: 'Outline' }))
  go('sources')
  await page.findByRole('main', { name: 'sources' })
  go('draft')
  await page.findByRole('textbox', { name: 'Body' })
  expect(tabNow()).toBe('Outline')
})

test('each piece that is opened again is shown where it was left', async () => {
  await start()
  await piece.open(2)
  piece.dispatch({ selection: { anchor: 9 } })
  piece.sight = { at: 4, below: 12 }
  await piece.open(1)
  expect(piece.spot.head).toBe(0)
  await piece.open(2)
  expect(piece.spot).toEqual({ anchor: 9, head: 9, sight: { at: 4, below: 12 } })
})

test('what is in sight stays with its line when words come above it, also behind the screen', async () => {
  await start()
  await piece.open(2)
  piece.sight = { at: 4, below: 12 }
  piece.dispatch({ changes: { from: 0, insert: 'New. ' } })
  expect(piece.sight).toEqual({ at: 9, below: 12 })
})

test('numbers are kept, and names of screen and panel: no word of the piece', async () => {
  await leaveRoof()
  const [[, kept]] = Object.entries(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as object) as [
    [string, string],
  ]
  expect(kept).toMatch(/^\["draft","outline",2,\d+(,\[\d+,\d+,\d+,\d+,-?\d+\])+\]$/)
})

test('words that were cut elsewhere meanwhile leave the caret at the end', async () => {
  await leaveRoof()
  await saved(2, 'Out')
  await start()
  await page.findByRole('textbox', { name: 'Body' })
  expect(piece.spot).toMatchObject({ anchor: 3, head: 3, sight: { at: 3 } })
})

test('a first start shows the desk, and so does one on another desk', async () => {
  await leaveRoof()
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Record<string, string>
  localStorage.setItem(KEPT, JSON.stringify({ 'another.desk': Object.values(kept)[0] }))
  await start()
  await page.findByRole('row', { name: 'ferry-sale' })
  expect([piece.id, screen.name]).toEqual([null, 'desk'])
})

test.each([
  ['gone', () => desk('remove_draft', { id: 2 })],
  [
    'in the bin',
    () =>
      desk('route_drafts', {
        orders: [
          {
            id: 2,
            slug: 'school-roof',
            place: 'bin',
            status: null,
            deadline: null,
            targetWords: null,
          },
        ],
      }),
  ],
  ['of a desk begun anew', () => (desk = fixtureHost())],
])('where the piece is %s the desk is shown, without a word', async (_, change) => {
  await start()
  await saved(2, 'Saved once more.')
  close()
  await leaveRoof()
  await change()
  await start()
  await page.findByRole('row', { name: 'ferry-sale' })
  expect([piece.id, screen.name, trouble.message]).toEqual([null, 'desk', null])
})

test('a piece that cannot be read is told, and the desk is shown', async () => {
  await leaveRoof()
  refused.open_draft = new Refused('corrupt', 'Its words do not fit their seal.')
  await start()
  await page.findByText('Its words do not fit their seal.')
  await page.findByRole('row', { name: 'ferry-sale' })
})

test('what was found after a crash is said over the piece that comes back', async () => {
  await leaveRoof()
  const whole = desk
  desk = async (name, args) => {
    const reply = await whole(name, args)
    const back = { id: 1, slug: 'ferry-sale', savedAt: '2026-11-20T09:00:00Z', beforeId: null }
    return name === 'desk' ? { ...(reply as object), recovered: [back] } : reply
  }
  await start()
  await page.findByRole('textbox', { name: 'Body' })
  await page.findByText(/Stet was not closed in order: “ferry-sale” is back/)
})

test('who goes elsewhere while the piece is on its way stays there, and nothing is said of no piece', async () => {
  await leaveRoof()
  answer = () => undefined
  await start()
  expect(page.queryByText('No piece is open.')).toBeNull()
  go('desk')
  answer()
  await waitFor(() => {
    expect(piece.id).toBe(2)
  })
  expect(screen.name).toBe('desk')
})

test('a locked desk tells nothing of where the editor was until it is opened', async () => {
  await leaveRoof()
  refused.desk = new Refused('locked', 'This desk is locked.')
  await start()
  await page.findByLabelText('Passphrase')
  expect([piece.id, layout.tab]).toEqual([null, 'check'])
  refused = {}
  await locking.unlock('')
  await page.findByRole('textbox', { name: 'Body' })
  expect(piece.id).toBe(2)
})

test('what cannot be read back is as good as never kept', async () => {
  for (const kept of [
    'x',
    '{"sample.desk":"[1]"}',
    '{"sample.desk":"[\\"draft\\",\\"words\\",2,1]"}',
    '{"sample.desk":7}',
  ]) {
    localStorage.setItem(KEPT, kept)
    await start()
    await page.findByRole('row', { name: 'ferry-sale' })
    expect(piece.id).toBeNull()
    cleanup()
  }
  localStorage.setItem(KEPT, '{"sample.desk":"[\\"draft\\",\\"outline\\",2,0,[2,\\"x\\"],7]"}')
  await whereabouts.restore('sample.desk')
  expect([piece.id, piece.spot.head]).toEqual([2, 0])
})
