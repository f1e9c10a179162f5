import { type Extension, RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

const auto = Decoration.line({ attributes: { dir: 'auto' } })

/** A graf that begins in Hebrew, Arabic or another script written from the right is set from the right. */
export const direction: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.define(
    (view) => ({
      drawn: draw(view),
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.drawn = draw(update.view)
      },
    }),
    { decorations: (value: { drawn: DecorationSet }) => value.drawn },
  ),
]

/** Only lines with such a letter are marked, so that others cost nothing. */
function draw({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); line.from <= to;) {
      if (/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(line.text))
        builder.add(line.from, line.from, auto)
      if (line.number === state.doc.lines) break
      line = state.doc.line(line.number + 1)
    }
  }
  return builder.finish()
}
