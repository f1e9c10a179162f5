import { expect, test } from 'vitest'
import { type Cut, recut, wordsOf } from './cutting'

const cutting = (sentence: string, cut: Cut) => {
  const words = wordsOf(sentence)
  return sentence.slice(words[cut.first]?.[0], words[cut.last]?.[1])
}

test('words are cut without the marks between them; the whole keeps all of its own', () => {
  const sentence = '“The boat isn’t thirty-four, they say.”'
  expect(wordsOf(sentence)).toHaveLength(6)
  expect(cutting(sentence, { first: 0, last: 5 })).toBe(sentence)
  expect(cutting(sentence, { first: 1, last: 3 })).toBe('boat isn’t thirty-four')
  expect(cutting(sentence, { first: 4, last: 5 })).toBe('they say.”')
  expect(wordsOf('…')).toEqual([])
})

test('a cut grows to the whole sentence and shrinks to one word', () => {
  let cut = { first: 0, last: 2 }
  for (let n = 0; n < 9; n++) cut = recut(cut, 3, 'first', 1)
  expect(cut).toEqual({ first: 2, last: 2 })
  cut = recut(cut, 3, 'last', -1)
  expect(cut).toEqual({ first: 2, last: 2 })
  for (let n = 0; n < 9; n++) cut = recut(recut(cut, 3, 'first', -1), 3, 'last', 1)
  expect(cut).toEqual({ first: 0, last: 2 })
})
