import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
} from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { Place16, RedlineRow, SuggestedMark, SuggestedView } from '../wire'

/** What is suggested in the text as it stands now; null where nobody suggests. */
export const showSuggested = StateEffect.define<SuggestedView | null>()

/** A suggestion, and where it stands: its first place in the body, null where it is above the body. */
export type Suggestion = { row: RedlineRow; at: Place16 | null }

type Suggested = {
  view: SuggestedView | null
  /** Substance first. */
  list: Suggestion[]
  decorations: DecorationSet
}

const none: Suggested = { view: null, list: [], decorations: Decoration.none }

const field = StateField.define<Suggested>({
  create: () => none,
  update(value, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(showSuggested)) return shownIn(effect.value, transaction.newDoc.length)
    const { view } = value
    if (view === null || !transaction.docChanged) return value
    // Drawn anew: a mark that grew by itself would take in the struck words beside it.
    return shownIn({ ...view, marks: moved(view, transaction.changes) }, transaction.newDoc.length)
  },
  provide: (self) => EditorView.decorations.from(self, (value) => value.decorations),
})

/** Suggest mode in the text: what came is marked, what went stands struck where it stood. */
export const suggested: Extension = [field]

/** Who suggests in the piece, and what; null where nobody does. */
export function suggestedOf(state: EditorState): SuggestedView | null {
  return state.field(field, false)?.view ?? null
}

/** What is suggested, substance first. */
export function suggestionsOf(state: EditorState): Suggestion[] {
  return state.field(field, false)?.list ?? none.list
}

/** The suggestion at the caret; none where it stands in none. */
export function suggestionAtCaret(state: EditorState): Suggestion | undefined {
  const { head } = state.selection.main
  const mark = suggestedOf(state)?.marks.find(({ at: [from, to] }) => from <= head && head <= to)
  return suggestionsOf(state).find(({ row }) => row.change !== null && row.change === mark?.change)
}

/** The next suggestion in the text from the caret on, or the one before it; round the ends. */
export function suggestionFrom(state: EditorState, by: 1 | -1): Place16 | undefined {
  const { head } = state.selection.main
  const current = suggestionAtCaret(state)?.row.change
  const places = suggestionsOf(state)
    .flatMap(({ row, at }) => (at && row.change !== current ? [at] : []))
    .sort((a, b) => a[0] - b[0])
  if (by === 1) return places.find(([from]) => from >= head) ?? places[0]
  return places.findLast(([from]) => from <= head) ?? places.at(-1)
}

function shownIn(view: SuggestedView | null, length: number): Suggested {
  if (view === null) return none
  const marks = view.marks.filter(({ at: [from, to] }) => from >= 0 && from <= to && to <= length)
  return { view, list: listOf(view.rows, marks), decorations: draw(marks) }
}

/** What is typed beside new words is new too, until the core has said so. */
function moved({ marks }: SuggestedView, changes: ChangeDesc): SuggestedMark[] {
  return marks.map((mark) => {
    const [from, to] = mark.at
    const isGone = mark.gone !== ''
    const start = changes.mapPos(from, isGone ? 1 : -1)
    return { ...mark, at: [start, isGone ? start : Math.max(start, changes.mapPos(to, 1))] }
  })
}

function listOf(rows: RedlineRow[], marks: SuggestedMark[]): Suggestion[] {
  const places = new Map<number | null, Place16>()
  for (const { change, at } of marks) if (!places.has(change)) places.set(change, at)
  return rows.map((row) => ({ row, at: places.get(row.change) ?? null }))
}

function draw(marks: SuggestedMark[]): DecorationSet {
  const drawn = marks.flatMap(({ at: [from, to], gone, isMove }) => {
    if (gone !== '') return [Decoration.widget({ widget: new Gone(gone), side: -1 }).range(from)]
    const kind = isMove ? 'suggested is-moved' : 'suggested'
    return from < to ? [Decoration.mark({ class: kind }).range(from, to)] : []
  })
  return Decoration.set(drawn, true)
}

/** Words that went, where they stood. */
class Gone extends WidgetType {
  readonly words: string

  constructor(words: string) {
    super()
    this.words = words
  }

  override eq(other: Gone): boolean {
    return other.words === this.words
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('del')
    box.className = 'suggested-gone'
    // A graf end that went shows as one.
    box.textContent = this.words.replaceAll(/\n+/g, ' ¶ ')
    return box
  }

  override ignoreEvent(): boolean {
    return false
  }
}
