import { afterEach, beforeEach, expect, test } from 'vitest'
import { Looks } from './looks.svelte'

const KEPT = 'stet-looks'
const root = () => document.documentElement
beforeEach(() => {
  localStorage.clear()
})
afterEach(() => {
  localStorage.clear()
})

test('what was chosen is there in the next window', () => {
  const looks = new Looks()
  looks.choose({ theme: 'dark', size: 'large' })
  looks.choose({ type: 'sans' })
  expect(new Looks().chosen).toEqual({
    theme: 'dark',
    type: 'sans',
    size: 'large',
    lines: 'usual',
    typewriter: 'off',
    quotes: 'curly',
  })
})

test('text grows and shrinks a size at a time, and stops at the last', () => {
  const looks = new Looks()
  const sizes = ([1, 1, 1, -1, -1, -1, -1] as const).map((by) => {
    looks.step(by)
    return looks.chosen.size
  })
  expect(sizes).toEqual(['large', 'larger', 'larger', 'large', 'usual', 'small', 'small'])
})

test('all of the window grows and shrinks by steps, is kept, and stops at half and twice its size', () => {
  const looks = new Looks()
  looks.stepZoom(1)
  expect([looks.zoom, new Looks().zoom]).toEqual([110, 110])
  for (let n = 0; n < 9; n++) looks.stepZoom(1)
  expect(looks.zoom).toBe(200)
  for (let n = 0; n < 19; n++) looks.stepZoom(-1)
  expect(new Looks().zoom).toBe(50)
  localStorage.setItem('stet-zoom', JSON.stringify({ percent: '9999' }))
  expect(new Looks().zoom).toBe(100)
})

test('a theme that was chosen is shown whatever the system asks for', () => {
  const looks = new Looks()
  looks.show(root())
  expect(root().dataset['theme']).toBe('light')
  looks.choose({ theme: 'high-dark', lines: 'short' })
  looks.show(root())
  expect(root().dataset).toMatchObject({ theme: 'high-dark', lines: 'short' })
})

test.each([
  ['no JSON', '{'],
  ['nothing', 'null'],
  ['a word', '"dark"'],
])('%s kept is as good as never chosen', (_, kept) => {
  localStorage.setItem(KEPT, kept)
  expect(new Looks().chosen.theme).toBe('system')
})

test('of what was kept, what is no way to look is left out, and the rest holds', () => {
  localStorage.setItem(KEPT, JSON.stringify({ theme: 'sepia', size: 'small', toString: 'dark' }))
  expect(new Looks().chosen).toEqual({
    theme: 'system',
    type: 'serif',
    size: 'small',
    lines: 'usual',
    typewriter: 'off',
    quotes: 'curly',
  })
})
