import { cleanup, fireEvent, render, screen as page } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { setHostForTest } from '../host'
import { toasts, undoLast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import type { WordView } from '../wire'
import Compare from './Compare.svelte'
import { op, row, words } from './sample'
import { asked, draft, host, open, press, settled, side, stage, told, useStage } from './stage'

useStage()

describe('the redline', () => {
  it('marks what came and what went inside a graf', async () => {
    await open([op('edit', { words: words(1, 'We ', '-will', '+may', ' sell it.\n') })])
    expect(told('del')).toEqual(['will'])
    expect(told('ins')).toEqual(['may'])
    expect(told('.graf .text')[0]).toBe('We willmay sell it.')
  })

  it('says of a whole graf that it came or went', async () => {
    await open([
      op('insert', { words: words(1, '+New graf.\n') }),
      op('delete', { words: words(2, '-Old graf.\n') }),
    ])
    expect(told('.graf .text')).toEqual(['Inserted graf:New graf.', 'Deleted graf:Old graf.'])
  })

  it('says where a moved graf came from, and where it stood', async () => {
    await open([
      op('move+edit', { oldGraf: 3, newGraf: 1, words: words(1, 'It is ', '-old', '+older', '.') }),
      op('same', { oldGraf: 1, newGraf: 2, words: words(9, 'A graf.') }),
    ])
    expect(page.getByRole('button', { name: 'from graf 3 ↓' })).toBeTruthy()
    expect(page.getByRole('button', { name: /“It is old.” stood here, now graf 1 ↑/ })).toBeTruthy()
  })

  it('draws a split and a merge with a pilcrow', async () => {
    await open([
      op('split', { words: words(1, 'It runs.', '+\n\n', 'It is old.') }),
      op('merge', { words: words(2, 'She left.', '-\n\n', 'He stayed.') }),
    ])
    expect(told('.pilcrow.insert')).toEqual(['¶'])
    expect(told('.pilcrow.delete')).toEqual(['¶'])
  })

  it('shows a rewrite old, then new', async () => {
    await open([op('rewrite', { words: words(1, '-All of it.', '+None of that.') })])
    expect(told('.graf .side')).toEqual(['wasAll of it.', 'nowNone of that.'])
  })

  it('folds what only changed its marks, and opens it', async () => {
    await open([op('format', { newGraf: 4, words: words(1, '-"Yes"', '+“Yes”') })])
    expect(told('ins')).toEqual([])
    await fireEvent.click(
      page.getByRole('button', { name: 'graf 4: only marks or spaces changed' }),
    )
    expect(told('ins')).toEqual(['“Yes”'])
  })

  it('folds what is the same, shows it when asked, and all of it with f', async () => {
    const same = [1, 2, 3].map((n) => op('same', { words: words(0, `Graf ${String(n)}.`) }))
    await open([...same, op('insert', { words: words(1, '+New.') })])
    expect(told('.graf .text')).toEqual(['Graf 3.', 'Inserted graf:New.'])
    await press('f')
    expect(told('.graf .text')).toHaveLength(4)
    await press('f')
    await fireEvent.click(page.getByRole('button', { name: '2 grafs the same' }))
    expect(told('.graf .text')).toHaveLength(4)
  })

  it('marks both ends of a sentence that moved, and goes from one to the other', async () => {
    const carried = (kind: 'insert' | 'delete', text: string): WordView => ({
      kind,
      text,
      old: null,
      new: null,
      change: 7,
      carry: 0,
    })
    const moved = '“A winter without it was long,” she said.'
    await open(
      [
        op('edit', { words: [...words(1, 'It runs. '), carried('delete', `${moved} `)] }),
        op('edit', { words: [carried('insert', `${moved} `), ...words(1, 'It is old.')] }),
      ],
      [row(1, 'Sentence moved', { change: 7, isMove: true })],
      [{ oldOp: 0, newOp: 1, oldGraf: 1, newGraf: 2, words: [] }],
    )
    expect(told('del, ins')).toEqual([])
    expect(told('.gone')).toEqual(['“A winter without it was …” now graf 2 ↓'])
    expect(told('.come')).toEqual([`from graf 1 ↑${moved}`])
    await press('n')
    expect(told('.chosen')).toHaveLength(2)
    await press('x')
    expect(document.activeElement?.textContent).toContain('now graf 2')
    await press('x')
    expect(document.activeElement?.textContent).toContain('from graf 1')
    await press('r')
    expect(asked('take_back')[0]?.['changes']).toEqual([7])
  })

  it('shows what was edited in a sentence on its way, where it stands now', async () => {
    const end = (kind: 'insert' | 'delete', text: string): WordView => ({
      kind,
      text,
      old: null,
      new: null,
      change: 7,
      carry: 0,
    })
    const inner = words(0, 'She will ', '-sell', '+keep', ' the boat.').map((word) => ({
      ...word,
      change: null,
    }))
    await open(
      [
        op('edit', { words: [...words(1, 'It runs. '), end('delete', 'She will sell the boat.')] }),
        op('edit', {
          words: [end('insert', 'She will keep the boat. '), ...words(1, 'It is old.')],
        }),
      ],
      [row(1, 'Sentence moved and edited', { change: 7, isMove: true })],
      [{ oldOp: 0, newOp: 1, oldGraf: 1, newGraf: 2, words: inner }],
    )
    expect(told('.come del, .come ins')).toEqual(['sell', 'keep'])
    await press('t')
    expect(told('.come .words')).toEqual(['She will keep the boat.'])
    expect(told('.gone .words')).toEqual(['She will sell the boat.'])
  })

  it('stands side by side with t, each side with its own words', async () => {
    await open([op('edit', { words: words(1, 'We ', '-will', '+may', ' sell it.') })])
    await press('t')
    expect(told('.graf .text')).toEqual(['We will sell it.', 'We may sell it.'])
  })
})

describe('the Compare screen', () => {
  const rows = [
    row(1, 'Prose', { change: 20 }),
    row(0, 'Quote · Ines Eze', { words: 'We will → may', isSubstance: true, change: 10 }),
    row(2, 'Marks', { isCosmetic: true, change: 30 }),
  ]
  const ops = [
    op('edit', { isSubstance: true, change: 10, words: words(1, 'We ', '-will', '+may', '.') }),
    op('insert', { change: 20, words: words(3, '+New.') }),
    op('format', { change: 30 }),
  ]

  it('begins with the last named revision against now', async () => {
    await open(ops, rows)
    expect(asked('compare')).toEqual([{ id: 1, old: side(2), new: side(null) }])
  })

  it('lists substance first and folds what is cosmetic', async () => {
    await open(ops, rows)
    expect(told('.row b')).toEqual(['Quote · Ines Eze, of substance', 'Prose', 'Cosmetic, folded'])
    expect(page.getByText('1 of substance')).toBeTruthy()
  })

  it('goes through the list with n and p, and takes the selected change back with r', async () => {
    await open(ops, rows)
    await press('r')
    expect(asked('take_back')).toEqual([])
    await press('n')
    await press('n')
    await press('p')
    await press('r')
    expect(asked('take_back')).toEqual([{ id: 1, old: side(2), changes: [10] }])
    expect(piece.body).toBe('We will sell it.')
  })

  it('puts the revision of before back when a take-back is taken back', async () => {
    await open(ops, rows)
    await press('n')
    await press('r')
    undoLast()
    await settled()
    expect(asked('restore_revision')).toEqual([{ id: 1, revisionId: 4 }])
    expect(piece.body).toBe(draft.body)
  })

  it('takes back the one change that is clicked in the text', async () => {
    const twice = op('edit', { words: words(1, 'We ', '-will', '+may', ' sell ', '-now', '.') })
    const first = {
      ...twice,
      words: twice.words.map((each, n) => ({
        ...each,
        change: n < 3 && each.change !== null ? 1 : each.change,
      })),
    }
    await open([first], [row(0, 'Hedge', { change: 1 }), row(0, 'Prose', { change: 3 })])
    await fireEvent.click(page.getByText('now', { selector: 'del' }))
    expect(told('[aria-current="true"] b')).toEqual(['Prose'])
    await press('r')
    expect(asked('take_back')[0]?.['changes']).toEqual([3])
  })

  it('takes a whole graf back with g, and all of a class with c', async () => {
    const list = [
      row(0, 'Number', { change: 1, class: 'number' }),
      row(0, 'Prose', { change: 2 }),
      row(1, 'Number', { change: 4, class: 'number' }),
    ]
    await open([op('edit'), op('edit')], list)
    await press('g')
    expect(asked('take_back')).toEqual([])
    await press('n')
    await press('g')
    expect(asked('take_back')[0]?.['changes']).toEqual([1, 2])
    await press('c')
    expect(asked('take_back')[1]?.['changes']).toEqual([1, 4])
    expect(toasts.at(-1)?.words).toContain('2 changes of the class number')
  })

  it('takes nothing back while something else is shown', async () => {
    await open(ops, rows)
    await press('n')
    await press('b')
    for (const key of ['r', 'g', 'c']) await press(key)
    expect(asked('take_back')).toEqual([])
    await press('b')
    await press('w')
    for (const key of ['r', 'g', 'c']) await press(key)
    expect(asked('take_back')).toEqual([])
  })

  it('shows nothing of one piece with another', async () => {
    await open(ops, rows)
    await press('b')
    expect(told('.blame li button')).toEqual(['We may sell it., sent to legal, 19 Nov'])
    setHostForTest(() => new Promise(() => undefined))
    piece.show({ ...draft, id: 2, slug: 'pier' })
    await settled()
    expect(told('.blame li button')).toEqual([])
    expect(told('.row b')).toEqual([])
  })

  it('compares anew when what stands now has changed', async () => {
    await open(ops, rows)
    piece.dispatch({ changes: { from: 0, insert: 'Now. ' } })
    await new Promise((done) => setTimeout(done, 600))
    expect(asked('compare')).toHaveLength(2)
  })

  it('lists and counts by substance or as the text has it, and keeps what is selected', async () => {
    const list = [
      row(1, 'Prose', { change: 20 }),
      row(2, 'Number', { isSubstance: true, class: 'number', change: 31 }),
      row(0, 'Quote', { isSubstance: true, class: 'quote', change: 10 }),
      row(2, 'Number', { isSubstance: true, class: 'number', change: 30 }),
      row(3, 'Moved', { isMove: true, change: 40 }),
    ]
    const numbers = op('edit', { words: words(30, '-one', '+two', ' and ') })
    await open([op('edit'), op('insert'), numbers, op('move')], list)
    expect(told('.row b')).toEqual([
      'Number, of substance',
      'Quote, of substance',
      'Number, of substance',
      'Prose',
      'Moved',
    ])
    expect(told('.counts p')[0]).toBe('3 of substance: 2 numbers, 1 quote; 1 move, 1 other')
    await press('n')
    await press('v')
    expect(told('.row b')).toEqual([
      'Quote, of substance',
      'Prose',
      'Number, of substance',
      'Number, of substance',
      'Moved',
    ])
    expect(told('.counts p')[0]).toBe('3 of substance: 1 quote, 2 numbers; 1 move, 1 other')
    expect(told('.counts p')[1]).toContain('4 of 5')
    await press('r')
    expect(asked('take_back')[0]?.['changes']).toEqual([31])
  })

  it('is laid out as it was left when it is opened again', async () => {
    const same = [1, 2, 3].map((n) => op('same', { words: words(0, `Graf ${String(n)}.`) }))
    const two = [row(1, 'Prose', { change: 20 }), row(0, 'Quote', { change: 10 })]
    const first = [op('edit', { words: words(10, 'We ', '-will', '+may', '.') })]
    await open([...first, ...same, op('insert', { words: words(20, '+New.') })], two)
    for (const key of ['f', 't', 'v']) await press(key)
    const left = [told('.graf .text'), told('.row b')]
    cleanup()
    expect(told('.graf .text')).toEqual([])
    render(Compare)
    await settled()
    expect([told('.graf .text'), told('.row b')]).toEqual(left)
    expect(told('.row b')).toEqual(['Quote', 'Prose'])
    expect(told('.graf .text')).toContain('We will.')
  })

  it('compares with yesterday, with what was read, and with what has a name', async () => {
    await open(ops, rows)
    await press('l')
    expect(toasts.at(-1)?.words).toContain('press m')
    await press('m')
    expect(asked('name_revision')).toEqual([{ id: 1, name: 'read' }])
    await press('y')
    expect(asked('compare').at(-1)).toEqual({ id: 1, old: side(3), new: side(null) })
    await press('s')
    expect(asked('compare').at(-1)).toEqual({ id: 1, old: side(2), new: side(null) })
  })

  it('goes through the revisions with the arrow keys, and never past the newer side', async () => {
    await open(ops, rows)
    await press('ArrowLeft')
    expect(asked('compare').at(-1)).toEqual({ id: 1, old: side(1), new: side(null) })
    await press('ArrowLeft', { shiftKey: true })
    expect(asked('compare').at(-1)).toEqual({ id: 1, old: side(1), new: side(3) })
    await press('ArrowRight', { shiftKey: true })
    expect(asked('compare').at(-1)).toEqual({ id: 1, old: side(1), new: side(null) })
  })

  it('takes nothing back into an old revision', async () => {
    await open(ops, rows)
    await press('ArrowLeft', { shiftKey: true })
    await press('n')
    await press('r')
    expect(asked('take_back')).toEqual([])
  })

  it('restores the whole revision at once, and what stood before is one key away', async () => {
    await open(ops, rows)
    await press('R', { shiftKey: true })
    await settled()
    expect(page.queryByRole('dialog')).toBeNull()
    expect(asked('restore_revision')).toEqual([{ id: 1, revisionId: 2 }])
    await undoLast()
    expect(asked('restore_revision').at(-1)).toEqual({ id: 1, revisionId: 4 })
  })

  it('puts nothing back over words that were written since', async () => {
    await open(ops, rows)
    await press('R', { shiftKey: true })
    await settled()
    piece.dispatch({ changes: { from: 0, insert: 'New. ' } })
    await undoLast()
    expect(asked('restore_revision')).toHaveLength(1)
    expect(toasts.at(-1)?.words).toBe('More has changed since; undo it in the draft.')
  })

  it('keeps what stands now under a name', async () => {
    await open(ops, rows)
    await press('s', { ctrlKey: true, shiftKey: true })
    const field = page.getByLabelText('Name')
    await fireEvent.input(field, { target: { value: 'to the copy desk' } })
    const form = field.closest('form')
    if (form === null) throw new Error('the dialog has no form')
    await fireEvent.submit(form)
    await settled()
    expect(asked('name_revision')).toEqual([{ id: 1, name: 'to the copy desk' }])
  })

  it('keeps what stands now under a usual name with one press', async () => {
    await open(ops, rows)
    await press('s', { ctrlKey: true, shiftKey: true })
    await fireEvent.click(page.getByText('legal is done'))
    await settled()
    expect(asked('name_revision')).toEqual([{ id: 1, name: 'legal is done' }])
    expect(document.querySelector('dialog[open]')).toBeNull()
  })

  it('drafts the correction notice between the two sides, or says that no fact changed', async () => {
    await open([])
    stage.corrections = []
    await press('e')
    expect(toasts.at(-1)?.words).toContain('No fact changed')

    stage.corrections = ['The figure was wrong. It is 14, not 12.', 'It misnamed Ines Eze.']
    await press('e')
    expect(asked('corrections').at(-1)).toEqual({ id: 1, old: side(2), new: side(null) })
    const notice = page.getByRole<HTMLTextAreaElement>('textbox', { name: /From .* to now/ })
    expect(notice.value).toBe(stage.corrections.join('\n\n'))
  })

  it('compares with a file', async () => {
    await open(ops, rows)
    const input = page.getByLabelText('A file to compare with')
    const file = new File(['Été.'], 'filed.md', { type: 'text/markdown' })
    Object.defineProperty(input, 'files', { value: [file], configurable: true })
    await fireEvent.change(input)
    await settled()
    const bytes = btoa(String.fromCharCode(...new TextEncoder().encode('Été.')))
    expect(asked('compare').at(-1)).toEqual({
      id: 1,
      old: { revisionId: null, isNow: false, file: { name: 'filed.md', bytes } },
      new: side(null),
    })
  })

  it('says in one sentence that there is nothing to compare with yet', async () => {
    stage.revisions = []
    await open([])
    expect(page.getByText(/There is no revision to compare with yet/)).toBeTruthy()
  })

  it('says what could not be done when it is refused', async () => {
    setHostForTest((name, args) =>
      name === 'compare' ? Promise.reject(new Error('no desk')) : host(name, args),
    )
    await open(ops, rows)
    expect(page.getByText(/could not be compared/).textContent).toContain('The text is safe.')
  })
})
