import type { OpView, RedlineRow, RedlineView, RevisionRow, WordView } from '../wire'

/** Words for tests: `-gone`, `+come`, anything else the same; each change numbered from `first`. */
export function words(first: number, ...parts: string[]): WordView[] {
  let change = first
  return parts.map((part): WordView => {
    if (part.startsWith('-'))
      return {
        kind: 'delete',
        text: part.slice(1),
        old: [0, 0],
        new: null,
        change: change++,
        carry: null,
      }
    if (part.startsWith('+'))
      return {
        kind: 'insert',
        text: part.slice(1),
        old: null,
        new: [0, 0],
        change: change++,
        carry: null,
      }
    return { kind: 'same', text: part, old: [0, 0], new: [0, 0], change: null, carry: null }
  })
}

/** A paragraph's fate for tests: the same, in the body, but for what is given. */
export function op(kind: string, given: Partial<OpView> = {}): OpView {
  const isIn = kind === 'insert'
  const isOut = kind === 'delete'
  return {
    kind,
    part: 'body',
    old: isIn ? null : [0, 10],
    new: isOut ? null : [0, 10],
    words: [],
    oldGraf: isIn ? null : 1,
    newGraf: isOut ? null : 1,
    isSubstance: false,
    change: kind === 'same' ? null : 100,
    ...given,
  }
}

/** A comparison for tests, counted from its ops. */
export function redline(ops: OpView[], rows: RedlineRow[]): RedlineView {
  const isChanged = (each: OpView): boolean => each.kind !== 'same'
  return {
    oldTitle: 'sent to legal',
    newTitle: 'now',
    ops,
    rows,
    carries: [],
    wordsIn: 4,
    wordsOut: 3,
    changes: ops.filter(isChanged).length,
    moves: ops.filter((each) => each.kind.startsWith('move')).length,
    substance: rows.filter((row) => row.isSubstance).length,
  }
}

/** A row of the list for tests. */
export function row(at: number, title: string, given: Partial<RedlineRow> = {}): RedlineRow {
  return {
    op: at,
    title,
    words: '',
    class: 'prose',
    isSubstance: false,
    isCosmetic: false,
    isMove: false,
    change: null,
    ...given,
  }
}

/** A revision for tests. */
export function revision(id: number, given: Partial<RevisionRow> = {}): RevisionRow {
  return {
    id,
    savedAt: '2026-11-19T18:02:00Z',
    cause: 'pause',
    name: null,
    words: 600,
    wordsIn: 4,
    wordsOut: 0,
    isSubstance: false,
    ...given,
  }
}
