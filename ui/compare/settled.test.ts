import { expect, it } from 'vitest'
import type { SuggestionView } from '../wire'
import { op, words } from './sample'
import { settledOps } from './settled'

const as = (...fates: string[]): SuggestionView[] =>
  fates.map((fate) => ({ authors: [], fate, settled: null, conflicts: [] }))
const drawn = (fates: SuggestionView[], ...parts: string[]): string =>
  settledOps([op('edit', { words: words(0, ...parts), change: null })], fates)
    .flatMap((each) => [`${each.kind}:`, ...each.words.map(({ kind, text }) => `${kind} ${text}`)])
    .join('|')

it('draws what is open as it is, what was accepted as it came, what was rejected as it was', () => {
  const parts = ['We ', '-may', '+will', ' sell.'] as const
  expect(drawn(as('open', 'open'), ...parts)).toBe(
    'edit:|same We |delete may|insert will|same  sell.',
  )
  expect(drawn(as('accepted', 'there already'), ...parts)).toBe(
    'same:|same We |same will|same  sell.',
  )
  expect(drawn(as('rejected', 'rejected'), ...parts)).toBe('same:|same We |same may|same  sell.')
  expect(drawn(as('rejected', 'open'), ...parts)).toBe(
    'edit:|same We |same may|insert will|same  sell.',
  )
})
