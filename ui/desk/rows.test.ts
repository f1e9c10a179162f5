import { expect, test, vi } from 'vitest'
import type { DraftRow } from '../wire'
import {
  arrange,
  columnAfter,
  columnsOf,
  type Condition,
  type Filter,
  nextOrder,
  noFilter,
  passes,
  quoteWords,
} from './rows'

const none = { quotes: 0, wrong: 0, alarms: 0, open: 0, stale: 0, right: 0, cq: 0 }

function row(slug: string, more: Partial<DraftRow>): DraftRow {
  return {
    id: 1,
    slug,
    hed: '',
    status: 'draft',
    place: 'desk',
    words: 0,
    targetWords: null,
    counts: none,
    embargo: null,
    deadline: null,
    last: null,
    byline: '',
    changedAt: '2026-11-23T10:00:00Z',
    firstWords: '',
    ...more,
  }
}

const rows = [
  row('tram', { words: 90, status: 'ready', counts: { ...none, quotes: 9, open: 9 } }),
  row('bakery', { words: 700, status: 'draft', counts: { ...none, quotes: 1, wrong: 1 } }),
  row('court', { words: 120, status: 'legal', hed: 'The judge waits', firstWords: 'In Elm Road' }),
]
/** A Monday. */
const now = () => new Date('2026-11-23T12:00:00Z')
const all = noFilter
const slugs = (list: DraftRow[]) => list.map(({ slug }) => slug)

test('words are sorted as numbers, not as text', () => {
  const sorted = arrange(rows, all, { column: 'words', isDown: false }, now)
  expect(slugs(sorted)).toEqual(['tram', 'court', 'bakery'])
})

test('status follows the way of a piece, not the alphabet', () => {
  const sorted = arrange(rows, all, { column: 'status', isDown: false }, now)
  expect(slugs(sorted)).toEqual(['bakery', 'court', 'tram'])
})

test('what is due first comes first, and what has no clock last either way', () => {
  const due = (slug: string, day: number, status = 'edit') =>
    row(slug, { status, deadline: `2026-11-${day}T10:00:00Z` })
  const list = [row('none', {}), due('late', 20), due('out', 19, 'published'), due('soon', 24)]
  const sorted = (isDown: boolean) => slugs(arrange(list, all, { column: 'due', isDown }, now))
  expect(sorted(false)).toEqual(['late', 'soon', 'none', 'out'])
  expect(sorted(true)).toEqual(['soon', 'late', 'none', 'out'])
})

test('a column of the board has what is due first, then the rest as the table has it', () => {
  const due = (slug: string, day: number) => row(slug, { deadline: `2026-11-${day}T10:00:00Z` })
  const list = [row('b', {}), due('soon', 24), row('a', {}), due('late', 20)]
  expect(slugs(columnsOf(list)[0]?.rows ?? [])).toEqual(['late', 'soon', 'b', 'a'])
})

test('one wrong quote weighs more than nine open ones', () => {
  const sorted = arrange(rows, all, { column: 'quotes', isDown: true }, now)
  expect(slugs(sorted)).toEqual(['bakery', 'tram', 'court'])
})

test('the filter wants every word, wherever it stands, and the status', () => {
  const order = { column: 'slug', isDown: false } as const
  expect(slugs(arrange(rows, { ...all, text: 'ELM judge' }, order, now))).toEqual(['court'])
  expect(slugs(arrange(rows, { ...all, text: 'elm', status: 'ready' }, order, now))).toEqual([])
})

test.each<[Condition, Partial<DraftRow>, Partial<DraftRow>]>([
  ['due', { deadline: '2026-11-20T10:00:00Z' }, { deadline: '2026-11-25T10:00:00Z' }],
  ['due', { deadline: '2026-11-20T10:00:00Z' }, { deadline: null }],
  ['wrong', { counts: { ...none, wrong: 1 } }, { counts: { ...none, open: 9 } }],
  ['stale', { counts: { ...none, stale: 1 } }, { counts: null }],
  ['embargo', { embargo: '2026-11-24T00:00:00Z' }, { embargo: '2026-11-23T11:00:00Z' }],
  ['long', { words: 701, targetWords: 700 }, { words: 9000, targetWords: null }],
])('asked for what is %s, %o passes and %o does not', (only, has, lacks) => {
  const is = (more: Partial<DraftRow>) => passes(row('tram', more), { ...all, only }, now)
  expect([is(has), is(lacks)]).toEqual([true, false])
})

test('the time is asked for only where the filter depends on it', () => {
  const list = [row('tram', { deadline: '2026-11-20T10:00:00Z', embargo: '2026-11-24T00:00:00Z' })]
  const isAsked = (only: Filter['only']) => {
    const spied = vi.fn(now)
    arrange(list, { ...all, only }, { column: 'due', isDown: false }, spied)
    return spied.mock.calls.length > 0
  }
  const conditions = ['', 'due', 'wrong', 'stale', 'embargo', 'long'] as const
  expect(conditions.filter(isAsked)).toEqual(['due', 'embargo'])
})

test('sorting leaves the list it was given alone', () => {
  arrange(rows, all, { column: 'slug', isDown: false }, now)
  expect(slugs(rows)).toEqual(['tram', 'bakery', 'court'])
})

test('a second click on a column turns it round', () => {
  const once = nextOrder({ column: 'slug', isDown: false }, 'changed')
  expect(once).toEqual({ column: 'changed', isDown: true })
  expect(nextOrder(once, 'changed')).toEqual({ column: 'changed', isDown: false })
})

test('quotes say the worst first, and that all is right only when there are quotes', () => {
  expect(quoteWords({ ...none, quotes: 4, wrong: 2, open: 1, right: 1 })).toEqual([
    { words: '2 wrong', tone: 'wrong' },
    { words: '1 open', tone: 'open' },
  ])
  expect(quoteWords({ ...none, quotes: 4, wrong: 3, alarms: 1 })).toEqual([
    { words: '3 wrong (1 alarm)', tone: 'wrong' },
  ])
  expect(quoteWords({ ...none, quotes: 4, wrong: 2, alarms: 2 })).toEqual([
    { words: '2 alarms', tone: 'wrong' },
  ])
  expect(quoteWords({ ...none, quotes: 2, right: 2 })).toEqual([{ words: 'all right', tone: 'ok' }])
  expect(quoteWords(none)).toEqual([{ words: 'no quotes', tone: 'quiet' }])
})

test('the column after the last is the first', () => {
  expect(columnAfter('slug')).toBe('hed')
  expect(columnAfter('changed')).toBe('slug')
})
