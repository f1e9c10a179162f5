import { defaultKeymap, history, historyKeymap, redo } from '@codemirror/commands'
import { defineLanguageFacet, Language, syntaxHighlighting } from '@codemirror/language'
import { search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, type StateEffect } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, panels, placeholder } from '@codemirror/view'
import { tagHighlighter, tags } from '@lezer/highlight'
import { parser, Strikethrough } from '@lezer/markdown'
import { say } from '../language/language.svelte'
import { direction } from './direction'
import { gaps } from './gaps'
import { INVISIBLE, sign } from './invisible'
import { margin } from './margin'
import { marks } from './marks'
import { misspellings } from './misspellings'
import { pasting } from './pasting'
import { slips } from './slips'
import { suggested } from './suggested'
import { threads } from './threads'
import { typing } from './typing'

/** Markdown as it is kept; no HTML inside it is read, for the body is words. */
const markdown = new Language(
  defineLanguageFacet({ commentTokens: { block: { open: '<!--', close: '-->' } } }),
  parser.configure([Strikethrough]),
  [],
  'markdown',
)

/** Marks are dimmed, never hidden: what is hidden makes the caret jump. */
const highlighter = tagHighlighter([
  { tag: tags.processingInstruction, class: 'md-mark' },
  { tag: [tags.url, tags.labelName], class: 'md-mark' },
  { tag: tags.strong, class: 'md-strong' },
  { tag: tags.emphasis, class: 'md-emphasis' },
  { tag: tags.strikethrough, class: 'md-struck' },
  { tag: tags.heading, class: 'md-heading' },
  { tag: tags.quote, class: 'md-quote' },
  { tag: tags.monospace, class: 'md-code' },
])

/** Where there is nothing to do again in the text, the key is left for what a toast offers to take back. */
const historyKeys = historyKeymap.map((binding) =>
  binding.run === redo ? { ...binding, preventDefault: false } : binding,
)

/** What moves by grafs and sentences is bound by Draft, where an editor may change its keys. */
const ownKeys = defaultKeymap.filter(({ key }) => !key?.startsWith('Alt-Arrow'))

/** With nothing selected nothing is copied or cut: no line that nobody chose comes onto the clipboard. */
export const hasNothingToCopy = (_: ClipboardEvent, view: EditorView): boolean =>
  view.state.selection.main.empty

/** Where *Find and replace* stands: outside what scrolls, so that a letter typed there has nothing else laid out. */
export const findBox = document.createElement('div')

/** How the words of a piece are set, whoever may change them. */
export const setting: Extension = [
  EditorView.cspNonce.of(document.getElementById('nonce-carrier')?.nonce ?? ''),
  markdown,
  syntaxHighlighting(highlighter),
  EditorView.lineWrapping,
  highlightSpecialChars({ specialChars: INVISIBLE, render: sign }),
  EditorState.allowMultipleSelections.of(false),
  direction,
  gaps,
]

const words = new Compartment()

/** Says what stands around the words of the body anew: the language has changed. */
export function sayAgain(): StateEffect<unknown> {
  return words.reconfigure(saidThere())
}

function saidThere(): Extension {
  return [
    placeholder(say('Write, or paste the piece')),
    EditorView.contentAttributes.of({ 'aria-label': say('Body') }),
    EditorState.phrases.of({
      Find: say('Find'),
      Replace: say('Replace'),
      replace: say('Replace'),
      'replace all': say('Replace all'),
      next: say('Next'),
      previous: say('Previous'),
      all: say('All'),
      'match case': say('Match case'),
      'by word': say('Whole words'),
      regexp: say('Pattern'),
      close: say('Close'),
      'current match': say('current match'),
      'on line': say('on line'),
      'replaced $ matches': say('replaced $ matches'),
      'replaced match on line $': say('replaced match on line $'),
    }),
  ]
}

/** What the body of a piece is made of: history, keys, marks. Part of the state, so that it outlives the view. */
export const bodyExtensions: Extension = [
  history(),
  search(),
  panels({ bottomContainer: findBox }),
  keymap.of([...searchKeymap, ...historyKeys, ...ownKeys]),
  typing,
  pasting,
  setting,
  // What is written stands clear of the window's edge, also once a banner has taken its height.
  EditorView.scrollMargins.of(() => ({ bottom: 48 })),
  EditorView.domEventHandlers({ copy: hasNothingToCopy, cut: hasNothingToCopy }),
  words.of(saidThere()),
  EditorView.contentAttributes.of({
    // The core reads for spelling: it knows names, and what somebody said.
    spellcheck: 'false',
    autocorrect: 'off',
    autocapitalize: 'off',
    lang: 'en',
  }),
  marks,
  slips,
  misspellings,
  threads,
  suggested,
  margin,
]
