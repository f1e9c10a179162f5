import type { OpView } from '../wire'

/** What the screen draws under the other, from the top of the piece. */
export type Line =
  | { kind: 'op'; index: number; op: OpView }
  /** A stretch of paragraphs that are the same, folded; `from` is the first one's place in `ops`. */
  | { kind: 'fold'; from: number; nGrafs: number }
  /** Where a moved paragraph stood. */
  | { kind: 'stood'; index: number; op: OpView }

/** The fewest same paragraphs that are folded: one alone is its neighbours' context. */
const FOLD_FROM = 2

/**
 * The lines of a comparison, in the order of the new text, with a line where each moved paragraph stood.
 *
 * `isAll` shows every paragraph; otherwise stretches of same ones are folded, but for those in `open` (by their first op).
 */
export function linesOf(ops: readonly OpView[], isAll: boolean, open: ReadonlySet<number>): Line[] {
  const lines: Line[] = []
  let same: number[] = []
  const closeSame = (): void => {
    const [first] = same
    if (first === undefined) return
    if (isAll || same.length < FOLD_FROM || open.has(first)) {
      for (const index of same) push(lines, ops, index)
    } else {
      lines.push({ kind: 'fold', from: first, nGrafs: same.length })
    }
    same = []
  }
  const moves = moved(ops)
  ops.forEach((op, index) => {
    for (const from of takeStood(moves, op)) {
      closeSame()
      lines.push({ kind: 'stood', index: from.index, op: from.op })
    }
    if (op.kind === 'same' && op.part === 'body') {
      same.push(index)
    } else {
      closeSame()
      push(lines, ops, index)
    }
  })
  closeSame()
  for (const from of moves) lines.push({ kind: 'stood', index: from.index, op: from.op })
  return lines
}

type Moved = {
  index: number
  op: OpView
  graf: number
}

/** The moves whose old place has to be drawn, in the order of the old text. */
function moved(ops: readonly OpView[]): Moved[] {
  return ops
    .flatMap((op, index) =>
      isMove(op) && op.oldGraf !== null ? [{ index, op, graf: op.oldGraf }] : [],
    )
    .sort((a, b) => a.graf - b.graf)
}

/** Takes from `moves` those that stood before `op` did. */
function takeStood(moves: Moved[], op: OpView): Moved[] {
  if (isMove(op) || op.oldGraf === null) return []
  const oldGraf = op.oldGraf
  const n = moves.filter((from) => from.graf < oldGraf).length
  return moves.splice(0, n)
}

function push(lines: Line[], ops: readonly OpView[], index: number): void {
  const op = ops[index]
  if (op !== undefined) lines.push({ kind: 'op', index, op })
}

/** Whether a paragraph changed its place. */
export function isMove(op: OpView): boolean {
  return op.kind === 'move' || op.kind === 'move+edit'
}
