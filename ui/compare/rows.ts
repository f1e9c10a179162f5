import type { OpView, RedlineRow, RedlineView } from '../wire'
import { isMove } from './lines'

/** The list beside the text: what is to be walked through, and what is only counted. */
export type Rows = {
  /** Substance first, then in the order the core gave. */
  shown: RedlineRow[]
  cosmetic: RedlineRow[]
}

/** Sorts the core's rows for the list. */
export function rowsOf(view: RedlineView): Rows {
  const shown = view.rows.filter((row) => !row.isCosmetic)
  return {
    shown: [...shown.filter((row) => row.isSubstance), ...shown.filter((row) => !row.isSubstance)],
    cosmetic: view.rows.filter((row) => row.isCosmetic),
  }
}

/** The sign of a row: it says in shape what the colour says. */
export function signOf(row: RedlineRow, op: OpView | undefined): { sign: string; tone: string } {
  if (row.isSubstance) return { sign: '●', tone: 'wrong' }
  if (op === undefined) return { sign: '', tone: '' }
  if (isMove(op)) return { sign: '↕', tone: 'moved' }
  if (op.kind === 'split' || op.kind === 'merge') return { sign: '¶', tone: 'moved' }
  if (op.kind === 'insert') return { sign: '+', tone: 'ok' }
  if (op.kind === 'delete') return { sign: '−', tone: 'wrong' }
  return { sign: '', tone: '' }
}
