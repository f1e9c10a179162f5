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
import { house } from '../frame/house.svelte'
import { locking } from '../frame/locking.svelte'
import { type Host, setHostForTest } from '../host'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import type { Commands } from '../wire'
import { backups } from './backups.svelte'

let asked: [name: string, args: unknown][] = []
let refuse: Record<string, { code: string; message: string }> = {}
let backupTrouble: string | null = null
let isDamaged = false
let isRefused = false
let nBegun = 0

beforeEach(async () => {
  asked = []
  refuse = {}
  backupTrouble = null
  isDamaged = isRefused = false
  nBegun = 0
  locking.isLocked = null
  locking.forgetAll = () => {
    nBegun += 1
  }
  const host = fixtureHost()
  const watched: Host = async (name, args) => {
    asked.push([name, args])
    if (isRefused && name === 'desk')
      throw { code: 'corrupt', message: 'This is no desk file of Stet.' } as unknown as Error
    if (refuse[name]) throw refuse[name] as unknown as Error
    const reply = await host(name, args)
    return name === 'desk'
      ? { ...(reply as Commands['desk']['reply']), backupTrouble, isDamaged }
      : reply
  }
  setHostForTest(watched)
  go('desk')
  render(App)
  await page.findByText('Desk', { selector: 'h1' })
})
afterEach(() => {
  cleanup()
  backups.isOpen = false
  house.refusal = house.survey = null
  piece.close()
  trouble.clear()
  setHostForTest(null)
})

const open = async () => {
  await fireEvent.keyDown(document.body, { key: 'h', ctrlKey: true, shiftKey: true })
  const list = await page.findByLabelText('Backups, newest first')
  await page.findByText('1 piece would be as before')
  return list
}

test('the list is walked by keys, and says of each what would change', async () => {
  const list = await open()
  const side = within(page.getByLabelText('What putting it back would change'))
  expect(side.getByText('142 → 138 words')).toBeTruthy()
  await fireEvent.keyDown(list, { key: 'j' })
  await side.findByText('1 piece would leave the desk')
  expect(side.getByText('school-roof')).toBeTruthy()
  expect(list.querySelector('[aria-selected="true"]')?.textContent).toContain('22 Nov 2026')
})

test('Enter saves what was typed, puts the backup back and begins anew; a banner takes it back', async () => {
  await piece.open(1)
  const list = await open()
  piece.setField('hed', 'Ferries for sale')
  await fireEvent.keyDown(list, { key: 'Enter' })
  await waitFor(() => {
    expect(nBegun).toBe(1)
  })
  const names = asked.map(([name]) => name)
  expect(names.lastIndexOf('save_draft')).toBeLessThan(names.indexOf('restore_backup'))
  expect(names).not.toContain('import_drafts')
  await house.read()
  await page.findByText(/The desk is as it was on 23 Nov 2026/)
  await fireEvent.click(page.getByRole('button', { name: 'Undo' }))
  await waitFor(() => {
    expect(asked.filter(([name]) => name === 'restore_backup').at(-1)?.[1]).toEqual({
      name: 'set-aside',
    })
  })
})

test('what could not be saved before comes to the desk that was put back', async () => {
  await piece.open(1)
  refuse['save_draft'] = { code: 'readOnly', message: 'The desk file is damaged.' }
  piece.setField('hed', 'Ferries for sale')
  const list = await open()
  await fireEvent.keyDown(list, { key: 'Enter' })
  await waitFor(() => {
    expect(nBegun).toBe(1)
  })
  const [, args] = asked.find(([name]) => name === 'import_drafts') ?? []
  const { files } = args as Commands['import_drafts']['args']
  expect(files[0]?.name).toBe('ferry-sale-unsaved.md')
  expect(atob(files[0]?.bytes ?? '')).toContain('hed: Ferries for sale')
})

test('a refusal stands in the box, and nothing begins anew', async () => {
  const list = await open()
  refuse['restore_backup'] = { code: 'corrupt', message: 'The backup is damaged.' }
  await fireEvent.keyDown(list, { key: 'Enter' })
  expect((await page.findByRole('alert')).textContent).toBe('The backup is damaged.')
  expect(nBegun).toBe(0)
})

test('backups that fail are told by a banner, until one succeeds', async () => {
  backupTrouble = 'Its folder cannot be written: the disk is full; make room.'
  dispatchEvent(new CustomEvent('stet-menu', { detail: 'desk-again' }))
  await page.findByText(/A backup failed. Its folder cannot be written/)
  backupTrouble = null
  await fireEvent.click(page.getByRole('button', { name: 'Try again' }))
  await waitFor(() => {
    expect(page.queryByText(/A backup failed/)).toBeNull()
  })
  expect(asked.map(([name]) => name)).toContain('make_backup')
})

test('a damaged desk says what is whole, and what can be read is salvaged and put in its place', async () => {
  isDamaged = true
  dispatchEvent(new CustomEvent('stet-menu', { detail: 'desk-again' }))
  await page.findByText(/Whole: 6 of 7 pieces, 6 of 6 notes\. Not whole: school-roof\./)
  await fireEvent.click(page.getByRole('button', { name: 'Salvage' }))
  await page.findByText(/7 pieces, 11 revisions and/)
  expect(page.getByText(/brought over as its last revision has it/)).toBeTruthy()
  await fireEvent.keyDown(page.getByLabelText('Backups, newest first'), { key: 'Enter' })
  await waitFor(() => {
    expect(asked.find(([name]) => name === 'restore_backup')?.[1]).toEqual({ name: 'salvaged' })
  })
})

test('a desk that cannot be opened shows why, and its backups', async () => {
  isRefused = true
  await house.read()
  await page.findByText('This desk cannot be opened')
  await fireEvent.click(page.getByRole('button', { name: /Put a backup back/ }))
  await page.findByText('1 piece would be as before')
})
