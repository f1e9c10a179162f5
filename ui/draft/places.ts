import type { ChangeDesc, EditorState } from '@codemirror/state'
import type { Place16 } from '../wire'

/** What stands at words of the text. */
type Placed = { at: Place16 }

/** Those whose words a text of this length has; an answer about a longer one is late. */
export function inside<T extends Placed>(list: T[], length: number): T[] {
  return list.filter(({ at: [from, to] }) => from >= 0 && from < to && to <= length)
}

/** Where they stand after an edit, without those whose words it changed. */
export function moved<T extends Placed>(list: T[], changes: ChangeDesc): T[] {
  return list.flatMap((each): T[] => {
    const [from, to] = each.at
    if (changes.touchesRange(from, to)) return []
    return [{ ...each, at: [changes.mapPos(from, 1), changes.mapPos(to, -1)] }]
  })
}

/** The one at the caret; none where it stands in none. */
export function atCaret<T extends Placed>(list: T[], state: EditorState): T | undefined {
  const { head } = state.selection.main
  return list.find(({ at: [from, to] }) => from <= head && head <= to)
}

/** The one before the selection; round the end. */
export function before<T extends Placed>(list: T[], state: EditorState): T | undefined {
  const { from } = state.selection.main
  return list.findLast(({ at }) => at[1] <= from && at[0] < from) ?? list.at(-1)
}
