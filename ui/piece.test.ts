import { undo } from '@codemirror/commands'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fixtureHost } from './fixture'
import { type Host, Refused, setHostForTest } from './host'
import { piece } from './piece.svelte'
import { trouble } from './trouble.svelte'

let log: { name: string; args: unknown }[] = []
let hold: ((name: string) => Promise<void>) | null = null

beforeEach(() => {
  vi.useFakeTimers()
  log = []
  hold = null
  const host = fixtureHost()
  setHostForTest(async (name, args) => {
    log.push({ name, args })
    await hold?.(name)
    return host(name, args)
  })
})
afterEach(() => {
  piece.close()
  trouble.clear()
  setHostForTest(null)
  vi.useRealTimers()
})

const names = () => log.map(({ name }) => name)
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

test('a change is checked once, after a pause, and saved', async () => {
  await piece.open(1)
  await settle()
  log = []
  for (const letter of 'Rain. ') {
    piece.dispatch({ changes: { from: piece.body.length, insert: letter } })
    await settle(50)
  }
  expect(names()).not.toContain('check_draft')
  await settle(1000)
  expect(names().filter((name) => name === 'check_draft')).toHaveLength(1)
  expect(piece.checkedBody).toBe(piece.body)
  expect(piece.saveState).toBe('saved')
})

test('what stands becomes a revision after a rest, not with the next save', async () => {
  await piece.open(1)
  piece.apply([{ at: [0, 0], insert: 'Rain. ' }])
  await settle(20_000)
  piece.apply([{ at: [0, 0], insert: 'More. ' }])
  await settle(20_000)
  expect(names()).not.toContain('settle')
  await settle(20_000)
  expect(log.filter(({ name }) => name === 'settle')).toEqual([{ name: 'settle', args: { id: 1 } }])
})

test('an answer about older words is dropped', async () => {
  await piece.open(2)
  await settle()
  const before = piece.check
  let answer: () => void = vi.fn()
  hold = (name) =>
    name === 'check_draft' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve()
  void piece.recheck()
  await settle()
  piece.dispatch({ changes: { from: 0, insert: 'New. ' } })
  answer()
  await settle()
  expect(piece.check).toBe(before)
})

test('undo reaches back over saves', async () => {
  await piece.open(2)
  const before = piece.body
  piece.apply([{ at: [0, 0], insert: 'Rain. ' }])
  await settle(2000)
  expect(piece.saveState).toBe('saved')
  undo({
    state: piece.state,
    dispatch: (transaction) => {
      piece.moved(transaction.state, true)
    },
  })
  expect(piece.body).toBe(before)
})

test('another piece is opened only once this one is saved, and not when it cannot be', async () => {
  await piece.open(1)
  piece.dispatch({ changes: { from: 0, insert: 'Unsaved. ' } })
  hold = (name) =>
    name === 'save_draft' ? Promise.reject(new Refused('disk_full', 'No room.')) : Promise.resolve()
  const opened = expect(piece.open(2)).rejects.toMatchObject({ code: 'disk_full' })
  await settle(10)
  await opened
  expect(piece.id).toBe(1)
  expect(piece.body.startsWith('Unsaved. ')).toBe(true)
})

test('keep mine saves over the other words; take theirs can be undone', async () => {
  await piece.open(1)
  const host = fixtureHost()
  let version = 7
  const elsewhere: Host = async (name, args) => {
    if (name === 'save_draft') {
      const { edit } = args as { edit: { version: number } }
      if (edit.version !== version)
        throw { code: 'conflict', message: 'Saved elsewhere.' } as unknown
      version += 1
      return { version, savedAt: '2026-11-23T15:00:00Z', words: 1, tks: 0, slug: 'ferry-sale' }
    }
    const reply = await host(name, args)
    return name === 'open_draft' ? { ...(reply as object), version, body: 'Theirs.' } : reply
  }
  setHostForTest(elsewhere)
  piece.apply([{ at: [0, 0], insert: 'Mine. ' }])
  await settle(500)
  expect(piece.saving.isConflict).toBe(true)
  const mine = piece.body
  await piece.keepMine()
  expect(piece.saveState).toBe('saved')
  expect(piece.body).toBe(mine)
  await piece.takeTheirs()
  expect(piece.body).toBe('Theirs.')
  undo({
    state: piece.state,
    dispatch: (transaction) => {
      piece.moved(transaction.state, true)
    },
  })
  expect(piece.body).toBe(mine)
})
