import { isolateHistory } from '@codemirror/commands'
import { syntaxTree } from '@codemirror/language'
import { type ChangeSpec, type EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** A mark in the words, or the name a footnote begins with: `[^1]`. */
type Mark = {
  name: string
  from: number
  to: number
  /** It stands in the text of a footnote. */
  isInside: boolean
}
/** A footnote: its mark, and its text to the end. */
type Note = { mark: Mark; from: number; to: number }
type Notes = { marks: Mark[]; notes: Note[] }

const BEGINS = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]?/
const MARK = /(?<!\\)\[\^([^\]\s]+)\]/g

/**
 * From a footnote's mark to its text, from its text back, and anywhere else puts a new one in: its mark behind what is
 * selected, its text at the end of the piece, where the caret waits for it. All that have numbers are numbered in the
 * order of their marks; those with names keep them.
 */
export function footnote(view: EditorView): void {
  const { state } = view
  const { head } = state.selection.main
  const read = notesOf(state)
  const within = read.notes.find(({ from, to }) => from <= head && head <= to)
  if (within) {
    const mark = read.marks.find(({ name, isInside }) => !isInside && name === within.mark.name)
    if (mark) goTo(view, mark.to)
    return
  }
  const mark = read.marks.find(({ from, to }) => from <= head && head <= to)
  const note = read.notes.find((each) => each.mark.name === mark?.name)
  if (note) goTo(view, note.to)
  else put(view, read, mark)
}

/** A new one, or the text of a mark that has none. */
function put(view: EditorView, { marks, notes }: Notes, mark?: Mark): void {
  const { state } = view
  const at = mark?.to ?? endOfSelection(state)
  const order = ordered(marks, notes)
  const before = ordered(
    marks.filter(({ to }) => to <= at),
    [],
  )
  const named = new Map<string, string>()
  const fresh = mark?.name ?? ''
  if (!mark) order.splice(before.length, 0, fresh)
  order.forEach((name, n) => named.set(name, String(n + 1)))
  const name = named.get(fresh) ?? fresh

  const all = [...marks, ...notes.map((note) => note.mark)]
  const changes: ChangeSpec[] = all.flatMap((each) => {
    const now = named.get(each.name)
    const isOther = now !== undefined && now !== each.name
    return isOther ? [{ from: each.from + 2, to: each.to - 1, insert: now }] : []
  })
  if (!mark) changes.push({ from: at, insert: `[^${name}]` })

  const place = placeOf(state, notes, order, fresh)
  changes.push({ from: place.at, insert: `${place.before}[^${name}]: ${place.behind}` })
  const set = state.changes(changes)
  const caret = set.mapPos(place.at, 1) - place.behind.length
  view.dispatch({
    changes: set,
    selection: { anchor: caret },
    effects: EditorView.scrollIntoView(caret, { y: 'center' }),
    userEvent: 'input.footnote',
    annotations: isolateHistory.of('full'),
  })
}

/** Behind the text of the one before it, else above the first of those behind it, else at the end of the piece. */
function placeOf(
  { doc }: EditorState,
  notes: Note[],
  order: string[],
  name: string,
): { at: number; before: string; behind: string } {
  const at = order.indexOf(name)
  const noteOf = (each: string) => notes.find(({ mark }) => mark.name === each)
  const before = at < 0 ? undefined : order.slice(0, at).map(noteOf).findLast(Boolean)
  if (before) return { at: before.to, before: '\n', behind: '' }
  const behind =
    at < 0
      ? undefined
      : order
          .slice(at + 1)
          .map(noteOf)
          .find(Boolean)
  if (behind) return { at: behind.from, before: '', behind: '\n' }
  const end = doc.sliceString(Math.max(0, doc.length - 2))
  const blank = doc.length === 0 || end === '\n\n' ? '' : end.endsWith('\n') ? '\n' : '\n\n'
  return { at: doc.length, before: blank, behind: '' }
}

/** The numbers that are names of footnotes, in the order of their first marks; those nothing refers to come last. */
function ordered(marks: Mark[], notes: Note[]): string[] {
  const outside = marks.filter(({ isInside }) => !isInside)
  const names = [...outside, ...notes.map(({ mark }) => mark)].map(({ name }) => name)
  return [...new Set(names)].filter((name) => /^\d+$/.test(name))
}

/** All marks and footnotes, as the core reads them. */
function notesOf(state: EditorState): Notes {
  const { doc } = state
  const [marks, notes]: [Mark[], Note[]] = [[], []]
  let open: Note | null = null
  let isBlankBefore = false
  for (let n = 1; n <= doc.lines; n++) {
    const line = doc.line(n)
    const begin = BEGINS.exec(line.text)
    if (line.text.trim() === '') {
      isBlankBefore = true
      continue
    }
    const isMore: boolean = !isBlankBefore || /^(?: {4}|\t)/.test(line.text)
    isBlankBefore = false
    if (begin && !isLiteral(state, line.from)) {
      const from = line.from + line.text.indexOf('[')
      const name = begin[1] ?? ''
      open = {
        mark: { name, from, to: from + name.length + 3, isInside: false },
        from: line.from,
        to: line.to,
      }
      notes.push(open)
    } else if (open && isMore) open.to = line.to
    else open = null
    for (const found of line.text.slice(begin?.[0].length ?? 0).matchAll(MARK)) {
      const from = line.from + (begin?.[0].length ?? 0) + found.index
      const to = from + found[0].length
      if (!isLiteral(state, from))
        marks.push({ name: found[1] ?? '', from, to, isInside: open !== null })
    }
  }
  return { marks, notes }
}

/** In code or in a comment it is no footnote. */
function isLiteral(state: EditorState, at: number): boolean {
  for (let node = syntaxTree(state).resolveInner(at, 1); node.parent; node = node.parent)
    if (/^(InlineCode|FencedCode|Comment|CommentBlock)$/.test(node.name)) return true
  return false
}

/** Behind the last letter that is selected, so that no blank comes before the mark. */
function endOfSelection({ selection: { main }, doc }: EditorState): number {
  return main.from + doc.sliceString(main.from, main.to).trimEnd().length
}

function goTo(view: EditorView, at: number): void {
  view.dispatch({
    selection: { anchor: at },
    effects: EditorView.scrollIntoView(at, { y: 'center' }),
    userEvent: 'select',
  })
}
