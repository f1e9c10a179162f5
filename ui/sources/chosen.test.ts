import { afterEach, expect, test } from 'vitest'
import { chosenPassage } from './chosen'

const TEXT = 'MAYOR EZE: We may sell it.\n\nYou can count.'

/** A note as the page draws it, a line a graf, labels apart. */
function draw(): HTMLElement[] {
  document.body.innerHTML = `<div data-note="13"><p data-at="0"><span>MAYOR EZE: </span><span>We may sell it.</span></p><p data-at="27"></p><p data-at="28"><span>You can count.</span></p></div><p>Elsewhere.</p>`
  return [...document.querySelectorAll('span')]
}
function choose(from: Node, start: number, to: Node, end: number): string | null {
  getSelection()?.setBaseAndExtent(from, start, to, end)
  const chosen = chosenPassage()
  if (chosen) expect(chosen.noteId).toBe(13)
  return chosen && TEXT.slice(...chosen.passage)
}
afterEach(() => {
  getSelection()?.removeAllRanges()
  document.body.innerHTML = ''
})

test('the words that are selected in a note are told by their place in it', () => {
  const [, first, last] = draw().map((span) => span.firstChild)
  if (!first || !last) throw new Error('both are drawn')
  expect(choose(first, 3, first, 11)).toBe('may sell')
  expect(choose(last, 3, first, 3)).toBe('may sell it.\n\nYou')
  expect(choose(first, 0, document.querySelector('[data-note]') as Node, 2)).toBe(
    'We may sell it.\n\n',
  )
})

test('a caret, and what is selected outside a note, is no passage', () => {
  const [, first] = draw().map((span) => span.firstChild)
  const elsewhere = document.body.lastChild?.firstChild
  if (!first || !elsewhere) throw new Error('both are drawn')
  expect(choose(first, 3, first, 3)).toBeNull()
  expect(choose(elsewhere, 0, elsewhere, 4)).toBeNull()
  expect(choose(first, 3, elsewhere, 4)).toBeNull()
})
