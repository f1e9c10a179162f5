import { expect, test } from 'vitest'
import { moreThan } from './tips'

test.each([
  ['Skip', 'Skip to the next that needs you', true],
  ['Bin', 'Put in the bin', true],
  ['New piece', 'New piece', false],
  ['Keep as view …', 'Keep as view', false],
  ['Let it pass, and export', 'Export', false],
  ['Put the note’s words in', 'Put the source’s words in', false],
  ['Copy', undefined, false],
])('where one reads %s, %s is told: %s', (words, told, isTold) => {
  expect(moreThan(words, told)).toBe(isTold ? told : '')
})
