import { fireEvent, screen as page } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import { toasts, undoLast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import type { StretchView } from '../wire'
import { partsOf } from './merge'
import { op, row } from './sample'
import { asked, open, press, settled, side, told, useStage } from './stage'

useStage()

describe('three-way', () => {
  async function openMerge(): Promise<void> {
    await open([op('edit')], [row(0, 'Prose', { change: 1 })])
    await press('w')
    const input = page.getByLabelText('A file to compare with')
    const file = new File(['We could sell it.'], 'theirs.md', { type: 'text/markdown' })
    Object.defineProperty(input, 'files', { value: [file], configurable: true })
    await fireEvent.change(input)
    await settled()
  }

  it('asks for the other text, and merges it with now from the older side', async () => {
    await open([op('edit')])
    await press('w')
    expect(asked('merge')).toEqual([])
    expect(page.getByText(/Two people changed one text/)).toBeTruthy()
    await fireEvent.change(page.getByLabelText('Theirs'), { target: { value: '1' } })
    await settled()
    const sides = { base: side(2), ours: side(null), theirs: side(1) }
    expect(asked('merge')).toEqual([{ id: 1, sides }])
  })

  it('shows what each did, and conflicts side by side', async () => {
    await openMerge()
    expect(told('.changes .row b')).toEqual(['Conflict', 'Theirs', 'Conflict'])
    expect(told('.changes .counts p')[0]).toBe('2 conflicts, 2 to decide')
    expect(told('.change')).toEqual(['theirsEzeInes Eze'])
    expect(told('.conflict .reading .words').slice(0, 3)).toEqual(['will', 'may', 'could'])
  })

  it('takes nothing while words are in conflict, and each is decided by key', async () => {
    await openMerge()
    await press('Enter', { ctrlKey: true })
    expect(asked('take_merge')).toEqual([])
    expect(toasts.at(-1)?.words).toContain('Decide this first')
    await press('2')
    expect(told('.decided')).toEqual(['theirscould'])
    await press('3')
    await press('Enter', { ctrlKey: true })
    expect(asked('take_merge')[0]).toMatchObject({ version: 1, choices: ['theirs', 'both'] })
    expect(piece.body).toBe('Merged.')
    await vi.waitFor(() => {
      expect(asked('compare').at(-1)).toEqual({ id: 1, old: side(4), new: side(null) })
    })
    undoLast()
    await settled()
    expect(asked('restore_revision')).toEqual([{ id: 1, revisionId: 4 }])
  })
})

describe('the merged text', () => {
  const same = (base: string): StretchView => ({
    part: 'body',
    by: 'nobody',
    base,
    ours: base,
    theirs: base,
  })
  const change: StretchView = { part: 'body', by: 'ours', base: 'a', ours: 'b', theirs: 'a' }
  const grafs = Array.from({ length: 6 }, (_, n) => `Graf ${String(n)} ${'of words '.repeat(9)}.`)

  it('folds what is the same but for two lines beside a change, and loses none of it', () => {
    const text = grafs.join('\n\n')
    const [part] = partsOf([change, same(text), change], false, new Set())
    const kinds = part?.pieces.map((piece) => (piece.kind === 'fold' ? piece.nGrafs : piece.kind))
    expect(kinds).toEqual(['change', 'same', 4, 'same', 'change'])
    const [all] = partsOf([change, same(text), change], true, new Set())
    expect(all?.pieces[1]).toEqual({ kind: 'same', text })
    const [opened] = partsOf([change, same(text), change], false, new Set([1]))
    expect(opened?.pieces[1]).toEqual({ kind: 'same', text })
  })
})
