import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixtureHost } from '../fixture'
import { type Host, setHostForTest } from '../host'
import { piece } from '../piece.svelte'
import type { Place16 } from '../wire'
import { comments } from './comments.svelte'

let said: { id: number; at: Place16; text: string }[] = []
let hold: Promise<void> | null = null

beforeEach(async () => {
  said = []
  hold = null
  const host = fixtureHost()
  const watched: Host = async (name, args) => {
    if (name === 'add_comment') {
      said.push(args as (typeof said)[number])
      await hold
    }
    return host(name, args)
  }
  setHostForTest(watched)
  await piece.open(1)
})
afterEach(() => {
  comments.drop()
  piece.close()
  setHostForTest(null)
})

function write(text: string): void {
  if (comments.begun) comments.begun.text = text
}

test('a comment stands on the very words it was begun on, also after another piece', async () => {
  const twin = piece.body.lastIndexOf(' the ') + 1
  expect(piece.body.indexOf('the')).toBeLessThan(twin)
  comments.begin([twin, twin + 3])
  write('Which one?')
  await piece.open(2)
  expect(comments.begun).toBeNull()
  await piece.open(1)
  expect(await comments.add()).toBe(true)
  expect(said).toMatchObject([{ id: 1, at: [twin, twin + 3], text: 'Which one?' }])
})

test('what is written into a comment while it is being kept is not lost', async () => {
  let answer: () => void = () => undefined
  hold = new Promise((resolve) => (answer = resolve))
  comments.begin([0, 3])
  write('Which one?')
  const kept = comments.add()
  write('Which one? The old one?')
  answer()
  expect(await kept).toBe(true)
  expect(comments.begun?.text).toBe('Which one? The old one?')
})
