import { expect, it } from 'vitest'
import { barsOf, firstOld } from './ribbon'
import { revision } from './sample'

it('draws the revisions oldest first, higher where more words changed', () => {
  const bars = barsOf([
    revision(3, { wordsIn: 100 }),
    revision(2, { wordsIn: 25 }),
    revision(1, { wordsIn: 9000 }),
  ])
  expect(bars.map((bar) => bar.revision.id)).toEqual([1, 2, 3])
  expect(bars.map((bar) => bar.height)).toEqual([1, 0.5, 1])
})

it('keeps a revision that changed nothing in sight', () => {
  const [, bar] = barsOf([revision(2, { wordsIn: 0 }), revision(1)])
  expect(bar?.height).toBeGreaterThan(0.1)
})

it('starts at the last revision with a name', () => {
  expect(firstOld([revision(3), revision(2, { name: 'sent to legal' }), revision(1)])).toBe(2)
  expect(firstOld([revision(3), revision(2)])).toBe(2)
  expect(firstOld([revision(3)])).toBe(3)
  expect(firstOld([])).toBeNull()
})
