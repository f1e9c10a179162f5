import { expect, it } from 'vitest'
import { barsOf, firstOld, lastRead, olderNamed, sinceYesterday } from './ribbon'
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

it('finds what stood when today began', () => {
  const now = new Date(2026, 10, 25, 9, 30)
  const at = (...time: [number, number, number]): string =>
    new Date(2026, 10, ...time).toISOString()
  const list = [
    revision(3, { savedAt: at(25, 8, 0) }),
    revision(2, { savedAt: at(24, 23, 59) }),
    revision(1, { savedAt: at(20, 12, 0) }),
  ]
  expect(sinceYesterday(list, now)).toBe(2)
  expect(sinceYesterday(list.slice(0, 1), now)).toBeNull()
})

it('goes back through the names, and begins anew after the oldest', () => {
  const list = [
    revision(4),
    revision(3, { name: 'legal' }),
    revision(2),
    revision(1, { name: 'filed' }),
  ]
  expect(olderNamed(list, 4)).toBe(3)
  expect(olderNamed(list, 3)).toBe(1)
  expect(olderNamed(list, 1)).toBe(3)
  expect(olderNamed([revision(1)], 1)).toBeNull()
})

it('knows what an editor read last, not what another did', () => {
  const list = [
    revision(3, { name: 'read by Rosa' }),
    revision(2, { name: 'read by Ines' }),
    revision(1),
  ]
  expect(lastRead(list, 'Ines')).toBe(2)
  expect(lastRead(list, '')).toBeNull()
})
