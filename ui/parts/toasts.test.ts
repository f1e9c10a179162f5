import { cleanup, fireEvent, render, screen as page } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import Toast from './Toast.svelte'
import { dismiss, hint, toast, toasts, undoLast } from './toasts.svelte'

let back: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  back = []
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/** Something that was done, and can be taken back. */
const done = (words: string, answer?: unknown) =>
  toast(words, () => {
    back.push(words)
    return answer
  })
const shown = () => toasts.map(({ words }) => words)

test('what has vanished is taken back by key, the last first, and told', async () => {
  done('roof archived')
  done('ferry put in the bin')
  await vi.advanceTimersByTimeAsync(9000)
  expect(shown()).toEqual([])
  await undoLast()
  expect(shown()).toEqual(['Taken back: ferry put in the bin'])
  await undoLast()
  await undoLast()
  expect(back).toEqual(['ferry put in the bin', 'roof archived'])
  expect(shown().at(-1)).toBe('Nothing is left to take back.')
})

test('the last twenty are kept', async () => {
  for (let n = 1; n <= 25; n++) done(`piece ${n} archived`)
  await vi.advanceTimersByTimeAsync(9000)
  for (let n = 1; n <= 25; n++) await undoLast()
  expect(back).toHaveLength(20)
  expect(back.at(-1)).toBe('piece 6 archived')
})

test('its button takes back what it stands on, and the key then what stands before it', async () => {
  render(Toast)
  done('roof archived')
  done('ferry archived')
  await vi.advanceTimersByTimeAsync(0)
  const [first] = page.getAllByRole('button', { name: /Take back/ })
  if (first) await fireEvent.click(first)
  await undoLast()
  await undoLast()
  expect(back).toEqual(['roof archived', 'ferry archived'])
})

test('what cannot be taken back now stays, and is not told as taken back', async () => {
  done('roof archived')
  done('cq: “may”', false)
  await undoLast()
  await undoLast()
  expect(back).toEqual(['cq: “may”', 'cq: “may”'])
  expect(shown()).toEqual(['roof archived'])
})

test('who writes takes back only what is shown: the words have that key too', async () => {
  done('roof archived')
  await vi.advanceTimersByTimeAsync(9000)
  await undoLast(true)
  expect([back, shown()]).toEqual([[], []])
  done('ferry archived')
  await undoLast(true)
  expect(back).toEqual(['ferry archived'])
})

test('a way out of how things stand goes with its words', async () => {
  let isLeft = false
  const leave = () => {
    isLeft = true
  }
  const id = hint('The piece alone.', leave)
  await undoLast()
  expect([isLeft, shown()]).toEqual([true, []])
  isLeft = false
  dismiss(id)
  hint('The piece alone.', leave)
  await vi.advanceTimersByTimeAsync(9000)
  await undoLast()
  expect(isLeft).toBe(false)
})

test('none goes away while its button has the focus, and all do soon after', async () => {
  render(Toast)
  done('roof archived')
  await vi.advanceTimersByTimeAsync(0)
  page.getByRole('button', { name: /Take back/ }).focus()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(shown()).toEqual(['roof archived'])
  page.getByRole('button', { name: /Take back/ }).blur()
  await vi.advanceTimersByTimeAsync(2500)
  expect(shown()).toEqual([])
})
