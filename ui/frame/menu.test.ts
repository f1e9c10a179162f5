import { expect, test } from 'vitest'
import { register } from '../keys'
import { screen } from '../screen.svelte'
import { keyset } from '../settings/keyset.svelte'
import { listenToMenu } from './menu'

test('the menu goes to the screen where its key holds and does what the key does, whichever it is by now', async () => {
  const done: string[] = []
  keyset.change({ screen: 'all', given: 'Ctrl+k', label: 'Commands' }, 'Ctrl+j')
  const letGo = [
    register('draft', 'Ctrl+f', 'Find', () => done.push(`find on ${screen.name}`)),
    register('all', 'Ctrl+k', 'Commands', () => done.push('commands')),
    listenToMenu(window),
  ]
  window.dispatchEvent(new CustomEvent('stet-menu', { detail: 'draft Ctrl+f' }))
  window.dispatchEvent(new CustomEvent('stet-menu', { detail: 'all Ctrl+k' }))
  window.dispatchEvent(new CustomEvent('stet-menu', { detail: 'draft Ctrl+nothing' }))
  await Promise.resolve()
  await new Promise((next) => setTimeout(next))
  expect(done.toSorted()).toEqual(['commands', 'find on draft'])
  for (const stop of letGo) stop()
  keyset.putAllBack()
  localStorage.clear()
})
