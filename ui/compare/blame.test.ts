import { expect, it } from 'vitest'
import { linesOfBlame } from './blame'
import { revision } from './sample'

const grafs = [
  { sentences: [sentence('One.', 1), sentence('Two.', 1), sentence('Three.', 2)] },
  { sentences: [sentence('Four.', 2), sentence('Five.', null)] },
]

function sentence(words: string, revisionId: number | null) {
  return { words, revisionId }
}

it('names a revision once where it goes on', () => {
  const lines = linesOfBlame(grafs, [revision(2), revision(1)])
  expect(lines.map((line) => line.isFirst)).toEqual([true, false, true, false, true])
  expect(lines.map((line) => line.isGraf)).toEqual([true, false, false, true, false])
  expect(lines.map((line) => line.revision?.id ?? null)).toEqual([1, 1, 2, 2, null])
})

it('tints the newest most', () => {
  const ages = linesOfBlame(grafs, [revision(2), revision(1)]).map((line) => line.age)
  expect(ages).toEqual([0, 0, 0.5, 0.5, 1])
})

it('has nothing to say of an empty piece', () => {
  expect(linesOfBlame([], [])).toEqual([])
})
