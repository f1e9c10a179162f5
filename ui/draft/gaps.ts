import { type Extension, RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

const between = Decoration.line({ class: 'between' })

/**
 * Sets the blank line after a graf low, as the space between grafs.
 *
 * The last line never is: there the next graf is about to be written, and it must not jump with its first letter.
 */
export const gaps: Extension = ViewPlugin.define(
  (view) => ({
    drawn: draw(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.drawn = draw(update.view)
    },
  }),
  { decorations: (value: { drawn: DecorationSet }) => value.drawn },
)

function draw({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); line.from <= to;) {
      const isBlank = line.length === 0 && line.number > 1 && line.number < state.doc.lines
      if (isBlank && state.doc.line(line.number - 1).length > 0)
        builder.add(line.from, line.from, between)
      if (line.number === state.doc.lines) break
      line = state.doc.line(line.number + 1)
    }
  }
  return builder.finish()
}
