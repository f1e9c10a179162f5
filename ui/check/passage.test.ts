import { describe, expect, it } from 'vitest'
import { cutSides, notePassage, runsOf, surroundings, withQuoteMarks } from './passage'
import type { Place16 } from '../wire'

const BODY =
  'The ferry runs at a loss.\n\n“We will sell it,” Eze said.\nShe left.\n\n\nNobody asked.'
const of = (text: string, at: Place16): string => text.slice(...at)

describe('the passage', () => {
  it('is the graf of the quote between its neighbours', () => {
    const around = surroundings(BODY, [28, 44])
    expect(of(BODY, around.before)).toBe('The ferry runs at a loss.')
    expect(of(BODY, around.graf)).toBe('“We will sell it,” Eze said.\nShe left.')
    expect(of(BODY, around.after)).toBe('Nobody asked.')
  })

  it('has no neighbour before the first graf and none after the last', () => {
    expect(of(BODY, surroundings(BODY, [0, 3]).before)).toBe('')
    expect(of(BODY, surroundings(BODY, [BODY.length - 6, BODY.length]).after)).toBe('')
    expect(surroundings('', [0, 0]).graf).toEqual([0, 0])
  })

  it('knows a line of spaces for a blank line', () => {
    const text = 'One.\n \t\nTwo.'
    expect(of(text, surroundings(text, [9, 10]).graf)).toBe('Two.')
  })

  it('holds a quote that runs over several grafs whole', () => {
    const text = 'Before.\n\n“One.\n\n“Two.”\n\nAfter.'
    expect(of(text, surroundings(text, [10, 20]).graf)).toBe('“One.\n\n“Two.”')
  })

  it('shows the lines near the quote of a graf with many lines, and no neighbour beyond them', () => {
    const lines = Array.from(
      { length: 40 },
      (_, n) => `Line ${n} tells of the harbour and the ferry.`,
    )
    const text = `Before.\n\n${lines.join('\n')}\n\nAfter.`
    const at = text.indexOf('Line 20')
    const around = surroundings(text, [at, at + 7])
    const shown = of(text, around.graf).split('\n')
    expect(shown).toContain(lines[20])
    expect(shown.every((line) => lines.includes(line))).toBe(true)
    expect(shown.length).toBeLessThan(16)
    expect(of(text, around.before) + of(text, around.after)).toBe('')
    expect(cutSides('One two three', [4, 7])).toEqual({ before: true, after: true })
    expect(cutSides('One.\n\nTwo.', [6, 10])).toEqual({ before: false, after: false })
  })

  it('cuts a graf without end near the quote, never inside a character', () => {
    const text = '😀'.repeat(5000)
    const { graf } = surroundings(text, [5000, 5004])
    expect(graf[1] - graf[0]).toBeLessThan(2000)
    expect(graf[0] % 2).toBe(0)
    expect(graf[1] % 2).toBe(0)
  })
})

describe('runs', () => {
  it('join to the text again and carry the marks that cover them', () => {
    const text = 'We will sell it'
    const runs = runsOf(
      text,
      [0, 15],
      [
        { at: [0, 15], name: 'quote' },
        { at: [3, 7], name: 'alarm' },
        { at: [9, 9], name: 'lost' },
      ],
    )
    expect(runs.map((run) => run.text).join('')).toBe(text)
    expect(runs.find((run) => run.text === 'will')?.marks).toEqual(['quote', 'alarm'])
    expect(runs.every((run) => run.text !== '')).toBe(true)
  })

  it('keep to the stretch that is asked for', () => {
    expect(runsOf('abcdef', [2, 4], [{ at: [0, 6], name: 'all' }])).toEqual([
      { text: 'cd', start: 2, marks: ['all'] },
    ])
    expect(runsOf('abc', [1, 1], [])).toEqual([])
  })
})

it('underlines quote marks with their words, and a stop inside them', () => {
  expect(withQuoteMarks('“We will sell it,” she said', [1, 16])).toEqual([0, 18])
  expect(withQuoteMarks('She said we will sell it.', [9, 24])).toEqual([9, 24])
})

describe('a note at its passage', () => {
  const text = '[00:03] Look.\n\nWe may sell it.\nNobody offered.'
  const at: Place16 = [15, 26]

  it('is told line by line, the passage marked in its own', () => {
    const { lines, isCutBefore, isCutAfter } = notePassage(text, at)
    expect(lines.map((line) => line.isPassage)).toEqual([false, true, false])
    expect(lines[1]?.runs.find((run) => run.marks.includes('passage'))?.text).toBe('We may sell')
    expect([isCutBefore, isCutAfter]).toEqual([false, false])
  })

  it('is cut at line ends when the note is long', () => {
    const far = 'x'.repeat(60).concat('\n').repeat(500)
    const cut = notePassage(far + text, [far.length + 15, far.length + 26])
    expect([cut.isCutBefore, cut.isCutAfter]).toEqual([true, false])
    expect(cut.lines.length).toBeLessThan(100)
    expect(cut.lines[0]?.runs[0]?.text).toBe('x'.repeat(60))
  })
})
