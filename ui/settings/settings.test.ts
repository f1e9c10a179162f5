import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { boxes } from '../frame/boxes.svelte'
import { house } from '../frame/house.svelte'
import { locking } from '../frame/locking.svelte'
import { call, type Host, Refused, setHostForTest } from '../host'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { keyset } from './keyset.svelte'
import { looks } from './looks.svelte'

let asked: { name: string; args: unknown }[] = []
let refuse = ''

beforeEach(async () => {
  asked = []
  refuse = ''
  locking.isLocked = null
  const host = fixtureHost()
  let isOn = true
  const watched: Host = (name, args) => {
    asked.push({ name, args })
    if (name === refuse) return Promise.reject(new Refused('diskFull', 'The disk is full today.'))
    if (name === 'set_style_on') isOn = (args as { isOn: boolean }).isOn
    if (name === 'set_style_on' || name === 'house_style')
      return Promise.resolve({ text: '', shipped: '', isOn, nRules: 0 })
    if (name === 'set_backup_folder')
      return Promise.resolve({
        backups: [],
        folder: 'sample.desk.backups',
        second: (args as { folder: string }).folder,
      })
    return host(name, args)
  }
  setHostForTest(watched)
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await press(',', { ctrlKey: true })
})
afterEach(() => {
  cleanup()
  boxes.isSettingsOpen = boxes.isKeysOpen = locking.isAsked = false
  boxes.settingsTab = 'looks'
  keyset.putAllBack()
  looks.choose({ theme: 'system', type: 'serif' })
  localStorage.clear()
  trouble.clear()
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const sent = (name: string) => asked.filter((each) => each.name === name).map(({ args }) => args)
const root = document.documentElement
async function openDesk(): Promise<void> {
  await press('ArrowRight')
  await page.findByRole('tabpanel', { name: 'This desk' })
}

test('a way to look is taken at once, by the arrows', async () => {
  expect(document.activeElement).toBe(page.getByRole('tab', { name: 'How it looks' }))
  for (const [label, way] of [
    ['System', 'theme'],
    ['Serif', 'type'],
  ] as const) {
    page.getByRole('radio', { name: label }).focus()
    await press('ArrowRight')
    await waitFor(() => {
      expect(root.dataset[way]).toBe({ theme: 'light', type: 'sans' }[way])
    })
  }
  await press('ArrowRight')
  expect(root.dataset['type']).toBe('serif')
})

test('who works here is kept when the field is left', async () => {
  await openDesk()
  const field = page.getByLabelText('Initials or name')
  await fireEvent.input(field, { target: { value: ' Ada ' } })
  await fireEvent.change(field)
  await waitFor(() => {
    expect(house.desk?.editor).toBe('Ada')
  })
})

test('what the desk refuses is said here, and the field has what stands', async () => {
  await openDesk()
  refuse = 'set_editor'
  const field = page.getByLabelText<HTMLInputElement>('Initials or name')
  await fireEvent.input(field, { target: { value: 'Ada' } })
  await fireEvent.change(field)
  const pane = page.getByRole('tabpanel')
  await waitFor(() => {
    expect(pane.querySelector('[role="alert"]')?.textContent).toContain('The disk is full today.')
  })
  expect(field.value).toBe('SB')
})

test('what tidying may pass is told, and told anew once it was changed', async () => {
  await openDesk()
  const pane = page.getByRole('tabpanel')
  expect(pane.textContent).toContain('Strict')
  await fireEvent.click(page.getByRole('button', { name: 'What may pass …' }))
  const fillers = await page.findByLabelText<HTMLSelectElement>('Fillers left out')
  fillers.value = 'trimmed'
  await fireEvent.change(fillers)
  await fireEvent.click(page.getByRole('button', { name: /^Keep(?! as)/ }))
  await waitFor(() => {
    expect(pane.textContent).toContain('fillers as trimmed')
  })
})

test('house style is put off, and backups get a second place', async () => {
  await openDesk()
  const box = page.getByRole<HTMLInputElement>('checkbox', { name: 'Hold drafts against it' })
  await waitFor(() => {
    expect(box.checked).toBe(true)
  })
  await fireEvent.click(box)
  expect(sent('set_style_on')).toEqual([{ isOn: false }])
  const folder = page.getByLabelText<HTMLInputElement>('Folder for the copies')
  await fireEvent.input(folder, { target: { value: '/media/stick' } })
  await fireEvent.change(folder)
  await waitFor(() => {
    expect(sent('set_backup_folder')).toEqual([{ folder: '/media/stick' }])
  })
  expect(sent('preview_backup')).toEqual([])
})

test('a desk without a passphrase is offered one; one that has it says when it locks', async () => {
  await openDesk()
  await fireEvent.click(page.getByRole('button', { name: 'Set a passphrase …' }))
  await page.findByRole('dialog', { name: 'Passphrase of this desk' })
  locking.isAsked = false
  house.desk = await call('set_passphrase', { old: '', new: 'five grey gulls' })
  const minutes = await page.findByLabelText<HTMLSelectElement>('Lock after')
  expect(minutes.value).toBe('15')
  minutes.value = '5'
  await fireEvent.change(minutes)
  await waitFor(() => {
    expect(house.desk?.lockAfterMin).toBe(5)
  })
})

/** The row of an action among the keys. */
async function rowOf(label: string): Promise<HTMLElement> {
  if (!page.queryByRole('tabpanel', { name: 'Keys' })) await press('ArrowLeft')
  const button = await page.findByRole('button', { name: `Change: ${label}` })
  const row = button.closest('li')
  if (!row) throw new Error('the button stands in a row')
  return row
}
const change = (row: HTMLElement) => {
  const button = row.querySelector<HTMLElement>('.change button')
  button?.focus()
  button?.click()
}

test('a new key is pressed and holds at once, on buttons and in tooltips too', async () => {
  const row = await rowOf('New piece')
  change(row)
  await waitFor(() => {
    expect(row.textContent).toContain('Press the new key')
  })
  await press('Shift')
  await press('x')
  expect(row.querySelector('kbd')?.textContent).toBe('x')
  const settings = await rowOf('Settings')
  change(settings)
  await press('F10')
  boxes.isSettingsOpen = false
  await waitFor(() => {
    expect(page.getByRole('button', { name: 'New piece x' })).toBeTruthy()
  })
  expect(page.getByRole('button', { name: 'Settings' }).title).toBe('Settings  F10')
  await press('F10')
  expect(boxes.isSettingsOpen).toBe(true)
})

test('a key that is taken is refused by name, Escape leaves it, and the box stays open', async () => {
  const row = await rowOf('Help')
  change(row)
  await press('k', { ctrlKey: true })
  expect(row.textContent).toContain('Ctrl K is taken by “Commands”.')
  await press('Escape')
  expect(row.textContent).not.toContain('taken')
  expect(row.querySelector('kbd')?.textContent).toBe('F1')
  expect(boxes.isSettingsOpen).toBe(true)
})

test('one key and all keys are put back, and all of that is taken back', async () => {
  for (const [label, key] of [
    ['Help', 'F10'],
    ['Duplicate', 'x'],
  ] as const) {
    const row = await rowOf(label)
    change(row)
    await press(key)
  }
  const row = await rowOf('Help')
  await fireEvent.click(page.getByRole('button', { name: 'Put back: Help' }))
  expect(row.querySelector('kbd')?.textContent).toBe('F1')
  await fireEvent.click(page.getByRole('button', { name: 'All as Stet comes' }))
  expect((await rowOf('Duplicate')).querySelector('kbd')?.textContent).toBe('d')
  await fireEvent.click(page.getByRole('button', { name: 'Take that back' }))
  expect((await rowOf('Duplicate')).querySelector('kbd')?.textContent).toBe('x')
})

test('an action is found by its name, and the overlay leads here', async () => {
  boxes.isSettingsOpen = false
  boxes.isKeysOpen = true
  await fireEvent.click(await page.findByRole('button', { name: 'Change keys …' }))
  const field = await page.findByLabelText('Find an action')
  await fireEvent.input(field, { target: { value: 'graf back' } })
  const all = page.getAllByRole('button', { name: /^Change: / })
  expect(all.map((each) => each.getAttribute('aria-label'))).toEqual([
    'Change: Take the whole graf back',
  ])
})
