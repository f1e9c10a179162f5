import { expect, test } from 'vitest'
import { linesOf } from './lines'

const text = '[00:01:02] We sold two.\nMAYOR: Not one, I said.\n\nThe end.'

test('the words joined are the text, marked or not', () => {
  for (const passage of [null, [0, 4], [11, 40], [20, 999]] as ([number, number] | null)[]) {
    const lines = linesOf(text, passage)
    const joined = lines.map((line) => line.stretches.map(({ words }) => words).join('')).join('\n')
    expect(joined).toBe(text)
  }
})

test('timecodes and labels stand apart from the words', () => {
  const [first, second] = linesOf(text, null)
  expect(first?.stretches[0]).toEqual({ words: '[00:01:02] ', kind: 'label' })
  expect(second?.stretches[0]).toEqual({ words: 'MAYOR: ', kind: 'label' })
  const [page] = linesOf('[page 12] MAYOR: Not one.', null)
  expect(page?.stretches[0]).toEqual({ words: '[page 12] MAYOR: ', kind: 'label' })
})

test('a passage over two lines is marked in both', () => {
  const lines = linesOf(text, [14, 38])
  expect(lines.map((line) => line.isMarked)).toEqual([true, true, false, false])
  expect(lines[0]?.stretches.at(-1)).toEqual({ words: 'sold two.', kind: 'marked' })
})
