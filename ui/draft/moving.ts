import { EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

/** Somewhere else by one: on, or back. */
type By = 1 | -1
type Stretch = { from: number; to: number }

/** Moves the grafs that are selected past the one below, or above; lines that stand close together move one by one. */
export function moveGraf(view: EditorView, by: By): void {
  const change = grafMoved(view.state, by)
  if (change) view.dispatch({ ...change, userEvent: 'move.line', scrollIntoView: true })
}

/** Moves the sentence at the caret past the next one of its graf, or the one before. */
export function moveSentence(view: EditorView, by: By): void {
  const { state } = view
  const { head } = state.selection.main
  const all = sentencesAt(state, head)
  const at = indexAt(all, head)
  const [first, second] = by === 1 ? [all[at], all[at + 1]] : [all[at - 1], all[at]]
  if (!first || !second) return
  view.dispatch({ ...swapped(state, first, second, by), userEvent: 'move.line' })
}

/** Puts the caret at the beginning of the next sentence, or of this one, then of the one before. */
export function toSentence(view: EditorView, by: By): void {
  const { state } = view
  const { head } = state.selection.main
  const begins = sentencesAround(state, head).map(({ from }) => from)
  const to = by === 1 ? begins.find((from) => from > head) : begins.findLast((from) => from < head)
  const anchor = to ?? (by === 1 ? state.doc.length : 0)
  view.dispatch({ selection: { anchor }, userEvent: 'select', scrollIntoView: true })
}

function grafMoved(state: EditorState, by: By): TransactionSpec | null {
  const { doc, selection } = state
  const { from, to } = selection.main
  const [first, last] = [doc.lineAt(from), doc.lineAt(to)]
  const beside = by === 1 ? last.number + 1 : first.number - 1
  if (beside < 1 || beside > doc.lines || first.text.trim() === '') return null
  const isClose = doc.line(beside).text.trim() !== ''
  const own = isClose
    ? { from: first.from, to: last.to }
    : blockOf(state, first.number, last.number)
  const other = isClose ? doc.line(beside) : blockBeside(state, own, by)
  if (!other) return null
  return by === 1 ? swapped(state, own, other, by) : swapped(state, other, own, by)
}

/** The lines that stand close together round these. */
function blockOf({ doc }: EditorState, first: number, last: number): Stretch {
  const isText = (n: number): boolean => n >= 1 && n <= doc.lines && doc.line(n).text.trim() !== ''
  while (isText(first - 1)) first -= 1
  while (isText(last + 1)) last += 1
  return { from: doc.line(first).from, to: doc.line(last).to }
}

function blockBeside(state: EditorState, own: Stretch, by: By): Stretch | null {
  const { doc } = state
  let n = doc.lineAt(by === 1 ? own.to : own.from).number + by
  while (n >= 1 && n <= doc.lines && doc.line(n).text.trim() === '') n += by
  return n < 1 || n > doc.lines ? null : blockOf(state, n, n)
}

/** Two stretches change places, and what stands between them stays there; the selection goes along with the one that moves. */
function swapped(state: EditorState, first: Stretch, second: Stretch, by: By): TransactionSpec {
  const { doc, selection } = state
  const words = ({ from, to }: Stretch): string => doc.sliceString(from, to)
  const between = doc.sliceString(first.to, second.from)
  const insert = words(second) + between + words(first)
  const shift = by === 1 ? second.to - first.to : first.from - second.from
  const { anchor, head } = selection.main
  const moved = (at: number): number => Math.max(first.from, Math.min(second.to, at + shift))
  return {
    changes: { from: first.from, to: second.to, insert },
    selection: EditorSelection.single(moved(anchor), moved(head)),
  }
}

/** The sentences of the graf at a place, without the blanks between them. */
function sentencesAt(state: EditorState, at: number): Stretch[] {
  const line = state.doc.lineAt(at)
  return sentencesOf(line.text).map(({ from, to }) => ({
    from: line.from + from,
    to: line.from + to,
  }))
}

/** Those of the graf at a place, and of the grafs beside it that have words. */
function sentencesAround(state: EditorState, at: number): Stretch[] {
  const { doc } = state
  const { number } = doc.lineAt(at)
  const own = blockOf(state, number, number)
  const first = doc.lineAt((blockBeside(state, own, -1) ?? own).from).number
  const last = doc.lineAt((blockBeside(state, own, 1) ?? own).to).number
  const lines = Array.from({ length: last - first + 1 }, (_, n) => doc.line(first + n))
  return lines.flatMap((line) => sentencesAt(state, line.from))
}

/** The sentence a place is in, or behind. */
function indexAt(all: Stretch[], at: number): number {
  return all.findLastIndex(({ from }) => from <= at)
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
/** What ends in a full stop and ends no sentence: titles, initials, *No. 7*. */
const ABBREVIATED =
  /(?:^|[\s(“‘"'])(?:[A-Z]|Mr|Mrs|Ms|Mx|Dr|St|Gov|Sen|Rep|Gen|Sgt|Capt|Col|Lt|Maj|Prof|Rev|Hon|No|vs|Jr|Sr)\.\s*$/

/** Sentences of a graf, as places in it. */
export function sentencesOf(graf: string): Stretch[] {
  const all: Stretch[] = []
  let isOpen = false
  for (const { segment, index } of segmenter.segment(graf)) {
    const to = index + segment.trimEnd().length
    const last = all.at(-1)
    if (isOpen && last) last.to = to
    else if (to > index) all.push({ from: index, to })
    isOpen = ABBREVIATED.test(segment)
  }
  return all
}
