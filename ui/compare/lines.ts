import type { OpView } from '../wire'
import { textOf } from './words'

/** What the screen draws under the other, from the top of the piece. */
export type Line =
  | { kind: 'op'; index: number; op: OpView }
  /** A stretch of paragraphs that are the same, folded; `from` is the first one's place in `ops`. */
  | { kind: 'fold'; from: number; nGrafs: number }
  /** What stands next to a change in a folded stretch; `op` has those words alone. */
  | { kind: 'context'; index: number; op: OpView; isBefore: boolean }
  /** Where a moved paragraph stood. */
  | { kind: 'stood'; index: number; op: OpView }

/** The fewest same paragraphs that are folded: one alone is its neighbours' context. */
const FOLD_FROM = 2
/** About two lines of text. */
const CONTEXT_CHARS = 160

/**
 * The lines of a comparison, in the order of the new text, with a line where each moved paragraph stood.
 *
 * `isAll` shows every paragraph; otherwise stretches of same ones are folded to about two lines beside each change, but for
 * those in `open` (by their first op).
 */
export function linesOf(ops: readonly OpView[], isAll: boolean, open: ReadonlySet<number>): Line[] {
  const lines: Line[] = []
  let same: number[] = []
  const closeSame = (isEnd = false): void => {
    const [first] = same
    if (first === undefined) return
    const grafs = same.flatMap((index) => grafsOf(ops, index))
    if (isAll || grafs.length < FOLD_FROM || open.has(first)) {
      for (const index of same) push(lines, ops, index)
    } else {
      const isStart = !lines.some((line) => line.kind !== 'op' || line.op.part === 'body')
      const after = isStart ? null : contextOf(grafs[0], false)
      const before = isEnd ? null : contextOf(grafs.at(-1), true)
      const nWhole = [after, before].filter((line) => line?.isWhole === true).length
      if (after !== null) lines.push(after.line)
      if (grafs.length > nWhole) {
        lines.push({ kind: 'fold', from: first, nGrafs: grafs.length - nWhole })
      }
      if (before !== null) lines.push(before.line)
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
  closeSame(moves.length === 0)
  for (const from of moves) lines.push({ kind: 'stood', index: from.index, op: from.op })
  return lines
}

type SameGraf = { index: number; op: OpView; text: string }

/** The paragraphs of an op that is the same. */
function grafsOf(ops: readonly OpView[], index: number): SameGraf[] {
  const op = ops[index]
  if (op === undefined) return []
  return textOf(op, 'new')
    .split(/\n\s*/)
    .map((text) => ({ index, op, text }))
}

/** What of a paragraph stands next to a change: its end before one, its beginning after one. */
function contextOf(
  graf: SameGraf | undefined,
  isBefore: boolean,
): { line: Line; isWhole: boolean } | null {
  if (graf === undefined || graf.text === '') return null
  const { index, op } = graf
  const isWhole = graf.text.length <= CONTEXT_CHARS
  const end = `… ${graf.text.slice(-CONTEXT_CHARS).replace(/^\S*\s/, '')}`
  const beginning = `${graf.text.slice(0, CONTEXT_CHARS).replace(/\s\S*$/, '')} …`
  const text = isWhole ? graf.text : isBefore ? end : beginning
  const words = [{ kind: 'same', text, old: op.old, new: op.new, change: null, carry: null }]
  return { line: { kind: 'context', index, op: { ...op, words }, isBefore }, isWhole }
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
