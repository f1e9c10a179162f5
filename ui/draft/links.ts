import { isolateHistory } from '@codemirror/commands'
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

type Stretch = { from: number; to: number }

/** What leads somewhere: an address of the web or of a mailbox, with nothing beside it. */
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i

/**
 * Makes a link of what is selected, else of the word at the caret, and leads it to `address`; where there is none the
 * caret stands where it goes, and for an address that is selected, where its words go. In a link its address is
 * selected instead. False where what is selected runs over a line end, which no link does.
 */
export function link(view: EditorView, address: string | null): boolean {
  const { state } = view
  const there = addressAt(state)
  if (there) {
    const { from, to } = there
    view.dispatch({ selection: { anchor: from, head: to }, userEvent: 'select' })
    return true
  }
  const { from, to } = chosen(state)
  const words = state.sliceDoc(from, to)
  if (words.includes('\n')) return false
  const isAddress = ADDRESS.test(words)
  const before = isAddress ? '[' : `[${inBrackets(words)}](`
  const insert = isAddress ? `[](${inside(words)})` : `${before}${inside(address ?? '')})`
  const isWhole = words !== '' && !isAddress && address !== null
  const isEmpty = words === '' && address !== null
  const caret = from + (isWhole ? insert.length : isEmpty ? 1 : before.length)
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: caret },
    scrollIntoView: true,
    userEvent: 'input.link',
    annotations: isolateHistory.of('full'),
  })
  return true
}

/** The clipboard, as far as the page may read it without asking anybody. */
export class Clipboard {
  #isOpen = false

  constructor() {
    void this.#watch()
  }

  /** The address on it; null at once where it is closed, so that what is typed next comes behind. */
  address(): Promise<string | null> | null {
    return this.#isOpen ? this.#read() : null
  }

  async #watch(): Promise<void> {
    try {
      const state = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })
      const look = (): void => void (this.#isOpen = state.state === 'granted')
      state.onchange = look
      look()
    } catch {
      // A web view that has no such permission gives nothing away either.
    }
  }

  async #read(): Promise<string | null> {
    const copied = await navigator.clipboard.readText().catch(() => '')
    return ADDRESS.test(copied.trim()) ? copied.trim() : null
  }
}

/** The address of the link the selection is in. */
export function addressAt(state: EditorState): Stretch | null {
  const { from, to } = state.selection.main
  for (const side of [-1, 1] as const)
    for (let node = syntaxTree(state).resolveInner(from, side); node.parent; node = node.parent) {
      const url = node.name === 'Link' ? node.getChild('URL') : null
      if (url && node.to >= to) return { from: url.from, to: url.to }
    }
  return null
}

/** What is selected without the blanks around it, else the word at the caret. */
function chosen(state: EditorState): Stretch {
  const { main } = state.selection
  if (main.empty) return state.wordAt(main.head) ?? main
  const words = state.sliceDoc(main.from, main.to)
  const from = main.from + words.length - words.trimStart().length
  return { from, to: Math.max(from, main.from + words.trimEnd().length) }
}

/** Words as they may stand in brackets. */
function inBrackets(words: string): string {
  return isPaired(words, '[', ']') ? words : words.replace(/(?<!\\)[[\]]/g, '\\$&')
}

/** An address as it may stand in parentheses. */
function inside(address: string): string {
  return isPaired(address, '(', ')') && !/[\s<>]/.test(address) ? address : `<${address}>`
}

function isPaired(words: string, opening: string, closing: string): boolean {
  let n_open = 0
  for (const letter of words) {
    if (letter === opening) n_open += 1
    if (letter === closing) n_open -= 1
    if (n_open < 0) return false
  }
  return n_open === 0
}
