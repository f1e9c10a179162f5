import { afterEach, expect, test } from 'vitest'
import type { Entry } from '../host'
import { register } from '../keys'
import { language } from '../language/language.svelte'
import { go } from '../screen.svelte'
import { actions } from '../settings/actions'
import { keyset } from '../settings/keyset.svelte'
import { locking } from './locking.svelte'
import { menubar } from './menubar'

type Item = Extract<Entry, { kind: 'item' }>
let stop: (() => void)[] = []

afterEach(() => {
  for (const letGo of stop) letGo()
  stop = []
  go('desk')
  locking.isLocked = null
  language.choose('system')
  keyset.putAllBack()
  localStorage.clear()
})

function itemsIn(entries: readonly Entry[]): Item[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'menu') return itemsIn(entry.entries)
    return entry.kind === 'item' ? [entry] : []
  })
}

function item(told: string): Item {
  const [found, ...more] = itemsIn(menubar()).filter((each) => each.told === told)
  if (!found || more.length > 0) throw new Error(`not once in the menu: ${told}`)
  return found
}

test('each action that has a key stands in the menu, once', () => {
  const told = itemsIn(menubar()).map((each) => each.told)
  const lacking = actions.filter(({ screen, given }) => {
    const names = given.split(' ').flatMap((key) => [`${screen} ${key}`, `all ${key}`])
    return !told.some((each) => names.includes(each))
  })
  expect(lacking).toEqual([])
  expect(told.filter((each, at) => told.indexOf(each) !== at)).toEqual([])
})

test('what cannot be done now is grey: on another screen, unless it can be asked from there, and while the desk is locked', () => {
  stop = [
    register('check', 'c', 'cq, with a reason', () => undefined),
    register('all', 'F1', 'Help', () => undefined),
  ]
  const offered = () =>
    ['check c', 'all F1', 'desk n', 'desk d', 'window close'].filter((each) => item(each).isOffered)
  locking.isLocked = false
  go('check')
  expect(offered()).toEqual(['check c', 'all F1', 'desk n', 'window close'])
  go('sources')
  expect(offered()).toEqual(['all F1', 'desk n', 'window close'])
  locking.isLocked = true
  expect(offered()).toEqual(['window close'])
})

test('no menu shows a confidential name: that is held', () => {
  stop = [register('sources', 'h', 'Hold to read a confidential name', () => undefined)]
  locking.isLocked = false
  go('sources')
  expect(item('sources h').isOffered).toBe(false)
})

test('the menu speaks the language of the page and names the key an editor chose', () => {
  expect(item('all Shift+Delete')).toMatchObject({ words: 'Remove for good', key: 'Shift Del' })
  keyset.change({ screen: 'all', given: 'Ctrl+k', label: 'Commands' }, 'Ctrl+j')
  language.choose('de')
  expect(item('all Ctrl+k')).toMatchObject({ words: 'Befehle', key: 'Strg J' })
  expect(menubar()[0]).toMatchObject({ kind: 'menu', words: 'Stück' })
})
