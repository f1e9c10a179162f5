import { expect, test } from 'vitest'
import { INVISIBLE, sign } from './invisible'

const signs = (text: string): (string | null)[] =>
  [...text.matchAll(INVISIBLE)].map(([c]) => sign(c.codePointAt(0) ?? 0).title)

test('what nobody sees gets a sign with its name', () => {
  expect(signs('In\u200bes \u202etxt\u00ad \x1b[2J\u{e0041}\u{e0042}')).toEqual([
    'zero-width space (U+200B)',
    'direction override (U+202E)',
    'soft hyphen (U+00AD)',
    'control character (U+001B)',
    'hidden tag (U+E0041)',
  ])
})

test('emoji, joining scripts, tabs and blanks are left as they are', () => {
  expect(signs('می\u200cخواهم 👩\u200d👧 ❤\ufe0f 🏴\u{e0067}\u{e0062}\u{e007f}\t\u00a0')).toEqual(
    [],
  )
})
