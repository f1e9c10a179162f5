import { type Extension } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'
import { decoratedLines } from './lines'

const auto = Decoration.line({ attributes: { dir: 'auto' } })
const fromTheRight = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

/** Whether words begin in such a script. */
export function isFromTheRight(words: string): boolean {
  return fromTheRight.test(/\p{L}/u.exec(words)?.[0] ?? '')
}

/** Words in such a script, so that they turn round nothing they are put between. */
export function isolated(words: string): string {
  return fromTheRight.test(words) ? `\u{2068}${words}\u{2069}` : words
}

/** From which side words are read: as their first letter is. */
export function sideOf(words: string): 'rtl' | 'ltr' {
  return isFromTheRight(words) ? 'rtl' : 'ltr'
}

/** A graf that begins in Hebrew, Arabic or another script written from the right is set from the right. */
export const direction: Extension = [
  EditorView.perLineTextDirection.of(true),
  decoratedLines(auto, (line) => fromTheRight.test(line.text)),
]
