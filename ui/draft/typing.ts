import { isolateHistory } from '@codemirror/commands'
import { syntaxTree } from '@codemirror/language'
import type { EditorState, Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { looks } from '../settings/looks.svelte'

/** What stands instead of what was just typed, and how many letters before it it takes in. */
type Instead = { insert: string; nBefore: number }

/**
 * Sets quotes and dashes as print has them, each as a step of its own: one undo gives what was typed. Code, addresses
 * and lines of hyphens are left as they are, and all of it where an editor wants it as typed.
 */
export const typing: Extension = [
  EditorView.inputHandler.of((view, from, to, text) => {
    if (view.composing || text.length !== 1 || looks.chosen.quotes !== 'curly') return false
    const instead = insteadOf(view.state, from, text)
    if (!instead) return false
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + 1 },
      userEvent: 'input.type',
      scrollIntoView: true,
    })
    put(view, from, instead)
    return true
  }),
  // A mark that is a dead key of the keyboard comes composed: it is set once it stands in the text.
  EditorView.domEventHandlers({
    compositionend({ data }, view) {
      if (data.length === 1 && looks.chosen.quotes === 'curly') setTimeout(settle, 0, view, data)
    },
  }),
]

function settle(view: EditorView, typed: string): void {
  const { from, empty } = view.state.selection.main
  const isThere =
    !view.composing && empty && from > 0 && view.state.sliceDoc(from - 1, from) === typed
  const instead = isThere ? insteadOf(view.state, from - 1, typed) : null
  if (instead) put(view, from - 1, instead)
}

/** Puts it in the place of the mark that stands there now. */
function put(view: EditorView, at: number, { insert, nBefore }: Instead): void {
  view.dispatch({
    changes: { from: at - nBefore, to: at + 1, insert },
    selection: { anchor: at - nBefore + insert.length },
    userEvent: 'input.set',
    annotations: isolateHistory.of('full'),
  })
}

function insteadOf(state: EditorState, at: number, typed: string): Instead | null {
  const before = state.sliceDoc(state.doc.lineAt(at).from, at)
  if (!`"'-`.includes(typed) || isLeft(state, at, before)) return null
  if (typed === '-') return isInComment(state, at) ? null : dashAfter(before)
  const isOpening = /(?:^|[\s([{/“‘«—–-])$/.test(before)
  const [open, close] = typed === '"' ? ['“', '”'] : ['‘', '’']
  return { insert: isOpening ? open : close, nBefore: 0 }
}

/** How far before a place a comment may begin for its hyphens to be known. */
const COMMENT_LENGTH = 5000

/** `<!-- ask legal -->` is kept by its hyphens, also while it is being typed. */
function isInComment(state: EditorState, at: number): boolean {
  const before = state.sliceDoc(Math.max(0, at - COMMENT_LENGTH), at)
  return before.endsWith('<!-') || before.lastIndexOf('<!--') > before.lastIndexOf('-->')
}

/** Two hyphens are an en dash, three an em dash; at the beginning of a line they are a mark of Markdown. */
function dashAfter(before: string): Instead | null {
  if (/^[\s\-–—|:]*$/.test(before)) return null
  if (before.endsWith('–')) return { insert: '—', nBefore: 1 }
  return /[^-]-$/.test(before) ? { insert: '–', nBefore: 1 } : null
}

/** Words that are no copy: code, also where its end is not typed yet, and addresses. */
function isLeft(state: EditorState, at: number, before: string): boolean {
  if ((before.match(/`/g) ?? []).length % 2 === 1) return true
  for (let node = syntaxTree(state).resolveInner(at, -1); node.parent; node = node.parent)
    if (/Code|URL|Link(?:Title|Label)|Comment/.test(node.name)) return true
  return false
}
