import { statuses } from '../frame/statuses'
import { plural } from '../frame/words'
import { language, say, tell } from '../language/language.svelte'
import type { DraftRow, QuoteCounts } from '../wire'
import { isDueToday, isRunning } from './due'

/** The columns of the desk, from left to right. */
export const columns = ['slug', 'hed', 'status', 'due', 'words', 'quotes', 'changed'] as const
export type Column = (typeof columns)[number]

/** How the desk is ordered. */
export type Order = { column: Column; isDown: boolean }

/** What may be asked of a piece beside its words and status: the view that asks for it alone, and what it means. */
export const conditions = [
  {
    name: 'due',
    view: 'Due today',
    told: 'due before midnight, or late',
    holds: (row: DraftRow, now: () => Date) => isDueToday(row, now()),
  },
  {
    name: 'wrong',
    view: 'Wrong quotes',
    told: 'a quote is wrong or has an alarm',
    holds: ({ counts }: DraftRow) => (counts?.wrong ?? 0) > 0,
  },
  {
    name: 'stale',
    view: 'Stale checks',
    told: 'a cq or verdict is stale',
    holds: ({ counts }: DraftRow) => (counts?.stale ?? 0) > 0,
  },
  {
    name: 'embargo',
    view: 'Embargoed',
    told: 'not to be published yet',
    holds: ({ embargo }: DraftRow, now: () => Date) =>
      embargo !== null && new Date(embargo) > now(),
  },
  {
    name: 'long',
    view: 'Over length',
    told: 'longer than was ordered',
    holds: ({ words, targetWords }: DraftRow) => targetWords !== null && words > targetWords,
  },
] as const
export type Condition = (typeof conditions)[number]['name']

/**
 * What is asked of the rows: `status` and `only` empty are any; every word of `text` stands somewhere in slug or hed or
 * the first words.
 */
export type Filter = { text: string; status: string; only: Condition | '' }

export const noFilter: Readonly<Filter> = { text: '', status: '', only: '' }

/** A column of the board: the pieces of one status. */
export type BoardColumn = { status: string; rows: DraftRow[] }

/** How many tiles of a column are drawn. */
const N_TILES = 40

/** The rows by status, all statuses: what is due first, then the others in the order of the rows. */
export function columnsOf(rows: DraftRow[]): BoardColumn[] {
  const all = [...rows.filter(isDue).sort(compare.due), ...rows.filter((row) => !isDue(row))]
  return statuses.map((status) => ({ status, rows: all.filter((row) => row.status === status) }))
}

/** Those of a column that are drawn: the first ones, and one that must be seen. */
export function tilesOf(rows: DraftRow[], id?: number): DraftRow[] {
  return rows.filter((row, at) => at < N_TILES || row.id === id)
}

/** The status a piece has next, or had before; none past the ends. */
export function statusBeside(status: string, by: 1 | -1): string | undefined {
  return statuses[stage(status) + by]
}

/** Whether a row has all that is asked; `now` is called only where that depends on the time. */
export function passes(row: DraftRow, { text, status, only }: Filter, now: () => Date): boolean {
  if (status !== '' && row.status !== status) return false
  if (conditions.find(({ name }) => name === only)?.holds(row, now) === false) return false
  if (text.trim() === '') return true
  const words = `${row.slug} ${row.hed} ${row.firstWords}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word))
}

/** The rows that pass, in order; rows that are equal stay as the core gave them, last changed first. */
export function arrange(
  rows: DraftRow[],
  filter: Filter,
  order: Order,
  now: () => Date,
): DraftRow[] {
  const sign = order.isDown ? -1 : 1
  const passed = rows.filter((row) => passes(row, filter, now))
  const sorted = passed.sort((a, b) => sign * compare[order.column](a, b))
  // What has no clock stands last either way.
  return order.column === 'due' ? dueFirst(sorted) : sorted
}

/** The order after a click on a column: its natural way first, the other way next. */
export function nextOrder(order: Order, column: Column): Order {
  const isDownFirst = column === 'quotes' || column === 'changed' || column === 'words'
  return { column, isDown: order.column === column ? !order.isDown : isDownFirst }
}

/** The column to the right of one; the first behind the last. */
export function columnAfter(column: Column): Column {
  return columns[(columns.indexOf(column) + 1) % columns.length] ?? column
}

/** What the quotes of a piece come to, worst first, each in its colour. */
export function quoteWords(counts: QuoteCounts | null): { words: string; tone: string }[] {
  if (counts === null) return [{ words: say('counting …'), tone: 'quiet' }]
  const parts = [
    { n: counts.wrong, words: wrongWords(counts), tone: 'wrong' },
    { n: counts.open, words: `${counts.open} ${tell('open')}`, tone: 'open' },
    { n: counts.stale, words: `${counts.stale} ${tell('stale')}`, tone: 'stale' },
  ].filter(({ n }) => n > 0)
  if (parts.length > 0) return parts.map(({ words, tone }) => ({ words, tone }))
  if (counts.quotes === 0) return [{ words: say('no quotes'), tone: 'quiet' }]
  return [{ words: say('all right'), tone: 'ok' }]
}

/** *4 wrong (2 alarms)*; *2 alarms* where all that is wrong raises one. */
function wrongWords({ wrong, alarms }: QuoteCounts): string {
  const told = plural(alarms, 'alarm')
  if (alarms === wrong) return told
  const words = `${wrong} ${tell('wrong')}`
  return alarms === 0 ? words : `${words} (${told})`
}

const compare: Record<Column, (a: DraftRow, b: DraftRow) => number> = {
  slug: (a, b) => a.slug.localeCompare(b.slug, language.locale),
  hed: (a, b) => a.hed.localeCompare(b.hed, language.locale),
  status: (a, b) => stage(a.status) - stage(b.status),
  due: (a, b) => dueAt(a) - dueAt(b),
  words: (a, b) => a.words - b.words,
  quotes: (a, b) => weight(a.counts) - weight(b.counts),
  changed: (a, b) => Date.parse(a.changedAt) - Date.parse(b.changedAt),
}

function dueFirst(rows: DraftRow[]): DraftRow[] {
  return [...rows.filter(isDue), ...rows.filter((row) => !isDue(row))]
}

const isDue = (row: DraftRow) => row.deadline !== null && isRunning(row)

function dueAt(row: DraftRow): number {
  return isDue(row) ? Date.parse(row.deadline ?? '') : 0
}

function stage(status: string): number {
  return (statuses as readonly string[]).indexOf(status)
}

/** One alarm weighs more than any number of wrong quotes, one of these more than any number of open ones; what is not counted yet weighs least. */
function weight(counts: QuoteCounts | null): number {
  if (counts === null) return -1
  const { alarms, wrong, open, stale } = counts
  return alarms * 1e9 + wrong * 1e6 + open * 1e3 + stale
}
