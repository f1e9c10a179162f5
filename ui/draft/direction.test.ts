import { expect, test } from 'vitest'
import { isFromTheRight, isolated, sideOf } from './direction'

test('words begin from the right by their first letter, whatever signs stand before it', () => {
  expect(isFromTheRight('“سنبيع العبّارة')).toBe(true)
  expect(isFromTheRight('3 סירות')).toBe(true)
  expect(isFromTheRight('Port Ellis, العبّارة')).toBe(false)
  expect(isFromTheRight('1,200')).toBe(false)
})

test('words from the right keep to themselves between others, and those from the left stay as they are', () => {
  expect(isolated('نبيع')).toBe('\u2068نبيع\u2069')
  expect(isolated('will')).toBe('will')
})

test.each([
  ['العبّارة تبحر', 'rtl'],
  ['«קוראים יקרים» said the paper', 'rtl'],
  ['12. Ferry لا', 'ltr'],
  ['', 'ltr'],
])('%s is read from its side', (words, side) => {
  expect(sideOf(words)).toBe(side)
})
