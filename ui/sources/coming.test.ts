import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixtureHost } from '../fixture'
import { type Host, Refused, setHostForTest } from '../host'
import { listen } from '../keys'
import { toasts } from '../parts/toasts.svelte'
import { go, screen } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { notes } from './notes.svelte'
import Sources from './Sources.svelte'

const refusal = new Refused('badInput', 'broken.md: it cannot be read.')
let answers: (() => void)[] = []
let fixture: Host
let stopListening: () => void
const host: Host = async (name, args) => {
  if (name === 'import_notes') {
    await new Promise<void>((answer) => answers.push(answer))
    const { files } = args as { files: { name: string }[] }
    if (files[0]?.name === 'broken.md') throw refusal
  }
  return fixture(name, args)
}
const files = (...names: string[]) =>
  names.map((name) => ({ name, bytes: btoa('We may sell it.') }))
/** Answers for the file that is being read, once it is asked for. */
async function answer(): Promise<void> {
  await waitFor(() => {
    expect(answers).toHaveLength(1)
  })
  answers.pop()?.()
}

beforeEach(async () => {
  answers = []
  fixture = fixtureHost()
  setHostForTest(host)
  go('sources')
  render(Sources)
  stopListening = listen(window, () => screen.name)
  await waitFor(() => {
    expect(notes.isRead).toBe(true)
  })
})
afterEach(() => {
  stopListening()
  cleanup()
  trouble.clear()
  toasts.splice(0)
  notes.told = []
  setHostForTest(null)
})

test('notes come in one by one; stopped, those that are in stay and the rest is told', async () => {
  const before = notes.rows.length
  const taking = notes.take(files('a.md', 'b.md', 'c.md', 'd.md'))
  await answer()
  await page.findByText('Importing 2 of 4 …')
  await fireEvent.keyDown(document.body, { key: 'Escape' })
  await answer()
  await taking
  expect(notes.told).toContain('2 files left out.')
  await page.findByText(/2 files left out\.$/)
  expect(notes.rows.length - before).toBe(2)
  expect(toasts.map(({ words }) => words)).toContain('2 notes imported')
  expect(page.queryByText(/^Importing/)).toBeNull()
})

test('a file that is refused keeps none of the others out', async () => {
  const taking = notes.take(files('a.md', 'broken.md', 'c.md'))
  for (let n = 0; n < 3; n++) await answer()
  await taking
  expect(notes.told).toContain('broken.md: it cannot be read.')
  expect(toasts.map(({ words }) => words)).toContain('2 notes imported')
  expect(trouble.message).toBeNull()
})

test('one file that is refused is told as any refusal', async () => {
  const taking = notes.take(files('broken.md'))
  await answer()
  await taking
  expect(notes.told).toEqual([])
  expect(trouble.message).toBe('broken.md: it cannot be read.')
  expect(toasts).toHaveLength(0)
})

test('files that come while others are on their way are not mixed with them', async () => {
  const taking = notes.take(files('a.md'))
  await notes.take(files('b.md'))
  await answer()
  await taking
  expect(answers).toHaveLength(0)
})
