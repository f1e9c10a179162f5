import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { marks } from './marks'

/** What the body of a piece is made of: history, keys, marks. Part of the state, so that it outlives the view. */
export const bodyExtensions: Extension = [
  history(),
  keymap.of([...defaultKeymap, ...historyKeymap]),
  EditorView.lineWrapping,
  EditorState.allowMultipleSelections.of(false),
  marks,
]
