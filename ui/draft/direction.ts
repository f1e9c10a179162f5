import { type Extension } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'
import { decoratedLines } from './lines'

const auto = Decoration.line({ attributes: { dir: 'auto' } })
const fromTheRight = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

/** A graf that begins in Hebrew, Arabic or another script written from the right is set from the right. */
export const direction: Extension = [
  EditorView.perLineTextDirection.of(true),
  decoratedLines(auto, (line) => fromTheRight.test(line.text)),
]
