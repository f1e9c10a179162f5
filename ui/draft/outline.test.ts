import { expect, test } from 'vitest'
import { minutesToRead, outlineOf } from './outline'

test('the outline has headings by their level and grafs by their number, each where it begins', () => {
  const body =
    '# The sale\n\nThe line was sold\non Monday.\n\n### What it carries\n\nBread.\n\n#hashtag'
  const rows = outlineOf(body).map(({ level, graf, words, nWords, place: [from] }) => [
    level,
    graf,
    words.split(/\s/)[0],
    nWords,
    body.slice(from, from + 4),
  ])
  expect(rows).toEqual([
    [1, null, 'The', 3, '# Th'],
    [0, 1, 'The', 6, 'The '],
    [3, null, 'What', 4, '### '],
    [0, 2, 'Bread.', 1, 'Brea'],
    [0, 3, '#hashtag', 1, '#has'],
  ])
})

test.each([
  [0, 1],
  [100, 1],
  [356, 1],
  [358, 2],
  [2380, 10],
])('%i words take %i minutes to read', (nWords, minutes) => {
  expect(minutesToRead(nWords)).toBe(minutes)
})
