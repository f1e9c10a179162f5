import { expect, test } from 'vitest'
import { cutAt } from './redacted'

test('a note is cut where words of it are blanked, and nothing is lost', () => {
  const text = 'Renner saw it. Off the record: he knew.'
  const parts = cutAt(text, [
    { at: [0, 6], why: 'confidential name' },
    { at: [15, 39], why: 'off the record' },
  ])
  expect(parts.map(({ words, why }) => [words, why])).toEqual([
    ['Renner', 'confidential name'],
    [' saw it. ', null],
    ['Off the record: he knew.', 'off the record'],
  ])
  expect(parts.map(({ words }) => words).join('')).toBe(text)
  expect(cutAt(text, []).map(({ words }) => words)).toEqual([text])
})
