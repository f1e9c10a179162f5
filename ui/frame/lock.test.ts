import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { call, type Host, setHostForTest } from '../host'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { house } from './house.svelte'
import { locking } from './locking.svelte'

const MINUTE_MS = 60_000
let asked: string[] = []
let refuse: string | null = null
let nForgotten = 0

beforeEach(async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  asked = []
  refuse = null
  nForgotten = 0
  locking.isLocked = null
  locking.forgetAll = () => {
    nForgotten += 1
  }
  const host = fixtureHost()
  const watched: Host = (name, args) => {
    asked.push(name)
    if (name === refuse)
      return Promise.reject({ code: 'diskFull', message: 'The disk is full.' } as unknown as Error)
    return host(name, args)
  }
  setHostForTest(watched)
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  house.desk = await call('set_passphrase', { old: '', new: 'five grey gulls' })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  piece.close()
  trouble.clear()
  sessionStorage.clear()
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })

test('a window nobody touches locks its desk after the minutes the desk says, and shows no word of it', async () => {
  await piece.open(1)
  go('draft')
  await vi.advanceTimersByTimeAsync(14 * MINUTE_MS)
  await press('Shift')
  await vi.advanceTimersByTimeAsync(14 * MINUTE_MS)
  expect(asked).not.toContain('lock')
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
  expect(asked.filter((name) => name === 'lock')).toHaveLength(1)
  await page.findByLabelText('Passphrase')
  expect(document.body.textContent.trim().replace(/\s+/g, ' ')).toBe(
    'This desk is locked Passphrase Unlock ↵',
  )
  expect(document.title).toBe('Stet')
  expect(nForgotten).toBe(1)
})

test('what is unsaved is saved first, and what cannot be saved keeps the desk open', async () => {
  await piece.open(1)
  piece.setField('hed', 'Ferries for sale')
  refuse = 'save_draft'
  await press('l', { ctrlKey: true, shiftKey: true })
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).not.toContain('lock')
  expect(locking.isLocked).toBe(false)
  refuse = null
  await press('l', { ctrlKey: true, shiftKey: true })
  await page.findByLabelText('Passphrase')
  expect(asked.lastIndexOf('save_draft')).toBeLessThan(asked.indexOf('lock'))
})

test('a wrong passphrase is told, and the right one leads back to where the editor was', async () => {
  await piece.open(1)
  go('draft')
  await press('l', { ctrlKey: true, shiftKey: true })
  const field = await page.findByLabelText<HTMLInputElement>('Passphrase')
  await fireEvent.input(field, { target: { value: 'five gray gulls' } })
  await fireEvent.click(page.getByRole('button', { name: /Unlock/ }))
  expect((await page.findByText(/not the passphrase/)).getAttribute('role')).toBe('alert')
  expect(field.value).toBe('')
  piece.close()
  await fireEvent.input(field, { target: { value: 'five grey gulls' } })
  await fireEvent.click(page.getByRole('button', { name: /Unlock/ }))
  await page.findByLabelText('Hed')
  expect(piece.fields.slug).toBe('ferry-sale')
})

test('a clock that went on without the window locks it: the machine slept', async () => {
  vi.setSystemTime(Date.now() + 2 * MINUTE_MS)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(asked).toContain('lock')
})

test('a desk without a passphrase is never locked', async () => {
  await call('set_lock_after', { minutes: 1 })
  house.desk = await call('set_passphrase', { old: 'five grey gulls', new: '' })
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
  expect(asked).not.toContain('lock')
})

test('the key asks for a passphrase where there is none, and takes it when it was said twice', async () => {
  vi.useRealTimers()
  house.desk = await call('set_passphrase', { old: 'five grey gulls', new: '' })
  await press('l', { ctrlKey: true, shiftKey: true })
  const type = async (label: RegExp, value: string) =>
    fireEvent.input(await page.findByLabelText(label), { target: { value } })
  await type(/^New passphrase/, 'a heron before breakfast')
  await type(/^The same again/, 'a herring')
  await fireEvent.click(page.getByRole('button', { name: /Set it/ }))
  await page.findByText('The two new ones are not the same.')
  await type(/^The same again/, 'a heron before breakfast')
  await fireEvent.click(page.getByRole('button', { name: /Set it/ }))
  await waitFor(() => {
    expect(house.desk?.hasPassphrase).toBe(true)
    expect(locking.isAsked).toBe(false)
  })
})
