import {
  cleanup,
  fireEvent,
  render,
  screen as page,
  waitFor,
  within,
} from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import App from './App.svelte'
import { pieces } from './desk/pieces.svelte'
import { shown } from './desk/shown.svelte'
import { fixtureHost } from './fixture'
import { boxes } from './frame/boxes.svelte'
import { fartherActions } from './frame/farther'
import { type Host, setHostForTest } from './host'
import { keysOf } from './keys'
import { toasts } from './parts/toasts.svelte'
import { piece } from './piece.svelte'
import { go } from './screen.svelte'
import { notes } from './sources/notes.svelte'
import { trouble } from './trouble.svelte'

let refuse: Record<string, { code: string; message: string }> = {}
let asked: string[] = []

beforeEach(async () => {
  refuse = {}
  asked = []
  const host = fixtureHost()
  const watched: Host = (name, args) => {
    asked.push(name)
    const refusal = refuse[name]
    return refusal ? Promise.reject(refusal as unknown as Error) : host(name, args)
  }
  setHostForTest(watched)
  pieces.place = 'desk'
  pieces.selectedId = null
  shown.order = { column: 'changed', isDown: true }
  notes.selectedId = null
  notes.isBinShown = false
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
})
afterEach(() => {
  cleanup()
  notes.leave()
  piece.close()
  trouble.clear()
  boxes.isSearchOpen = boxes.isCommandsOpen = boxes.isKeysOpen = false
  toasts.splice(0)
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const slugs = () =>
  page
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.getAttribute('aria-label'))
const selected = () =>
  page
    .getAllByRole('row')
    .find((row) => row.getAttribute('aria-selected') === 'true')
    ?.getAttribute('aria-label')

test('the desk is sorted by a click on a column, and turned round by another', async () => {
  await fireEvent.click(page.getByRole('button', { name: /^slug/ }))
  expect(slugs()[0]).toBe('budget-explainer')
  await fireEvent.click(page.getByRole('button', { name: /^slug/ }))
  expect(slugs()[0]).toBe('school-roof')
})

test('the filter takes words and status, and says so when nothing passes', async () => {
  await fireEvent.input(page.getByLabelText('Filter by words'), { target: { value: 'roof' } })
  expect(slugs()).toEqual(['school-roof'])
  const status = page.getByLabelText<HTMLSelectElement>('Status')
  status.value = 'legal'
  await fireEvent.change(status)
  await fireEvent.click(await page.findByRole('button', { name: 'Show all' }))
  expect(slugs()).toHaveLength(6)
})

test('j and k walk the rows and stop at the ends; Enter opens the piece', async () => {
  await press('j')
  expect(selected()).toBe('school-roof')
  await press('k')
  await press('k')
  expect(selected()).toBe('ferry-sale')
  await press('Enter')
  expect(await page.findByRole('textbox', { name: 'Hed' })).toHaveProperty(
    'value',
    'Ferry line up for sale',
  )
  await waitFor(() => {
    expect(document.title).toBe('ferry-sale · Stet')
  })
})

test('a piece put in the bin comes back by the key, whole', async () => {
  await press('Delete')
  await waitFor(() => {
    expect(slugs()).not.toContain('ferry-sale')
  })
  expect(page.getByText('ferry-sale put in the bin')).toBeTruthy()
  await press('z', { ctrlKey: true, shiftKey: true, key: 'Z' })
  await waitFor(() => {
    expect(slugs()).toContain('ferry-sale')
  })
})

test('a refusal is a banner with its sentence, and nothing is gone', async () => {
  refuse = { route_drafts: { code: 'read_only', message: 'The desk can only be read.' } }
  await press('e')
  expect((await page.findByRole('alert')).textContent).toContain('The desk can only be read.')
  expect(slugs()).toContain('ferry-sale')
  await fireEvent.click(page.getByRole('button', { name: 'Close' }))
  expect(page.queryByRole('alert')).toBeNull()
})

test('a new piece opens with the caret in its hed, and what is written is saved', async () => {
  await press('n')
  const hed = await page.findByRole('textbox', { name: 'Hed' })
  await waitFor(() => {
    expect(document.activeElement).toBe(hed)
  })
  await fireEvent.input(hed, { target: { value: 'Rain ends the fair' } })
  expect(page.getByText('saving')).toBeTruthy()
  await waitFor(() => {
    expect(page.getByText(/^saved \d\d:\d\d:\d\d$/)).toBeTruthy()
  })
  expect(asked).toContain('save_draft')
})

test('a save that fails stays on the screen until one succeeds', async () => {
  await press('Enter')
  const hed = await page.findByRole('textbox', { name: 'Hed' })
  refuse = { save_draft: { code: 'disk_full', message: 'The disk has no room.' } }
  await fireEvent.input(hed, { target: { value: 'Another hed' } })
  const banner = await page.findByRole('alert')
  expect(banner.textContent).toContain('The disk has no room.')
  expect(banner.textContent).toContain('Your text is safe')
  expect(hed).toHaveProperty('value', 'Another hed')
  refuse = {}
  await fireEvent.click(within(banner).getByRole('button', { name: 'Try now' }))
  await waitFor(() => {
    expect(page.queryByRole('alert')).toBeNull()
  })
})

test('without a piece, a screen of one says so and leads to the desk', async () => {
  await press('3', { ctrlKey: true })
  expect(page.getByText('No piece is open.')).toBeTruthy()
  await fireEvent.click(page.getByRole('button', { name: /Go to the desk/ }))
  expect(page.getByRole('grid', { name: 'Pieces' })).toBeTruthy()
})

test('words pasted on Sources begin a note, which must name its source', async () => {
  await press('5', { ctrlKey: true })
  await page.findByRole('heading', { name: 'Rosa Haddad' })
  const data = new DataTransfer()
  data.setData('text/plain', 'We never agreed.\r\nNot once.')
  await fireEvent(window, new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  const text = await page.findByLabelText('Words, as they were said or written')
  expect(text).toHaveProperty('value', 'We never agreed.\nNot once.')
  await fireEvent.click(page.getByRole('button', { name: /Keep the note/ }))
  expect((await page.findByRole('alert')).textContent).toContain('A note needs a source')
  await fireEvent.input(page.getByLabelText('Source: who said or wrote it'), {
    target: { value: 'Tove Lund' },
  })
  await fireEvent.click(page.getByRole('button', { name: /Keep the note/ }))
  const note = await page.findByRole('article', { name: 'Note' })
  expect(await within(note).findByRole('heading', { name: 'Tove Lund' })).toBeTruthy()
})

test('a confidential name is veiled for eyes and for readers until it is held', async () => {
  await press('5', { ctrlKey: true })
  const veiled = await page.findByRole('img', { name: 'a confidential name' })
  expect(page.queryByRole('heading', { name: /Lindqvist/ })).toBeNull()
  expect(veiled.classList.contains('is-shown')).toBe(false)
  await press('h')
  expect(veiled.classList.contains('is-shown')).toBe(true)
  await fireEvent.keyUp(window, { key: 'h' })
  expect(veiled.classList.contains('is-shown')).toBe(false)
})

test('search shows the hit in its sentence as it is typed, and opens the note at the place', async () => {
  await press('/')
  const box = await page.findByRole('combobox', { name: /Search/ })
  await fireEvent.input(box, { target: { value: 'forty-one boats use that' } })
  const hit = await within(page.getByRole('listbox')).findByRole('option')
  expect(within(hit).getByText(/forty-one boats use that/i).tagName).toBe('MARK')
  await fireEvent.keyDown(box, { key: 'Enter' })
  const note = await page.findByRole('article', { name: 'Note' })
  await within(note).findByRole('heading', { name: 'Rosa Haddad' })
  await waitFor(() => {
    expect(document.querySelector('article mark')?.textContent).toMatch(/forty-one boats use that/i)
  })
})

test('a command is found by any of its words and done by Enter', async () => {
  await press('k', { ctrlKey: true })
  const box = await page.findByRole('combobox', { name: 'Commands' })
  await fireEvent.input(box, { target: { value: 'roof' } })
  await waitFor(() => {
    expect(within(page.getByRole('listbox')).getAllByRole('option')).toHaveLength(1)
  })
  await fireEvent.keyDown(box, { key: 'Enter' })
  expect(await page.findByRole('textbox', { name: 'Hed' })).toHaveProperty(
    'value',
    'Roof repairs slip to autumn',
  )
})

test('a piece in the archive is found too, says where it lies, and is opened', async () => {
  await press('e')
  await waitFor(() => {
    expect(page.queryByRole('row', { name: 'ferry-sale' })).toBeNull()
  })
  await press('k', { ctrlKey: true })
  const box = await page.findByRole('combobox', { name: 'Commands' })
  await fireEvent.input(box, { target: { value: 'archive ferry' } })
  const [found] = await within(page.getByRole('listbox')).findAllByRole('option')
  expect(found?.textContent.replaceAll(/\s+/g, ' ').trim()).toBe(
    'Open ferry-sale Archive · Ferry line up for sale',
  )
  await fireEvent.keyDown(box, { key: 'Enter' })
  expect(await page.findByRole('textbox', { name: 'Hed' })).toHaveProperty(
    'value',
    'Ferry line up for sale',
  )
})

test('what another screen does is found, says where, and is done there', async () => {
  const find = async (words: string) => {
    await press('k', { ctrlKey: true })
    const box = await page.findByRole('combobox', { name: 'Commands' })
    await fireEvent.input(box, { target: { value: words } })
    return box
  }
  const offered = () =>
    within(page.getByRole('listbox'))
      .queryAllByRole('option')
      .map((option) => option.textContent.replaceAll(/\s+/g, ' ').trim())
  const box = await find('new note')
  await waitFor(() => {
    expect(offered()[0]).toBe('New note Sources')
  })
  await fireEvent.input(box, { target: { value: 'panel outline' } })
  expect(offered(), 'with no piece open there is nothing to do it with').toEqual([])
  await fireEvent.input(box, { target: { value: 'new note' } })
  await fireEvent.keyDown(box, { key: 'Enter' })
  await page.findByRole('form', { name: 'Note' })
  await piece.open(1)
  const again = await find('panel outline')
  await waitFor(() => {
    expect(offered()[0]).toBe('Panel: outline Draft')
  })
  await fireEvent.keyDown(again, { key: 'Enter' })
  expect(await page.findByRole('tab', { name: 'Outline', selected: true })).toBeTruthy()
})

test('what can be asked for from elsewhere is there to be done', async () => {
  await piece.open(1)
  for (const name of ['desk', 'draft', 'check', 'compare', 'sources', 'export'] as const) {
    go(name === 'desk' ? 'sources' : 'desk')
    const wanted = fartherActions().filter((action) => action.screen === name)
    expect(wanted.length).toBeGreaterThan(0)
    go(name)
    await page.findByRole('main', { name })
    await waitFor(() => {
      const bound = keysOf(name).map(({ given, label }) => `${given} ${label}`)
      expect(bound).toEqual(
        expect.arrayContaining(wanted.map(({ given, label }) => `${given} ${label}`)),
      )
    })
  }
})

test('a note is found by the name of its source, unless that is withheld, and a revision by its own', async () => {
  await press('Enter')
  await press('k', { ctrlKey: true })
  const box = await page.findByRole('combobox', { name: 'Commands' })
  const ask = (value: string) => fireEvent.input(box, { target: { value } })
  await ask('lindqvist')
  expect(await page.findByText(/No command, piece, note/)).toBeTruthy()
  await ask('confidential')
  expect(await page.findByText('Note from a confidential source')).toBeTruthy()
  await ask('legal compare')
  expect(await page.findByText('Compare with “sent to legal”')).toBeTruthy()
  await ask('hadad')
  await page.findByText('Note from Rosa Haddad')
  await fireEvent.keyDown(box, { key: 'Enter' })
  const note = await page.findByRole('article', { name: 'Note' })
  expect(await within(note).findByRole('heading', { name: 'Rosa Haddad' })).toBeTruthy()
})

test('the panel lists the quotes, and the outline jumps', async () => {
  await press('Enter')
  const list = await page.findByRole('list', { name: 'Quotes' })
  expect(await within(list).findByText('may lost')).toBeTruthy()
  await fireEvent.click(page.getByRole('tab', { name: 'Outline' }))
  expect(page.getByRole('button', { name: /What the line carries/ })).toBeTruthy()
})

test('who works here is typed into the field that has the focus, and stands on the rail', async () => {
  await press('E', { ctrlKey: true, shiftKey: true })
  const field = await page.findByLabelText(/^Initials or name/)
  await waitFor(() => {
    expect(document.activeElement).toBe(field)
  })
  await fireEvent.input(field, { target: { value: 'JW' } })
  await fireEvent.click(page.getByRole('button', { name: /^Keep(?! as)/ }))
  expect(await page.findByRole('button', { name: 'JW works here' })).toBeTruthy()
})

test('the list is there before its quotes are counted, and they come in by themselves', async () => {
  await waitFor(() => expect(page.queryAllByText('counting …')).toHaveLength(0))
  expect(asked.filter((name) => name === 'count_quotes')).toHaveLength(1)
  expect(asked.indexOf('list_drafts')).toBeLessThan(asked.indexOf('count_quotes'))
  expect(pieces.rows.every(({ counts }) => counts !== null)).toBe(true)
  refuse = { count_quotes: { code: 'io', message: 'The desk could not be read.' } }
  await pieces.read()
  expect(await page.findAllByText('counting …')).not.toHaveLength(0)
  expect(slugs()).toContain('ferry-sale')
})

test('a desk that can only be read says why, and what to do', async () => {
  cleanup()
  const because = 'You may not write to the folder /srv. Copy the desk to a folder of yours.'
  const host = fixtureHost()
  let readOnlyBecause: string | null = because
  setHostForTest(async (name, args) => {
    const reply = await host(name, args)
    return name === 'desk' ? { ...(reply as object), readOnlyBecause } : reply
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  render(App)
  expect(await page.findByText(`This desk can only be read. ${because}`)).toBeTruthy()
  expect(await page.findByRole('row', { name: 'ferry-sale' })).toBeTruthy()
  await vi.advanceTimersByTimeAsync(6000)
  expect(page.getByText(/This desk can only be read/)).toBeTruthy()
  readOnlyBecause = null
  await vi.advanceTimersByTimeAsync(6000)
  expect(page.queryByText(/This desk can only be read/), 'it is asked again').toBeNull()
  vi.useRealTimers()
})

test('what to know of where the desk lies is told until it is put away', async () => {
  cleanup()
  const notices = ['This desk lies in a folder that Dropbox copies.', 'The second place is gone.']
  const host = fixtureHost()
  setHostForTest(async (name, args) => {
    const reply = await host(name, args)
    return name === 'desk' ? { ...(reply as object), notices } : reply
  })
  render(App)
  for (const words of notices) expect(await page.findByText(words)).toBeTruthy()
  await fireEvent.click(page.getAllByRole('button', { name: 'Close' })[0] as HTMLElement)
  expect(page.queryByText(notices[0] as string)).toBeNull()
  expect(page.getByText(notices[1] as string)).toBeTruthy()
})

test('a piece that came back after a crash is told, and what stood before can be put back', async () => {
  cleanup()
  const host = fixtureHost()
  const restored: unknown[] = []
  let isListedAnew = false
  setHostForTest(async (name, args) => {
    if (name === 'list_drafts') isListedAnew = restored.length > 0
    if (name === 'restore_revision') {
      restored.push(args)
      return { draft: await host('open_draft', { id: 1 }), beforeId: 7 }
    }
    const reply = await host(name, args)
    const recovered = [
      { id: 1, slug: 'ferry-sale', savedAt: '2026-11-25T14:03:22Z', beforeId: 7 },
      { id: 2, slug: 'harbour', savedAt: '2026-11-25T14:03:22Z', beforeId: null },
    ]
    return name === 'desk' ? { ...(reply as object), recovered } : reply
  })
  render(App)
  expect(await page.findByText(/“ferry-sale” is back with all that was saved up to/)).toBeTruthy()
  expect(page.getByText(/“harbour” is back/)).toBeTruthy()
  const buttons = page.getAllByRole('button', { name: 'Put back what stood before' })
  expect(buttons, 'nothing stood before in the other').toHaveLength(1)
  buttons[0]?.click()
  await waitFor(() => expect(page.queryByText(/“ferry-sale” is back/)).toBeNull())
  expect(restored).toEqual([{ id: 1, revisionId: 7 }])
  await waitFor(() => expect(isListedAnew, 'the desk lists the words of before').toBe(true))
  page.getByRole('button', { name: 'Close' }).click()
  await waitFor(() => expect(page.queryByText(/“harbour” is back/)).toBeNull())
})

test('each screen has a heading, and the button for commands is called what it shows', async () => {
  await press('Enter')
  await page.findByRole('list', { name: 'Quotes' })
  for (const name of ['draft', 'check', 'compare', 'export'] as const) {
    go(name)
    const words = name.charAt(0).toUpperCase() + name.slice(1)
    expect(
      await page.findByRole('heading', { name: `${words} of ferry-sale`, level: 1 }),
    ).toBeTruthy()
  }
  expect(page.getByRole('button', { name: 'Commands Ctrl K' })).toBeTruthy()
})
