import { beforeEach, expect, test } from 'vitest'
import { type Action, actions, textKeys } from './actions'
import { Keyset } from './keyset.svelte'

let keyset: Keyset
beforeEach(() => {
  localStorage.clear()
  keyset = new Keyset()
})
const action = (label: string, screen: Action['screen'] = 'all'): Action => {
  const found = actions.find((each) => each.label === label && each.screen === screen)
  if (!found) throw new Error(`there is an action ${label}`)
  return found
}

test('a changed key is the only one of its action, and is there in the next window', () => {
  const next = action('Next piece', 'desk')
  expect(keyset.of(next)).toBe('j ArrowDown')
  expect(keyset.change(next, 'x')).toBeNull()
  expect(new Keyset().of(next)).toBe('x')
})

test('a key that is another’s is refused by the name of what has it, and nothing changes', () => {
  expect(keyset.change(action('Help'), 'Ctrl+k')).toBe('Commands')
  expect(keyset.change(action('Help'), 'n')).toBe('New piece')
  expect(keyset.change(action('New piece', 'desk'), 'ArrowDown')).toBe('Next piece')
  expect(keyset.change(action('New piece', 'desk'), 'F1')).toBe('Help')
  expect(keyset.changed).toEqual({})
})

test('a key of another screen is free, and so is one that was given up', () => {
  expect(keyset.change(action('New piece', 'desk'), 'w')).toBeNull()
  expect(keyset.change(action('Duplicate', 'desk'), 'n')).toBeNull()
})

test('keys of the text and of every window are nobody’s', () => {
  expect(textKeys).toContain('Ctrl+Home')
  expect(textKeys).toContain('Ctrl+Shift+k')
  expect(keyset.change(action('Help'), 'Ctrl+c')).toBe('Copy')
  expect(keyset.change(action('Help'), 'Escape')).toBe('Leave what is open')
  expect(keyset.change(action('Comment on the words', 'draft'), 'Ctrl+d')).toContain('the text')
  expect(keyset.change(action('New piece', 'desk'), 'Ctrl+d')).toBeNull()
})

test('an action gets its key back, unless another has it by now', () => {
  const make = action('New piece', 'desk')
  keyset.change(make, 'x')
  keyset.change(action('Duplicate', 'desk'), 'n')
  expect(keyset.putBack(make)).toBe('Duplicate')
  expect(keyset.of(make)).toBe('x')
  expect(keyset.putBack(action('Duplicate', 'desk'))).toBeNull()
  expect(keyset.putBack(make)).toBeNull()
  expect(keyset.changed).toEqual({})
})

test('all keys are put back, and that is taken back', () => {
  keyset.change(action('Help'), 'F6')
  keyset.change(action('Help'), 'F10')
  keyset.change(action('Commands'), 'Ctrl+j')
  keyset.putAllBack()
  expect(keyset.of(action('Commands'))).toBe('Ctrl+k')
  keyset.takeBack()
  expect(new Keyset().of(action('Commands'))).toBe('Ctrl+j')
  expect(keyset.of(action('Help'))).toBe('F10')
})

test('a key named as it comes is shown as it is now, on its screen alone', () => {
  keyset.change(action('New piece', 'desk'), 'x')
  keyset.change(action('Next piece', 'desk'), 'y')
  keyset.change(action('Commands'), 'Ctrl+j')
  expect(keyset.named('n', 'desk')).toBe('x')
  expect(keyset.named('ArrowDown', 'desk')).toBe('y')
  expect(keyset.named('n', 'sources')).toBe('n')
  expect(keyset.named('Ctrl+k', 'sources')).toBe('Ctrl+j')
})

test.each([['{'], ['null'], ['"x"'], ['{"desk n":7,"desk of yesterday":"x"}']])(
  'what is no changed key is left out: %s',
  (kept) => {
    localStorage.setItem('stet-keys', kept)
    expect(new Keyset().changed).toEqual({})
  },
)
