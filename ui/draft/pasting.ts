import { type Extension, StateField } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { call } from '../host'
import { say, tell } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'

/** The same for a text and all that becomes of it, another for any other text. */
const text = StateField.define({ create: () => ({}), update: (same) => same })

/**
 * Words that are pasted with a form (from a page, a mail, a word processor) come as Markdown: headings, links, lists,
 * emphasis stay. Where the form cannot be read, and where plain text alone is pasted, the words come as they are.
 */
export const pasting: Extension = [
  text,
  EditorView.domEventHandlers({
    paste(event, view) {
      const html = event.clipboardData?.getData('text/html') ?? ''
      const plain = event.clipboardData?.getData('text/plain') ?? ''
      if (html.trim() === '' || view.state.readOnly) return false
      event.preventDefault()
      void paste(view, html, plain)
      return true
    },
  }),
]

async function paste(view: EditorView, html: string, plain: string): Promise<void> {
  const pastedInto = view.state.field(text)
  const pasted = await call('read_pasted', { html }).catch(() => ({ text: plain, warnings: [] }))
  if (!view.dom.isConnected || view.state.field(text) !== pastedInto) {
    toast(say('You left the text before the pasted words were read. Paste them again.'))
    return
  }
  view.dispatch(view.state.replaceSelection(pasted.text), {
    userEvent: 'input.paste',
    scrollIntoView: true,
  })
  for (const warning of pasted.warnings) toast(tell(warning))
}
