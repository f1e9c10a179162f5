import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refused } from './host'
import { Saving } from './saving.svelte'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A saver that counts, and takes `takes_ms` for each save; `refuse` makes the next ones fail. */
function desk(takes_ms = 0) {
  const log = { starts: [] as number[], nRunning: 0, most: 0, refuse: null as Refused | null }
  const began = Date.now()
  const saving = new Saving(async () => {
    log.starts.push(Date.now() - began)
    log.most = Math.max(log.most, ++log.nRunning)
    if (takes_ms > 0) await new Promise((resolve) => setTimeout(resolve, takes_ms))
    log.nRunning -= 1
    if (log.refuse) throw log.refuse
    return `saved at ${Date.now() - began}`
  })
  return { saving, log }
}

/** A change every `every_ms`, for `for_ms`. */
async function type(saving: Saving, every_ms: number, for_ms: number): Promise<void> {
  for (let at = 0; at < for_ms; at += every_ms) {
    saving.changed()
    await vi.advanceTimersByTimeAsync(every_ms)
  }
}

test('a change is saved 150 ms later, and is called saved only then', async () => {
  const { saving, log } = desk(20)
  saving.changed()
  expect(saving.state).toBe('saving')
  await vi.advanceTimersByTimeAsync(149)
  expect(log.starts).toEqual([])
  await vi.advanceTimersByTimeAsync(2)
  expect(saving.state).toBe('saving')
  await vi.advanceTimersByTimeAsync(20)
  expect(saving.state).toBe('saved')
  expect(saving.savedAt).toBe('saved at 170')
})

test('while typing without a pause, no letter waits longer than a quarter of a second for its save', async () => {
  const { saving, log } = desk(50)
  await type(saving, 100, 5000)
  const gaps = log.starts.map((start, at) => start - (log.starts[at - 1] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(350)
  expect(log.starts.length).toBeGreaterThanOrEqual(5)
})

test('one save runs at a time, and what was typed meanwhile follows', async () => {
  const { saving, log } = desk(3000)
  await type(saving, 100, 4000)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(log.most).toBe(1)
  expect(log.starts).toHaveLength(3)
  expect(saving.state).toBe('saved')
})

test('a failed save says why and is tried again until one succeeds, at most 2 s apart', async () => {
  const { saving, log } = desk()
  log.refuse = new Refused('disk_full', 'The disk has no room.')
  saving.changed()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saving.state).toBe('failed')
  expect(saving.why?.message).toBe('The disk has no room.')
  const gaps = log.starts.slice(1).map((start, at) => start - (log.starts[at] ?? 0))
  expect(gaps.slice(0, 6)).toEqual([250, 500, 1000, 2000, 2000, 2000])
  log.refuse = null
  await vi.advanceTimersByTimeAsync(2000)
  expect(saving.state).toBe('saved')
  expect(saving.why).toBeNull()
})

test('typing while saves fail does not make it look saved, nor hurry the tries', async () => {
  const { saving, log } = desk()
  log.refuse = new Refused('io', 'The desk cannot be written.')
  saving.changed()
  await vi.advanceTimersByTimeAsync(4000)
  const before = log.starts.length
  await type(saving, 100, 2000)
  expect(saving.state).toBe('failed')
  expect(log.starts.length - before).toBeLessThanOrEqual(1)
  expect(saving.isUnsaved).toBe(true)
})

test('a conflict waits for the editor: nothing is tried until the choice is made', async () => {
  const { saving, log } = desk()
  log.refuse = new Refused('conflict', 'Saved elsewhere.')
  saving.changed()
  await vi.advanceTimersByTimeAsync(400)
  expect(saving.isConflict).toBe(true)
  saving.changed()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(log.starts).toHaveLength(1)
  log.refuse = null
  const done = saving.resume()
  await vi.advanceTimersByTimeAsync(10)
  await done
  expect(saving.state).toBe('saved')
})

test('flush saves at once, with what was typed during the save', async () => {
  const { saving, log } = desk(100)
  saving.changed()
  const done = saving.flush()
  await vi.advanceTimersByTimeAsync(50)
  saving.changed()
  await vi.advanceTimersByTimeAsync(200)
  await done
  expect(log.starts).toEqual([0, 100])
  expect(saving.isUnsaved).toBe(false)
})

test('flush is refused when the save is, and the text counts as unsaved', async () => {
  const { saving, log } = desk()
  log.refuse = new Refused('read_only', 'The desk can only be read.')
  saving.changed()
  const done = expect(saving.flush()).rejects.toMatchObject({ code: 'read_only' })
  await vi.advanceTimersByTimeAsync(10)
  await done
  expect(saving.isUnsaved).toBe(true)
})
