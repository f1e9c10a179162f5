import type { OpView, SuggestionView, WordView } from '../wire'

/** The ops as they are drawn while suggestions are settled: what was accepted stands as it came, what was rejected as it was. */
export function settledOps(ops: readonly OpView[], each: readonly SuggestionView[]): OpView[] {
  const fate = (change: number | null): string =>
    change === null ? 'open' : (each[change]?.fate ?? 'open')
  const isIn = (change: number | null): boolean =>
    ['accepted', 'there already'].includes(fate(change))
  const isOut = (change: number | null): boolean => fate(change) === 'rejected'
  const settle = (word: WordView): WordView[] => {
    const isStays = word.kind === 'insert' ? isIn(word.change) : isOut(word.change)
    const isGoes = word.kind === 'insert' ? isOut(word.change) : isIn(word.change)
    // A sentence that moved keeps its marks: it is told where it stood and where it stands.
    if (word.kind === 'same' || word.carry !== null) return [word]
    if (isGoes) return []
    return [isStays ? { ...word, kind: 'same' } : word]
  }
  return ops.map((op) => {
    const words = op.words.flatMap(settle)
    const isPlain = words.every((word) => word.kind === 'same')
    const isMoved = op.kind.startsWith('move') && !isIn(op.change)
    return isPlain && !isMoved && words.length + op.words.length > 0
      ? { ...op, words, kind: 'same', isSubstance: false }
      : { ...op, words }
  })
}
