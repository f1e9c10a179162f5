import { describe, expect, it } from 'vitest'
import { op, words } from './sample'
import { edgesOf, stretchesOf, textOf } from './words'

describe('the words of a change', () => {
  const edit = op('edit', { words: words(5, 'We ', '-will', '+may', ' sell it.\n\n') })

  it('are one text on each side, without the line ends that close it', () => {
    expect(textOf(edit, 'old')).toBe('We will sell it.')
    expect(textOf(edit, 'new')).toBe('We may sell it.')
    expect(textOf(edit, 'both')).toBe('We willmay sell it.')
  })

  it('draw a paragraph end inside them by itself', () => {
    const split = op('split', { words: words(1, 'It runs', '+.\n\nIt', ' is old.\n') })
    expect(stretchesOf(split, 'both').map((each) => [each.kind, each.isBreak, each.text])).toEqual([
      ['same', false, 'It runs'],
      ['insert', false, '.'],
      ['insert', true, '\n\n'],
      ['insert', false, 'It'],
      ['same', false, ' is old.'],
    ])
  })

  it('leave the spaces at their ends unmarked, unless they are all there is', () => {
    expect(edgesOf(' up for ')).toEqual([' ', 'up for', ' '])
    expect(edgesOf('  ')).toEqual(['', '  ', ''])
  })

  it('are empty where nothing is told of them', () => {
    expect(stretchesOf(op('same'), 'both')).toEqual([])
  })
})
