import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { backups } from '../backups/backups.svelte'
import { pieces } from '../desk/pieces.svelte'
import { fixtureHost } from '../fixture'
import { boxes } from '../frame/boxes.svelte'
import { house } from '../frame/house.svelte'
import { locking } from '../frame/locking.svelte'
import { setHostForTest } from '../host'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go, screen, screenNames } from '../screen.svelte'
import { snippets } from '../snippets/snippets.svelte'
import { notes } from '../sources/notes.svelte'
import { spelling } from '../spelling/spelling.svelte'
import catalogue from './catalogue.json'
import { escaped, language } from './language.svelte'

/** What is English wherever it stands: sentences of the catalogue that are others in German. */
const english = Object.entries({ ...catalogue.core, ...catalogue.page })
  .filter(([key, german]) => key.replace(/\|.*$/, '') !== german)
  .map(([key]) => key.replace(/\|.*$/, ''))
const whole = new Set(english.filter((key) => !key.includes('{')))
/** With something put in: only those that have words enough of their own to be known by them. */
const patterns = english
  .filter((key) => /\{/.test(key) && key.replace(/\{[^}]*\}|[^\p{L}]/gu, '').length > 7)
  .map(
    (key) =>
      new RegExp(
        `^${key
          .split(/\{[^}]*\}/)
          .map(escaped)
          .join('[^]+')}$`,
      ),
  )
/** Words of the pieces and notes of the fixture, and the name of a crate. */
const data = new Set(['call', 'document', 'interview', 'post', 'quote', 'sent to legal'])

beforeEach(() => {
  localStorage.clear()
  language.choose('de')
  locking.isLocked = null
  setHostForTest(fixtureHost())
  go('desk')
  render(App)
})
afterEach(() => {
  cleanup()
  boxes.isHelpOpen = boxes.isAboutOpen = boxes.isSettingsOpen = boxes.isCommandsOpen = false
  boxes.isSearchOpen = boxes.isKeysOpen = backups.isOpen = snippets.isOpen = false
  boxes.settingsTab = 'looks'
  house.isEditorAsked = locking.isAsked = spelling.isOpen = screen.isFocused = false
  notes.leave()
  piece.close()
  toasts.splice(0)
  language.choose('system')
  setHostForTest(null)
  localStorage.clear()
})

/** All that is read on the page now. */
function read(): string[] {
  const all: string[] = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    // The words of pieces and notes, and what the code of the editor draws, are not the page's.
    if (!node.parentElement?.closest('style, script, .cm-line, .sheet, kbd, datalist'))
      all.push(node.textContent ?? '')
  for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext'])
    for (const one of document.querySelectorAll(`[${name}]`)) all.push(one.getAttribute(name) ?? '')
  return all.map((words) => words.replace(/\s+/g, ' ').trim()).filter(Boolean)
}

function englishShown(): string[] {
  const isEnglish = (words: string) =>
    !data.has(words) && (whole.has(words) || patterns.some((pattern) => pattern.test(words)))
  return [...new Set(read())].filter(isEnglish)
}

test('no screen has a word of English in German, and back in English none of German', async () => {
  await page.findByRole('row', { name: 'ferry-sale' })
  expect(document.documentElement.lang).toBe('de')
  await piece.open(1)
  for (const name of screenNames) {
    go(name)
    await waitFor(() => {
      expect(document.querySelector('.busy')).toBeNull()
    })
    await new Promise((done) => setTimeout(done, 50))
    expect([name, ...englishShown()]).toEqual([name])
    expect(read().length).toBeGreaterThan(30)
  }
  go('desk')
  await fireEvent.keyDown(document.body, { key: 'b' })
  expect(englishShown()).toEqual([])
  await fireEvent.keyDown(document.body, { key: 'b' })
  pieces.place = 'desk'
  go('compare')
  for (const key of ['b', 'w', 'i']) {
    await fireEvent.keyDown(document.body, { key })
    await new Promise((done) => setTimeout(done, 50))
    expect([key, ...englishShown()]).toEqual([key])
  }
  language.choose('en')
  await waitFor(() => {
    expect(page.getByRole('button', { name: 'Settings' })).toBeTruthy()
  })
})

test('no box has a word of English in German', async () => {
  await page.findByRole('row', { name: 'ferry-sale' })
  const open: [string, () => void][] = [
    ['keys', () => (boxes.isKeysOpen = true)],
    ['commands', () => (boxes.isCommandsOpen = true)],
    ['search', () => (boxes.isSearchOpen = true)],
    ['help', () => (boxes.isHelpOpen = true)],
    ['about', () => (boxes.isAboutOpen = true)],
    ['looks', () => (boxes.isSettingsOpen = true)],
    ['desk', () => (boxes.settingsTab = 'desk')],
    ['the keys', () => (boxes.settingsTab = 'keys')],
    ['backups', () => void backups.open()],
    ['snippets', () => void snippets.open()],
    ['spelling', () => void spelling.open()],
    ['passphrase', () => (locking.isAsked = true)],
    ['who', () => (house.isEditorAsked = true)],
  ]
  for (const [name, show] of open) {
    show()
    await new Promise((done) => setTimeout(done, 40))
    expect([name, ...englishShown()]).toEqual([name])
  }
})

test('the language is chosen in the settings, holds at once, and is told to the page', async () => {
  await page.findByRole('row', { name: 'ferry-sale' })
  boxes.isSettingsOpen = true
  await fireEvent.click(await page.findByRole('radio', { name: 'English' }))
  expect(await page.findByRole('heading', { name: 'Theme' })).toBeTruthy()
  expect(document.documentElement.lang).toBe('en')
  await fireEvent.click(page.getByRole('radio', { name: 'Deutsch' }))
  expect(await page.findByRole('heading', { name: 'Farben' })).toBeTruthy()
  expect(document.documentElement.lang).toBe('de')
})
