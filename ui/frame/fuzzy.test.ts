import { expect, test } from 'vitest'
import { found } from './fuzzy'

const all = [
  { words: 'Redline since yesterday' },
  { words: 'Open school-roof', beside: 'Repairs slip to autumn' },
  { words: 'Open ferry-sale', beside: 'Ferry line up for sale' },
  { words: 'Compare' },
]
const names = (query: string) => found(all, query).map(({ words }) => words)

test('a word is found at the beginning of a word first, then inside one, then beside', () => {
  expect(names('line')).toEqual(['Redline since yesterday', 'Open ferry-sale'])
  expect(names('re')).toEqual(['Redline since yesterday', 'Compare', 'Open school-roof'])
})

test('every word must be found, in any order', () => {
  expect(names('sale open')).toEqual(['Open ferry-sale'])
  expect(names('sale roof')).toEqual([])
})

test('letters left out do not matter, from the beginning of a word', () => {
  expect(names('frysl')).toEqual(['Open ferry-sale'])
  expect(names('cmpr')).toEqual(['Compare'])
  expect(names('ompr')).toEqual([])
})

test('nothing asked lists all as they come', () => {
  expect(names('')).toHaveLength(4)
})
