import { undo } from '@codemirror/commands'
import {
  cleanup,
  fireEvent,
  render,
  screen as page,
  waitFor,
  within,
} from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import App from '../App.svelte'
import { pieces } from '../desk/pieces.svelte'
import { fixtureHost } from '../fixture'
import { locking } from '../frame/locking.svelte'
import { doomedPiece, removing } from '../frame/removing.svelte'
import { type Host, Refused, setHostForTest } from '../host'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import type { DraftRow, DraftView } from '../wire'
import { beside } from './beside.svelte'

const FERRY = 1
const ROOF = 2
const BUDGET = 3
let desk: Host
/** A command that is refused, and why. */
let refused: { name: string; why: Refused } | null = null

beforeEach(async () => {
  locking.isLocked = null
  refused = null
  desk = fixtureHost()
  setHostForTest((name, args) =>
    refused?.name === name ? Promise.reject(refused.why) : desk(name, args),
  )
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await piece.open(FERRY)
  go('draft')
  await page.findByRole('textbox', { name: 'Body' })
})
afterEach(() => {
  cleanup()
  beside.close()
  beside.isChoosing = false
  removing.doomed = null
  piece.close()
  trouble.clear()
  screen.isFocused = false
  localStorage.clear()
  toasts.splice(0)
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const column = () => page.queryByRole('region', { name: /^Beside: / })
const read = async (id: number) => (await desk('open_draft', { id })) as DraftView
const row = async (id: number) => {
  const rows = (await desk('list_drafts', { place: 'desk' })) as DraftRow[]
  const found = rows.find((each) => each.id === id)
  if (!found) throw new Error('the desk has the piece')
  return found
}
/** The slugs on Draft from left to right, the one that is edited in capitals. */
const sides = () => {
  const section = page.getByRole('region', { name: 'Draft' })
  return [...section.children].flatMap((each) => {
    if (each.classList.contains('beside')) return [beside.slug]
    return each.classList.contains('page') ? [piece.fields.slug.toUpperCase()] : []
  })
}
/** What the picker lists. */
const offered = () =>
  within(page.getByRole('listbox', { name: 'Open a piece beside' }))
    .queryAllByRole('option')
    .map((each) => each.textContent)
/** Puts the roof beside the ferry. */
async function pair(): Promise<void> {
  beside.open(ROOF)
  await waitFor(() => {
    expect(beside.body).not.toBe('')
  })
}
const type = (insert: string) => {
  piece.dispatch({ changes: { from: 0, insert }, userEvent: 'input.type' })
}
const takeBack = () => {
  undo({
    state: piece.state,
    dispatch: (transaction) => {
      piece.moved(transaction.state, true)
    },
  })
}

test('a piece is found by its name and stands beside, with its words, which cannot be typed into', async () => {
  await press('b', { altKey: true })
  const box = await page.findByRole('combobox', { name: 'Open a piece beside' })
  await fireEvent.input(box, { target: { value: 'roof' } })
  await waitFor(() => {
    expect(offered()).toHaveLength(1)
  })
  await fireEvent.keyDown(box, { key: 'Enter' })
  const text = await page.findByRole('textbox', { name: 'Body of school-roof' })
  expect(column()?.getAttribute('aria-label')).toBe('Beside: school-roof')
  expect(text.getAttribute('aria-readonly')).toBe('true')
  expect(beside.body).toBe((await read(ROOF)).body)
  expect(piece.id, 'the one that is edited stays').toBe(FERRY)
  expect(sides()).toEqual(['FERRY-SALE', 'school-roof'])
})

test('the piece that is edited is not offered', async () => {
  await press('b', { altKey: true })
  await waitFor(() => {
    expect(offered().some((words) => words.includes('school-roof'))).toBe(true)
  })
  expect(offered().some((words) => words.includes('ferry-sale'))).toBe(false)
})

test('change over: each stays on its side, and comes back with its caret', async () => {
  await pair()
  piece.dispatch({ selection: { anchor: 7 } })
  await press('o', { altKey: true })
  await waitFor(() => {
    expect(sides()).toEqual(['ferry-sale', 'SCHOOL-ROOF'])
  })
  expect(beside.state.selection.main.head).toBe(7)
  piece.dispatch({ selection: { anchor: 5 } })
  await press('o', { altKey: true })
  await waitFor(() => {
    expect(sides()).toEqual(['FERRY-SALE', 'school-roof'])
  })
  expect(piece.state.selection.main.head).toBe(7)
  expect(beside.state.selection.main.head).toBe(5)
})

test('what was typed is saved before a change over, and its undo survives it', async () => {
  await pair()
  const before = piece.body
  type('Rain. ')
  await beside.changeOver()
  expect((await read(FERRY)).body, 'on the desk').toBe(`Rain. ${before}`)
  expect(beside.body, 'and beside').toBe(`Rain. ${before}`)
  type('Snow. ')
  await beside.changeOver()
  takeBack()
  expect(piece.body).toBe(before)
  await beside.changeOver()
  expect(piece.body.startsWith('Snow. ')).toBe(true)
  takeBack()
  expect(piece.body).toBe((await read(ROOF)).body.replace('Snow. ', ''))
})

test('a history that speaks of other words is not used', async () => {
  await pair()
  type('Rain. ')
  await beside.changeOver()
  const ferry = await read(FERRY)
  await desk('save_draft', { edit: { ...ferry, body: 'From elsewhere.' } })
  await beside.changeOver()
  expect(piece.body).toBe('From elsewhere.')
  takeBack()
  expect(piece.body, 'there is nothing to undo in it').toBe('From elsewhere.')
})

test.each(['save_draft', 'open_draft'] as const)(
  'where %s is refused, both stay as they are, and nothing typed is lost',
  async (name) => {
    await pair()
    type('Rain. ')
    refused = { name, why: new Refused('diskFull', 'The disk is full today.') }
    const standing = piece.body
    expect(await beside.changeOver()).toBe(false)
    expect([piece.id, beside.id, piece.body]).toEqual([FERRY, ROOF, standing])
    expect(sides()).toEqual(['FERRY-SALE', 'school-roof'])
    expect(trouble.message).toContain('The disk is full today.')
    takeBack()
    expect(piece.body, 'its history too').toBe(standing.replace('Rain. ', ''))
  },
)

test('the piece beside, opened from elsewhere, changes over: no piece is shown twice', async () => {
  await pair()
  go('desk')
  await pieces.open(ROOF)
  await waitFor(() => {
    expect(sides()).toEqual(['ferry-sale', 'SCHOOL-ROOF'])
  })
  beside.open(ROOF)
  expect(beside.id, 'what is edited is not put beside itself').toBe(FERRY)
  go('desk')
  await pieces.open(BUDGET)
  await waitFor(() => {
    expect(piece.id).toBe(BUDGET)
  })
  expect(beside.id, 'a third piece leaves it where it is').toBe(FERRY)
})

test('with no piece open, the piece beside stands alone once it is opened', async () => {
  await pair()
  piece.close()
  await piece.open(ROOF)
  expect([piece.id, beside.id]).toEqual([ROOF, null])
})

test('it is closed by key, by button and by Escape in it, and the caret is in the text again', async () => {
  for (const close of [
    () => press('b', { altKey: true, shiftKey: true }),
    async () => fireEvent.click(page.getByRole('button', { name: 'Close the piece beside' })),
    async () => {
      await beside.focus()
      expect(beside.hasFocus).toBe(true)
      await press('Escape')
    },
  ]) {
    await pair()
    await close()
    await waitFor(() => {
      expect(column()).toBeNull()
    })
    expect(document.activeElement).toBe(page.getByRole('textbox', { name: 'Body' }))
  }
})

test('by key into the column and back; Enter in it changes over', async () => {
  await pair()
  await press('a', { altKey: true })
  await waitFor(() => {
    expect(beside.hasFocus).toBe(true)
  })
  await press('a', { altKey: true })
  expect(document.activeElement).toBe(page.getByRole('textbox', { name: 'Body' }))
  await beside.focus()
  await press('Enter')
  await waitFor(() => {
    expect(sides()).toEqual(['ferry-sale', 'SCHOOL-ROOF'])
  })
  await waitFor(() => {
    expect(document.activeElement).toBe(page.getByRole('textbox', { name: 'Body' }))
  })
})

test('a double click changes over and leaves nothing chosen that typing would replace', async () => {
  await pair()
  beside.moved(beside.state.update({ selection: { anchor: 0, head: 4 } }).state)
  await fireEvent.dblClick(page.getByRole('textbox', { name: 'Body of school-roof' }))
  await waitFor(() => {
    expect(piece.id).toBe(ROOF)
  })
  expect(piece.state.selection.main.empty).toBe(true)
})

test('what goes into the bin, or for good, does not stay beside', async () => {
  await pair()
  await pieces.move([await row(ROOF)], 'bin')
  expect(column()).toBeNull()
  beside.open(BUDGET)
  await waitFor(() => {
    expect(beside.body).not.toBe('')
  })
  await removing.ask(doomedPiece(await row(BUDGET)))
  await removing.remove()
  expect(beside.id).toBeNull()
})

test('what was changed since is read anew when Draft is shown, and what is gone is not shown', async () => {
  await pair()
  go('desk')
  const roof = await read(ROOF)
  await desk('save_draft', { edit: { ...roof, hed: 'Another hed', body: `New. ${roof.body}` } })
  go('draft')
  expect(await page.findByText('Another hed')).toBeTruthy()
  expect(beside.body).toBe(`New. ${roof.body}`)
  go('desk')
  await desk('remove_draft', { id: ROOF })
  go('draft')
  await waitFor(() => {
    expect(beside.id).toBeNull()
  })
  expect(trouble.message).toBeNull()
})

test('what cannot be read says so in its column, and can be tried again', async () => {
  refused = { name: 'open_draft', why: new Refused('corrupt', 'Its words do not fit their seal.') }
  beside.open(ROOF)
  const told = await page.findByRole('alert')
  expect(told.textContent).toContain('could not be read. Its words do not fit their seal.')
  refused = null
  await fireEvent.click(page.getByRole('button', { name: 'Try again' }))
  await page.findByRole('textbox', { name: 'Body of school-roof' })
  expect(page.queryByRole('alert')).toBeNull()
})

test('after a start it stands where it stood, and on another desk it does not', async () => {
  await pair()
  await beside.changeOver()
  beside.restore('another.desk')
  expect(beside.id).toBeNull()
  await piece.open(ROOF)
  beside.restore('sample.desk')
  expect([beside.id, beside.isLeft]).toEqual([FERRY, true])
})

test('after a start nothing is said of one that is gone', async () => {
  await pair()
  go('desk')
  await desk('remove_draft', { id: ROOF })
  beside.restore('sample.desk')
  go('draft')
  await waitFor(() => {
    expect(beside.id).toBeNull()
  })
  expect(column()).toBeNull()
  expect([trouble.message, toasts]).toEqual([null, []])
})

test('focus mode shows the piece alone; what asks for the other brings all back', async () => {
  await pair()
  await press('F11', { shiftKey: true })
  await waitFor(() => {
    expect(column()).toBeNull()
  })
  await press('a', { altKey: true })
  await waitFor(() => {
    expect(beside.hasFocus).toBe(true)
  })
})

test('in a narrow window it stands over the other, and gives way to what is written and to a panel', async () => {
  const narrow = vi.spyOn(beside, 'isCovering', 'get').mockImplementation(() => !beside.isFolded)
  await pair()
  const isFolded = () => page.getByRole('region', { name: 'Draft' }).classList.contains('folded')
  expect(isFolded()).toBe(false)
  await fireEvent.click(page.getByRole('button', { name: 'Back to ferry-sale' }))
  await waitFor(() => {
    expect(isFolded()).toBe(true)
  })
  await fireEvent.click(page.getByRole('button', { name: 'Show' }))
  await waitFor(() => {
    expect(isFolded()).toBe(false)
  })
  await press('3', { altKey: true })
  await waitFor(() => {
    expect(isFolded()).toBe(true)
  })
  narrow.mockRestore()
})
