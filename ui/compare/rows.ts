import { plural } from '../frame/words'
import type { OpView, RedlineRow, RedlineView } from '../wire'

/** What comes first: what weighs most, or what stands first in the text. */
export type Order = 'substance' | 'text'

/** The list beside the text: what is to be walked through, and what is only counted. */
export type Rows = {
  shown: RedlineRow[]
  cosmetic: RedlineRow[]
}

/** Sorts the core's rows for the list; in the order of substance they stay as the core gave them. */
export function rowsOf(view: RedlineView | null, order: Order): Rows {
  const rows = [...(view?.rows ?? [])]
  if (view !== null && order === 'text') {
    const places = placesOf(view.ops)
    const place = (row: RedlineRow): number => places.get(row.change) ?? 0
    rows.sort((a, b) => a.op - b.op || place(a) - place(b))
  } else {
    rows.sort((a, b) => Number(b.isSubstance) - Number(a.isSubstance))
  }
  return {
    shown: rows.filter((row) => !row.isCosmetic),
    cosmetic: rows.filter((row) => row.isCosmetic),
  }
}

/** The changes of rows, each once. */
export function changesOf(rows: readonly RedlineRow[]): number[] {
  return [...new Set(rows.flatMap((row) => (row.change === null ? [] : [row.change])))]
}

/** Where each change begins inside its op. */
function placesOf(ops: readonly OpView[]): Map<number | null, number> {
  const places = new Map<number | null, number>()
  for (const op of ops) {
    op.words.forEach(({ kind, change, carry }, at) => {
      // A sentence that moved is listed where it stands now.
      const isGone = carry !== null && kind === 'delete'
      if (!isGone && !places.has(change)) places.set(change, at)
    })
  }
  return places
}

const others = (n: number) => plural(n, 'other')
const counted: Record<string, (n: number) => string> = {
  quote: (n) => plural(n, 'quote'),
  speaker: (n) => plural(n, 'speaker'),
  number: (n) => plural(n, 'number'),
  name: (n) => plural(n, 'name'),
  date: (n) => plural(n, 'date'),
  negation: (n) => plural(n, 'negation'),
  hedge: (n) => plural(n, 'hedge'),
  link: (n) => plural(n, 'link'),
}

/** *2 quotes, 1 number*: the changes of substance by class, in the order in which the rows have them. */
export function substanceOf(rows: readonly RedlineRow[]): string {
  const counts = new Map<string, number>()
  for (const row of rows.filter((each) => each.isSubstance)) {
    counts.set(row.class, (counts.get(row.class) ?? 0) + 1)
  }
  return [...counts].map(([name, n]) => (counted[name] ?? others)(n)).join(', ')
}

/** *1 move, 14 others*: the changes that are not of substance. */
export function restOf(rows: readonly RedlineRow[]): string {
  const rest = rows.filter((row) => !row.isSubstance)
  const nMoves = rest.filter((row) => row.isMove).length
  const nOthers = rest.length - nMoves
  const parts = [
    nMoves > 0 ? plural(nMoves, 'move') : '',
    nOthers > 0 ? plural(nOthers, 'other') : '',
  ]
  return parts.filter((words) => words !== '').join(', ')
}

/** The sign of a row: it says in shape what the colour says. */
export function signOf(row: RedlineRow, op: OpView | undefined): { sign: string; tone: string } {
  if (row.isSubstance) return { sign: '●', tone: 'wrong' }
  if (row.isMove) return { sign: '↕', tone: 'moved' }
  if (op === undefined) return { sign: '', tone: '' }
  if (op.kind === 'split' || op.kind === 'merge') return { sign: '¶', tone: 'moved' }
  if (op.kind === 'insert') return { sign: '+', tone: 'ok' }
  if (op.kind === 'delete') return { sign: '−', tone: 'wrong' }
  return { sign: '', tone: '' }
}
