import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { boxes } from '../frame/boxes.svelte'
import { setHostForTest } from '../host'
import { keysOf } from '../keys'
import { piece } from '../piece.svelte'
import { go, screenNames } from '../screen.svelte'
import Help from './Help.svelte'
import table from './keys.json'
import { type Chapter, chapters } from './pages'

afterEach(() => {
  cleanup()
  boxes.isHelpOpen = false
  piece.close()
  setHostForTest(null)
})

/** The keys a chapter names, in their order. */
function keysIn({ grafs }: Chapter): string[] {
  return grafs.flat().flatMap(({ kind, text }) => (kind === 'key' ? [text] : []))
}

/** What each screen binds, as the keys overlay would show it. */
async function bound(): Promise<Record<string, { key: string; label: string }[]>> {
  setHostForTest(fixtureHost())
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await piece.open(1)
  const found: Record<string, Map<string, string>> = { all: new Map() }
  const look = (name: (typeof screenNames)[number]) => {
    for (const { screen, key, label } of keysOf(name)) (found[screen] ??= new Map()).set(key, label)
  }
  for (const name of screenNames) {
    go(name)
    await waitFor(() => {
      expect(keysOf(name).some(({ screen }) => screen === name)).toBe(true)
    })
    look(name)
    if (name !== 'compare') continue
    await page.findByRole('complementary', { name: 'Changes' })
    look(name)
    await fireEvent.keyDown(document.body, { key: 'w' })
    await waitFor(() => {
      expect(keysOf(name).some(({ label }) => label.startsWith('Decide'))).toBe(true)
    })
    look(name)
    await fireEvent.keyDown(document.body, { key: 'i' })
    await waitFor(() => {
      expect(keysOf(name).some(({ label }) => label.startsWith('Accept'))).toBe(true)
    })
    look(name)
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, keys]) => [
      name,
      [...keys].map(([key, label]) => ({ key, label })),
    ]),
  )
}

test('the key tables of the help are what the screens bind', async () => {
  // Written by `npx vitest run help -u`, and read before it is committed.
  await expect(`${JSON.stringify(await bound(), null, 2)}\n`).toMatchFileSnapshot('keys.json')
})

test('each key the help names is bound', () => {
  const keys = new Set(
    Object.values(table).flatMap((rows) => rows.flatMap(({ key }) => key.split(' '))),
  )
  // The window's own, wherever words are typed.
  const named = chapters.en.flatMap(keysIn).filter((key) => key !== 'Ctrl+Shift+v')
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((key) => !keys.has(key))).toEqual([])
})

test('the German help has the same chapters, each with the same grafs and keys', () => {
  const shape = (each: Chapter) => [each.screen, each.grafs.length, keysIn(each)]
  expect(chapters.de.map(shape)).toEqual(chapters.en.map(shape))
})

test('the help is searched by several words, and says when nothing has them', async () => {
  boxes.isHelpOpen = true
  render(Help)
  const field = page.getByLabelText('Search the help')
  expect(document.activeElement).toBe(field)
  await fireEvent.input(field, { target: { value: 'passphrase locks' } })
  expect(page.getAllByRole('heading', { level: 3 }).map((h) => h.textContent)).toEqual(['Locked'])
  await fireEvent.input(field, { target: { value: 'zebra' } })
  expect(page.getByRole('status').textContent).toContain('Nothing has all of these words')
})
