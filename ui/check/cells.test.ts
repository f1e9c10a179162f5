import { expect, it } from 'vitest'
import { cellsOf, foldedWords } from './cells'

const row = (n: number, kind: string): { draft: string; note: string; kind: string }[] =>
  Array.from({ length: n }, (_, i) => ({ draft: `w${String(i)}`, note: `w${String(i)}`, kind }))

it('folds the middle of a long row of one fate, and says how many', () => {
  const cells = cellsOf([...row(14, 'same'), ...row(20, 'dropped')])
  expect(cells).toHaveLength(9 + 9)
  expect(cells.filter((cell) => cell.nFolded > 0).map(foldedWords)).toEqual([
    '… 6 the same …',
    '… 12 more dropped …',
  ])
})

it('leaves short rows whole, however many there are', () => {
  const aligned = [...row(11, 'same'), ...row(1, 'word'), ...row(11, 'same')]
  expect(cellsOf(aligned).map((cell) => cell.draft)).toEqual(aligned.map((each) => each.draft))
  expect(cellsOf([])).toEqual([])
})
