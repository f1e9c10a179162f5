import type { EditorView } from '@codemirror/view'

/**
 * Scrolls a box so that the line of the caret stands in the middle of its height, once it is known where that is.
 *
 * At once and not smoothly: lines that glide under the eye with each word typed are what reduced motion asks to be spared.
 */
export function holdMiddle(view: EditorView, box: Element): void {
  view.requestMeasure({
    key: holdMiddle,
    read: () => {
      const caret = view.coordsAtPos(view.state.selection.main.head)
      const { top, height } = box.getBoundingClientRect()
      return caret ? (caret.top + caret.bottom) / 2 - top - height / 2 : 0
    },
    write: (off) => {
      box.scrollTop += off
    },
  })
}
