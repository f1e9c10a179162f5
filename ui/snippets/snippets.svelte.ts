import { isolateHistory } from '@codemirror/commands'
import { plural } from '../frame/words'
import { call } from '../host'
import { say } from '../language/language.svelte'
import { isSameName } from '../parts/names'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt, lookUp } from '../trouble.svelte'
import { filled, readSnippets, type Snippet, typedName } from './snippet'

/** The snippets of the desk, and how they come into the piece. */
class Snippets {
  /** As an editor wrote them; null until they were read. */
  text = $state<string | null>(null)
  /** They are being written. */
  isOpen = $state(false)
  /** One is being chosen. */
  isChoosing = $state(false)

  readonly all = $derived(readSnippets(this.text ?? '').snippets)

  /** Reads what the desk keeps. */
  async read(): Promise<void> {
    this.text = (await lookUp(() => call('kept_snippets', {}))) ?? this.text
  }

  /** Opens them to be written. */
  async open(): Promise<void> {
    const text = await attempt(() => call('kept_snippets', {}))
    if (text === null) return
    this.text = text
    this.isOpen = true
  }

  /** Keeps all of them, with a way back; true when they are kept. */
  async keep(text: string): Promise<boolean> {
    const before = this.text
    if (!(await this.#keep(text))) return false
    if (before !== null && before !== text)
      toast(say('{snippets} kept', { snippets: plural(this.all.length, 'snippet') }), () =>
        this.#keep(before),
      )
    return true
  }

  async #keep(text: string): Promise<boolean> {
    const kept = await attempt(() => call('keep_snippets', { text }))
    if (kept !== null) this.text = kept
    return kept !== null
  }

  /** Puts a snippet in place of what is selected, as one change that undo takes back. */
  put(snippet: Snippet, at: { from: number; to: number } = piece.state.selection.main): void {
    const { from, to } = at
    const { text, caret } = filled(snippet, piece.fields, new Date())
    piece.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + caret },
      annotations: isolateHistory.of('full'),
      userEvent: 'input.snippet',
      scrollIntoView: true,
    })
  }

  /** Puts the snippet in whose name was just typed behind `;;`, if there is one. */
  putTyped(): void {
    const { doc, selection } = piece.state
    const { head } = selection.main
    const line = doc.lineAt(head)
    const name = typedName(line.text.slice(0, head - line.from))
    const snippet = this.all.find((one) => name !== null && isSameName(one.name, name))
    if (snippet) this.put(snippet, { from: head - snippet.name.length - ';; '.length, to: head })
  }
}

/** The one list of snippets. */
export const snippets = new Snippets()
