import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
} from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { say } from '../language/language.svelte'
import type { CommentView, Place16, ThreadView } from '../wire'

/** The comments on the text as it stands now. */
export const showThreads = StateEffect.define<ThreadView[]>()

/** Words a comment is being written about; null when none is. */
export const showBegun = StateEffect.define<Place16 | null>()

type Threads = {
  /** In the order of the text, those whose words are gone last. */
  threads: ThreadView[]
  begun: Place16 | null
  decorations: DecorationSet
}

const none: Threads = { threads: [], begun: null, decorations: Decoration.none }

const field = StateField.define<Threads>({
  create: () => none,
  update(value, transaction) {
    let { threads, begun } = value
    let decorations = value.decorations.map(transaction.changes)
    let isTold = false
    if (transaction.docChanged) {
      threads = threads.map((thread) => ({ ...thread, at: moved(thread.at, transaction.changes) }))
      begun = moved(begun, transaction.changes)
    }
    const { length } = transaction.newDoc
    for (const effect of transaction.effects) {
      if (effect.is(showThreads)) threads = effect.value
      if (effect.is(showBegun)) begun = effect.value
      if (effect.is(showThreads) || effect.is(showBegun)) isTold = true
    }
    if (isTold) decorations = draw(threads, begun, length)
    else if (!transaction.docChanged) return value
    return { threads, begun, decorations }
  },
  provide: (self) => EditorView.decorations.from(self, (value) => value.decorations),
})

/** Where somebody said something about the words: moved along with every edit, gone where the words are. */
export const threads: Extension = [field]

/** The threads of a state, resolved ones too. */
export function threadsOf(state: EditorState): ThreadView[] {
  return state.field(field, false)?.threads ?? none.threads
}

/** Nobody has resolved it. */
export function isOpen({ resolvedAt }: ThreadView): boolean {
  return resolvedAt === null
}

/** Who said it. */
export function nameOf({ by }: CommentView): string {
  return by || say('Somebody')
}

/** Where the words stand now that a comment is being written about; null when they are gone. */
export function begunOf(state: EditorState): Place16 | null {
  return state.field(field, false)?.begun ?? null
}

/** The innermost thread at the caret that is open. */
export function threadAtCaret(state: EditorState): ThreadView | undefined {
  const { head } = state.selection.main
  const hits = placed(threadsOf(state)).filter(({ at: [from, to] }) => from <= head && head <= to)
  return hits.sort((a, b) => a.at[1] - a.at[0] - (b.at[1] - b.at[0]))[0]
}

/** The next thread that is open from the caret on, or the one before it; round the ends. */
export function threadFrom(
  state: EditorState,
  by: 1 | -1,
): (ThreadView & { at: Place16 }) | undefined {
  const { from, to } = state.selection.main
  const all = placed(threadsOf(state))
  if (by === 1)
    return all.find(({ at }) => at[0] > from || (at[0] === from && at[1] > to)) ?? all[0]
  return all.findLast(({ at }) => at[0] < from || (at[0] === from && at[1] < to)) ?? all.at(-1)
}

/** Those that are open, and whose words stand in the text. */
function placed(list: ThreadView[]): (ThreadView & { at: Place16 })[] {
  return list.flatMap((thread) =>
    thread.at && isOpen(thread) ? [{ ...thread, at: thread.at }] : [],
  )
}

function moved(at: Place16 | null, changes: ChangeDesc): Place16 | null {
  if (!at) return null
  const start = changes.mapPos(at[0], 1)
  const end = changes.mapPos(at[1], -1)
  return start < end ? [start, end] : null
}

function draw(list: ThreadView[], begun: Place16 | null, length: number): DecorationSet {
  const marks = placed(list).map(({ at, said: [first] }) =>
    spanOf(at, 'commented', first ? `${nameOf(first)}: ${first.text}` : ''),
  )
  if (begun) marks.push(spanOf(begun, 'commented is-begun', ''))
  return Decoration.set(
    marks.filter(({ from, to }) => from >= 0 && from < to && to <= length),
    true,
  )
}

function spanOf([from, to]: Place16, classes: string, title: string) {
  const attributes = title === '' ? undefined : { title }
  return Decoration.mark({ class: classes, attributes }).range(from, to)
}
