import { afterEach, expect, test } from 'vitest'
import { language } from '../language/language.svelte'
import { clockOf, dueWords, isDueToday, leftWords, readDue } from './due'

/** A Monday. */
const now = new Date(2026, 10, 23, 14, 0)
const at = (day: number, hour: number, minute = 0, month = 10, year = 2026) =>
  new Date(year, month, day, hour, minute)

afterEach(() => {
  language.choose('system')
  localStorage.clear()
})

test('what is left is said in the words of a newsroom', () => {
  expect(leftWords(at(23, 16, 10), now)).toBe('in 2 h 10 min')
  expect(leftWords(at(23, 14, 45), now)).toBe('in 45 min')
  expect(leftWords(at(23, 17), now)).toBe('in 3 h')
  expect(leftWords(at(23, 13, 20), now)).toBe('40 min late')
  expect(leftWords(at(23, 14), now)).toBe('now')
  expect(leftWords(at(24, 15), now)).toBe('in 1 day')
  expect(leftWords(at(19, 14), now)).toBe('4 days late')
})

test('a late piece is loud, one that is out has no clock', () => {
  const deadline = at(23, 13).toISOString()
  expect(clockOf({ status: 'edit', deadline }, now)).toEqual({ words: '1 h late', tone: 'wrong' })
  expect(clockOf({ status: 'published', deadline }, now)).toBeNull()
  expect(clockOf({ status: 'edit', deadline: at(23, 15).toISOString() }, now)?.tone).toBe('open')
  expect(clockOf({ status: 'edit', deadline: at(24, 15).toISOString() }, now)?.tone).toBe('plain')
  expect(clockOf({ status: 'edit', deadline: null }, now)).toBeNull()
})

test('due today is what is late or due before midnight', () => {
  const due = (date: Date) => isDueToday({ status: 'edit', deadline: date.toISOString() }, now)
  expect([due(at(23, 23, 59)), due(at(20, 9)), due(at(24, 0))]).toEqual([true, true, false])
})

test.each([
  ['16:30', at(23, 16, 30)],
  ['9:00', at(24, 9)],
  ['5 pm', at(23, 17)],
  ['tomorrow 9', at(24, 9)],
  ['tomorrow', at(24, 18)],
  ['Fri 17:00', at(27, 17)],
  ['mon 9:00', at(30, 9)],
  ['24 Nov 14:00', at(24, 14)],
  ['3 February 10.15', at(3, 10, 15, 1, 2027)],
  ['Tue 24 Nov 2026, 14:00', at(24, 14)],
  ['2026-12-01', at(1, 18, 0, 11)],
  ['2026-12-01 09:05', at(1, 9, 5, 11)],
  ['+90 min', at(23, 15, 30)],
  ['+2h', at(23, 16)],
])('%s is read as a time', (words, wanted) => {
  expect(readDue(words, now)).toEqual(wanted)
})

test.each(['', 'soon', '25:00', '31 Nov 10:00', '10:75', 'the 24th'])(
  '“%s” names no time',
  (words) => {
    expect(readDue(words, now)).toBeNull()
  },
)

test('a time that is shown reads back as itself', () => {
  expect(readDue(dueWords(at(2, 8, 5, 0, 2027)), now)).toEqual(at(2, 8, 5, 0, 2027))
})

test.each([
  ['morgen 9', at(24, 9)],
  ['um 16 Uhr', at(23, 16)],
  ['Fr. 17:00', at(27, 17)],
  ['Di 24. Nov 2026 14:00', at(24, 14)],
  ['3. März 10.15', at(3, 10, 15, 2, 2027)],
  ['24.11. 14:00', at(24, 14)],
  ['1.12.2026', at(1, 18, 0, 11)],
])('%s is read as a time, whichever language is shown', (words, wanted) => {
  expect(readDue(words, now)).toEqual(wanted)
})

test('in German too a time that is shown reads back as itself, and what is left is said', () => {
  language.choose('de')
  for (let month = 0; month < 12; month++)
    expect(readDue(dueWords(at(2, 8, 5, month, 2027)), now)).toEqual(at(2, 8, 5, month, 2027))
  expect(leftWords(at(27, 14), now)).toBe('in 4 Tagen')
  expect(leftWords(at(19, 14), now)).toBe('4 Tage zu spät')
})
