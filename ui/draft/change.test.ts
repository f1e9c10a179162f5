import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { changeBetween } from './change'

const pairs: [string, string][] = [
  ['', ''],
  ['', 'Rain.'],
  ['Rain.', ''],
  ['We may sell it.', 'We will sell it.'],
  ['aaa', 'aa'],
  ['aa', 'aaa'],
  ['A 🚢 in.', 'A 🚣 in.'],
  ['🚢🚢', '🚢'],
  ['One.\n\nTwo.', 'One.\n\nMore.\n\nTwo.'],
]

test.each(pairs)('%j becomes %j', (before, after) => {
  const change = changeBetween(before, after)
  expect(change.apply(Text.of(before.split('\n'))).toString()).toBe(after)
})

test('what two did in different places both stands, and in the same place both is kept', () => {
  expect(both('We sell it.', 'We sell it. Now.', 'We may sell it.')).toBe('We may sell it. Now.')
  expect(both('We sell it.', 'We shall sell it.', 'We may sell it.')).toMatch(
    /shall.*may|may.*shall/,
  )
})

function both(base: string, mine: string, theirs: string): string {
  const typed = changeBetween(base, mine)
  const body = typed.apply(Text.of([base]))
  return changeBetween(base, theirs).map(typed).apply(body).toString()
}
