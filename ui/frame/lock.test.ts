import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import App from '../App.svelte'
import { comments } from '../comments/comments.svelte'
import { fixtureHost } from '../fixture'
import { call, type Host, setHostForTest } from '../host'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { house } from './house.svelte'
import { locking } from './locking.svelte'

const MINUTE_MS = 60_000
let asked: string[] = []
let refuse: { name: string; code: string; message: string } | null = null
let nForgotten = 0

beforeEach(async () => {
  asked = []
  refuse = null
  nForgotten = 0
  locking.isLocked = null
  locking.why = null
  locking.forgetAll = () => {
    nForgotten += 1
  }
  const host = fixtureHost()
  const watched: Host = (name, args) => {
    asked.push(name)
    return name === refuse?.name ? Promise.reject(refuse as unknown as Error) : host(name, args)
  }
  setHostForTest(watched)
  house.desk = await call('set_passphrase', { old: '', new: 'five grey gulls' })
})
afterEach(() => {
  cleanup()
  piece.close()
  trouble.clear()
  sessionStorage.clear()
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })

test('what is being said about words is kept before the desk locks, on whichever piece', async () => {
  locking.isLocked = false
  await piece.open(1)
  comments.begin([0, 4])
  if (comments.begun) comments.begun.text = 'Is that so?'
  await piece.open(2)
  await locking.lock()
  expect(nForgotten).toBe(1)
  expect(comments.isUnsaid).toBe(false)
  await locking.unlock('five grey gulls')
  const { body } = await call('open_draft', { id: 1 })
  const [thread] = await call('list_comments', { id: 1, body })
  expect(thread?.said[0]?.text).toBe('Is that so?')
  expect(thread?.words).toBe(body.slice(0, 4))
})

test('a desk that cannot keep what is being said stays open and says why', async () => {
  locking.isLocked = false
  await piece.open(1)
  comments.begin([0, 4])
  if (comments.begun) comments.begun.text = 'Is that so?'
  refuse = { name: 'add_comment', code: 'diskFull', message: 'The disk is full today.' }
  await locking.lock()
  expect(nForgotten).toBe(0)
  expect(trouble.message).toBe('The disk is full today.')
  expect(comments.begun?.text).toBe('Is that so?')
  comments.drop()
})

describe('a window that is left alone', () => {
  let stop: () => void
  beforeEach(() => {
    vi.useFakeTimers()
    locking.isLocked = false
    stop = locking.watch(window)
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  test('locks its desk after the minutes the desk says', async () => {
    await vi.advanceTimersByTimeAsync(14 * MINUTE_MS)
    await press('Shift')
    await vi.advanceTimersByTimeAsync(14 * MINUTE_MS)
    expect(asked).not.toContain('lock')
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(asked.filter((name) => name === 'lock')).toHaveLength(1)
  })

  test('locks when its clock went on without it: the machine slept', async () => {
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(asked).toContain('lock')
  })

  test('never locks a desk without a passphrase', async () => {
    await call('set_lock_after', { minutes: 1 })
    house.desk = await call('set_passphrase', { old: 'five grey gulls', new: '' })
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS)
    expect(asked).not.toContain('lock')
  })
})

describe('the lock screen', () => {
  beforeEach(async () => {
    go('desk')
    render(App)
    await page.findByText('Desk', { selector: 'h1' })
  })

  test('shows no word of the desk', async () => {
    await piece.open(1)
    go('draft')
    await press('l', { ctrlKey: true, shiftKey: true })
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
    refuse = { name: 'save_draft', code: 'diskFull', message: 'The disk is full.' }
    await press('l', { ctrlKey: true, shiftKey: true })
    await page.findByText(/Your text is safe in this window/)
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
    expect(page.queryByText('This desk is damaged')).toBeNull()
    piece.close()
    await fireEvent.input(field, { target: { value: 'five grey gulls' } })
    await fireEvent.click(page.getByRole('button', { name: /Unlock/ }))
    await page.findByLabelText('Hed')
    expect(piece.fields.slug).toBe('ferry-sale')
  })

  test('a damaged file is not taken for a wrong passphrase', async () => {
    await press('l', { ctrlKey: true, shiftKey: true })
    const field = await page.findByLabelText<HTMLInputElement>('Passphrase')
    refuse = { name: 'unlock', code: 'corrupt', message: 'The desk file is damaged.' }
    await fireEvent.input(field, { target: { value: 'five grey gulls' } })
    await fireEvent.click(page.getByRole('button', { name: /Unlock/ }))
    const said = await page.findByRole('alert')
    expect(said.textContent).toContain('The passphrase is right, but the desk cannot be opened')
    expect(said.textContent).toContain('The desk file is damaged.')
  })

  test('the key asks for a passphrase where there is none, and takes it when it was said twice', async () => {
    house.desk = await call('set_passphrase', { old: 'five grey gulls', new: '' })
    await press('l', { ctrlKey: true, shiftKey: true })
    const type = async (label: RegExp, value: string) =>
      fireEvent.input(await page.findByLabelText(label), { target: { value } })
    await type(/^New passphrase/, 'a heron before breakfast')
    await type(/^The same again/, 'a herring')
    await fireEvent.submit(page.getByText('Set it'))
    await page.findByText('The two new ones are not the same.')
    await type(/^The same again/, 'a heron before breakfast')
    await fireEvent.submit(page.getByText('Set it'))
    await waitFor(() => {
      expect(house.desk?.hasPassphrase).toBe(true)
      expect(locking.isAsked).toBe(false)
    })
  })
})
