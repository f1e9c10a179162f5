import { type Extension, type Line, RangeSetBuilder, type Text } from '@codemirror/state'
import {
  type Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

/** Sets the lines in sight that fit as the decoration says; others cost nothing but the question. */
export function decoratedLines(
  decoration: Decoration,
  fits: (line: Line, doc: Text) => boolean,
): Extension {
  const draw = ({ state, visibleRanges }: EditorView): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>()
    for (const { from, to } of visibleRanges) {
      for (let line = state.doc.lineAt(from); line.from <= to;) {
        if (fits(line, state.doc)) builder.add(line.from, line.from, decoration)
        if (line.number === state.doc.lines) break
        line = state.doc.line(line.number + 1)
      }
    }
    return builder.finish()
  }
  return ViewPlugin.define(
    (view) => ({
      drawn: draw(view),
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.drawn = draw(update.view)
      },
    }),
    { decorations: (value: { drawn: DecorationSet }) => value.drawn },
  )
}
