import type { ChangeDesc, StateEffect } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** Which line of a text stood at the top of its box, and how far below the top its first row was, in px; less than 0 above it. */
export type Sight = { at: number; below: number }

/** All that stands above the text, however high that is: no text begins so far down. */
export const TOP: Sight = { at: 0, below: 100_000 }

/** What of a text is in sight. The box that scrolls is the one around it marked `data-sight`. */
export function sightOf(view: EditorView): Sight {
  const box = view.dom.closest('[data-sight]')
  if (!box || box.scrollTop === 0) return TOP
  const edge = box.getBoundingClientRect().top
  const line = view.lineBlockAtHeight(Math.max(0, edge - view.documentTop))
  // Letters begin a little below their line, and they are what is scrolled to.
  const top = view.coordsAtPos(line.from, 1)?.top ?? view.documentTop + line.top
  return { at: line.from, below: top - edge }
}

/** What brings it into sight again, also where the lines are of another length by now; the caret, where it is not known. */
export function showing(sight: Sight | null, caret: number): StateEffect<unknown> {
  if (!sight) return EditorView.scrollIntoView(caret, { y: 'center' })
  return EditorView.scrollIntoView(sight.at, { y: 'start', yMargin: sight.below })
}

/** The same line after edits. */
export function along(sight: Sight | null, changes: ChangeDesc): Sight | null {
  return sight && !changes.empty ? { ...sight, at: changes.mapPos(sight.at) } : sight
}
