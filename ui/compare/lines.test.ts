import { describe, expect, it } from 'vitest'
import { linesOf, type Line } from './lines'
import { op, words } from './sample'
import { textOf } from './words'

const none = new Set<number>()
const told = (lines: Line[]): string[] =>
  lines.map((line) =>
    line.kind === 'fold'
      ? `fold ${String(line.nGrafs)}`
      : `${line.kind} ${line.op.kind} ${String(line.index)}`,
  )

describe('the lines of a comparison', () => {
  it('fold paragraphs that are the same', () => {
    const ops = [op('edit'), op('same'), op('same'), op('same'), op('insert')]
    expect(told(linesOf(ops, false, none))).toEqual(['op edit 0', 'fold 3', 'op insert 4'])
  })

  it('leave about two lines of what is the same beside a change', () => {
    const long =
      'It rained all day in the old town, and nobody came to see the ships leave. '.repeat(4)
    const text = `Short.\n\n${long.trim()}\n\nRain again.\n\n${long.trim()}\n\n`
    const same = op('same', { words: words(0, text) })
    const lines = linesOf([op('edit'), same, op('edit')], false, none)
    expect(told(lines)).toEqual([
      'op edit 0',
      'context same 1',
      'fold 3',
      'context same 1',
      'op edit 2',
    ])
    const [, after, , before] = lines
    expect(after?.kind === 'context' && textOf(after.op, 'new')).toBe('Short.')
    const tail = before?.kind === 'context' ? textOf(before.op, 'new') : ''
    expect(tail).toMatch(/^… \S.* to see the ships leave\.$/)
    expect(tail.length).toBeLessThan(170)
    expect(told(linesOf([same, op('edit')], false, none))[0]).toBe('fold 4')
    expect(told(linesOf([op('edit'), same], false, none)).at(-1)).toBe('fold 3')
    expect(told(linesOf([op('edit'), same], true, none))).toEqual(['op edit 0', 'op same 1'])
  })

  it('leave one paragraph between two changes standing', () => {
    expect(told(linesOf([op('edit'), op('same'), op('edit')], false, none))).toHaveLength(3)
    expect(told(linesOf([op('edit'), op('same'), op('edit')], false, none))[1]).toBe('op same 1')
  })

  it('show everything when all is asked for, or one fold when it is opened', () => {
    const ops = [op('same'), op('same'), op('edit'), op('same'), op('same')]
    expect(linesOf(ops, true, none)).toHaveLength(5)
    expect(told(linesOf(ops, false, new Set([3])))).toEqual([
      'fold 2',
      'op edit 2',
      'op same 3',
      'op same 4',
    ])
  })

  it('never fold the hed, which says what piece it is', () => {
    const ops = [
      op('same', { part: 'hed', oldGraf: null }),
      op('same', { part: 'dek', oldGraf: null }),
    ]
    expect(told(linesOf(ops, false, none))).toEqual(['op same 0', 'op same 1'])
  })

  it('say where a moved paragraph stood', () => {
    const ops = [
      op('move', { oldGraf: 3, newGraf: 1 }),
      op('same', { oldGraf: 1, newGraf: 2 }),
      op('same', { oldGraf: 2, newGraf: 3 }),
      op('edit', { oldGraf: 4, newGraf: 4 }),
    ]
    expect(told(linesOf(ops, false, none))).toEqual([
      'op move 0',
      'fold 2',
      'stood move 0',
      'op edit 3',
    ])
  })

  it('say it at the end when it was the last', () => {
    const ops = [
      op('move+edit', { oldGraf: 2, newGraf: 1 }),
      op('edit', { oldGraf: 1, newGraf: 2 }),
    ]
    expect(told(linesOf(ops, false, none))).toEqual([
      'op move+edit 0',
      'op edit 1',
      'stood move+edit 0',
    ])
  })
})
