import { expect, test } from 'vitest'
import { writeKey } from './keynames'

test.each([
  ['j', 'j'],
  ['R', 'R'],
  ['Ctrl+Shift+y', 'Ctrl Shift Y'],
  ['Shift+ArrowLeft', 'Shift ←'],
  ['Delete', 'Del'],
  ['Ctrl+,', 'Ctrl ,'],
  ['+', '+'],
  ['Ctrl++', 'Ctrl +'],
])('%s is written %s', (key, written) => {
  expect(writeKey(key)).toBe(written)
})
