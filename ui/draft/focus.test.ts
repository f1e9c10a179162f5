import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { setHostForTest } from '../host'
import { locking } from '../frame/locking.svelte'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { looks } from '../settings/looks.svelte'

beforeEach(async () => {
  locking.isLocked = null
  setHostForTest(fixtureHost())
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await piece.open(1)
  go('draft')
  await page.findByRole('textbox', { name: 'Body' })
})
afterEach(() => {
  cleanup()
  piece.close()
  screen.isFocused = false
  looks.choose({ typewriter: 'off' })
  localStorage.clear()
  toasts.splice(0)
  setHostForTest(null)
})

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const rail = () => page.queryByRole('navigation', { name: 'Screens' })
const panel = () => page.queryByRole('complementary', { name: 'Beside the draft' })
const bar = () => page.queryByRole('textbox', { name: 'Slug' })
const focused = () => [rail(), panel(), bar()].filter((each) => each !== null).length

test('focus mode leaves the piece alone, with the caret in it, and Escape brings the rest back', async () => {
  await press('F11', { shiftKey: true })
  await waitFor(() => {
    expect(focused()).toBe(0)
  })
  expect(document.activeElement).toBe(page.getByRole('textbox', { name: 'Body' }))
  await press('Escape')
  await waitFor(() => {
    expect(focused()).toBe(3)
  })
  expect(toasts).toEqual([])
})

test('the same key brings the rest back, and so does what needs the panel', async () => {
  for (const [key, more] of [
    ['F11', { shiftKey: true }],
    ['3', { altKey: true }],
  ] as const) {
    await press('F11', { shiftKey: true })
    await waitFor(() => {
      expect(focused()).toBe(0)
    })
    await press(key, more)
    await waitFor(() => {
      expect(focused()).toBe(3)
    })
  }
  expect(page.getByRole('tab', { name: 'Outline' }).getAttribute('aria-selected')).toBe('true')
})

test('another screen has its frame; Draft is as it was left', async () => {
  await press('F11', { shiftKey: true })
  await press('3', { ctrlKey: true })
  await waitFor(() => {
    expect(rail()).not.toBeNull()
  })
  await press('2', { ctrlKey: true })
  await waitFor(() => {
    expect(focused()).toBe(0)
  })
})

test('typewriter mode is one key, and stays on in the next window', async () => {
  await press('t', { altKey: true })
  expect(looks.chosen.typewriter).toBe('on')
  expect(JSON.parse(localStorage.getItem('stet-looks') ?? '{}')).toMatchObject({ typewriter: 'on' })
  await press('t', { altKey: true })
  expect(looks.chosen.typewriter).toBe('off')
})
