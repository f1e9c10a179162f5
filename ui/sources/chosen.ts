import type { Place16 } from '../wire'

/** Words of a note. */
export type Passage = { noteId: number; passage: Place16 }

/**
 * The words of a note that are selected on the page; null where none are. A note's text says which note it is
 * (`data-note`), each of its lines where it begins (`data-at`).
 */
export function chosenPassage(): Passage | null {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const at = range.commonAncestorContainer
  const text = (at instanceof Element ? at : at.parentElement)?.closest<HTMLElement>('[data-note]')
  if (!text) return null
  const from = placeOf(range.startContainer, range.startOffset)
  const to = placeOf(range.endContainer, range.endOffset)
  return { noteId: Number(text.dataset.note), passage: [from, to] }
}

/** Where in a note's text the caret is; null where it is in none. */
export function placeAtCaret(noteId: number): number | null {
  const at = getSelection()?.anchorNode
  const text = (at instanceof Element ? at : at?.parentElement)?.closest<HTMLElement>('[data-note]')
  const range = text?.dataset.note === String(noteId) ? getSelection()?.getRangeAt(0) : null
  return range ? placeOf(range.startContainer, range.startOffset) : null
}

/** Where in the note's text a place on the page is; between two lines, where the next begins. */
function placeOf(node: Node, offset: number): number {
  const line = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(
    '[data-at]',
  )
  if (!line) return Number((node.childNodes[offset] as HTMLElement | undefined)?.dataset.at ?? 0)
  const before = document.createRange()
  before.setStart(line, 0)
  before.setEnd(node, offset)
  return Number(line.dataset.at) + before.toString().length
}
