import { flushSync } from 'svelte'
import { toStore } from 'svelte/store'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keysOf, listen, register, registerAll } from './keys'
import type { ScreenName } from './screen.svelte'
import { keyset } from './settings/keyset.svelte'

let shown: ScreenName = 'desk'
let stop: (() => void)[] = []

beforeEach(() => {
  shown = 'desk'
  stop = [listen(window, () => shown)]
})
afterEach(() => {
  for (const letGo of stop) letGo()
  document.body.replaceChildren()
  keyset.putAllBack()
  localStorage.clear()
})

function press(key: string, more: KeyboardEventInit = {}, on: EventTarget = document.body): void {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}
function field(): HTMLInputElement {
  const input = document.createElement('input')
  document.body.append(input)
  return input
}

test('a key acts on its own screen and nowhere else', () => {
  const open = vi.fn()
  stop.push(register('desk', 'n', 'New piece', open))
  press('n')
  shown = 'draft'
  press('n')
  expect(open).toHaveBeenCalledTimes(1)
})

test('a browser keeps the keys that make a page larger, the window has none', () => {
  const larger = vi.fn()
  stop.push(register('all', 'Ctrl+= Ctrl++ Ctrl+Shift++', 'Larger window', larger))
  const pressAll = () => {
    press('=', { ctrlKey: true })
    press('+', { ctrlKey: true })
    press('+', { ctrlKey: true, shiftKey: true })
  }
  pressAll()
  expect(larger).not.toHaveBeenCalled()
  vi.stubGlobal('__TAURI_INTERNALS__', {})
  pressAll()
  vi.unstubAllGlobals()
  expect(larger).toHaveBeenCalledTimes(3)
})

test('choosing all is a field’s own while one writes in it', () => {
  const all = vi.fn()
  stop.push(register('desk', 'Ctrl+a', 'Choose all', all))
  press('a', { ctrlKey: true }, field())
  expect(all).not.toHaveBeenCalled()
  press('a', { ctrlKey: true })
  expect(all).toHaveBeenCalledTimes(1)
})

test('a single letter never acts while typing in a field; a chord does', () => {
  const letter = vi.fn()
  const chord = vi.fn()
  stop.push(
    register('desk', 'n', 'New piece', letter),
    register('all', 'Ctrl+k', 'Commands', chord),
  )
  const input = field()
  press('n', {}, input)
  press('k', { ctrlKey: true }, input)
  expect(letter).not.toHaveBeenCalled()
  expect(chord).toHaveBeenCalledTimes(1)
})

test('a function key acts in a field too', () => {
  const next = vi.fn()
  stop.push(register('desk', 'F8', 'Next quote', next))
  press('F8', {}, field())
  expect(next).toHaveBeenCalledTimes(1)
})

test('Escape acts in a field too, unless the field had a use for it', () => {
  const leave = vi.fn()
  stop.push(register('desk', 'Escape', 'Leave focus mode', leave))
  const input = field()
  press('Escape', {}, input)
  expect(leave).toHaveBeenCalledTimes(1)
  input.addEventListener('keydown', (event) => {
    event.preventDefault()
  })
  press('Escape', {}, input)
  expect(leave).toHaveBeenCalledTimes(1)
})

test('alternatives do the same, and the screen wins over everywhere', () => {
  const own = vi.fn()
  const everywhere = vi.fn()
  stop.push(register('desk', 'j ArrowDown', 'Next', own), register('all', 'j', 'Help', everywhere))
  press('j')
  press('ArrowDown')
  expect(own).toHaveBeenCalledTimes(2)
  expect(everywhere).not.toHaveBeenCalled()
})

test('nothing acts behind an open dialog, nor when the page was quicker', () => {
  const open = vi.fn()
  stop.push(register('desk', 'n', 'New piece', open))
  const dialog = document.createElement('dialog')
  dialog.setAttribute('open', '')
  document.body.append(dialog)
  press('n')
  dialog.remove()
  const taken = field()
  taken.type = 'button'
  taken.addEventListener('keydown', (event) => {
    event.preventDefault()
  })
  press('n', {}, taken)
  expect(open).not.toHaveBeenCalled()
})

test('Enter on a button presses the button', () => {
  const open = vi.fn()
  stop.push(register('desk', 'Enter', 'Open', open))
  const button = document.createElement('button')
  document.body.append(button)
  press('Enter', {}, button)
  press('Enter')
  expect(open).toHaveBeenCalledTimes(1)
})

test('Enter with Ctrl is the screen’s, also on a button', () => {
  const take = vi.fn()
  stop.push(register('desk', 'Ctrl+Enter', 'Take the merged text', take))
  const button = document.createElement('button')
  document.body.append(button)
  press('Enter', { ctrlKey: true }, button)
  expect(take).toHaveBeenCalledTimes(1)
})

test('the overlay lists what holds here, its own first, and nothing that was let go', () => {
  const letGo = registerAll('desk', [['n', 'New piece', vi.fn()]])
  stop.push(
    register('all', '?', 'Keys', vi.fn()),
    register('check', 'c', 'cq, with a reason', vi.fn()),
  )
  expect(keysOf('desk').map(({ label }) => label)).toEqual(['New piece', 'Keys'])
  letGo()
  expect(keysOf('desk').map(({ label }) => label)).toEqual(['Keys'])
})

test('a changed key acts in place of the one it comes with, and is what the overlay shows', () => {
  const open = vi.fn()
  stop.push(register('desk', 'n', 'New piece', open))
  keyset.change({ screen: 'desk', given: 'n', label: 'New piece' }, 'x')
  press('n')
  expect(open).not.toHaveBeenCalled()
  press('x')
  expect(open).toHaveBeenCalledTimes(1)
  expect(keysOf('desk').map(({ given, key }) => [given, key])).toEqual([['n', 'x']])
})

test('what shows the keys of a screen learns of others', () => {
  const seen: string[][] = []
  stop.push(
    toStore(() => keysOf('desk').map(({ label }) => label)).subscribe((labels) =>
      seen.push(labels),
    ),
  )
  flushSync()
  const letGo = register('desk', 'n', 'New piece', () => undefined)
  flushSync()
  letGo()
  flushSync()
  expect(seen).toEqual([[], ['New piece'], []])
})
