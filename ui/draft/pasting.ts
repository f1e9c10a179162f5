import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { call } from '../host'
import { tell } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'

/**
 * Words that are pasted with a form (from a page, a mail, a word processor) come as Markdown: headings, links, lists,
 * emphasis stay. Where the form cannot be read, and where plain text alone is pasted, the words come as they are.
 */
export const pasting: Extension = EditorView.domEventHandlers({
  paste(event, view) {
    const html = event.clipboardData?.getData('text/html') ?? ''
    const plain = event.clipboardData?.getData('text/plain') ?? ''
    if (html.trim() === '' || view.state.readOnly) return false
    event.preventDefault()
    void paste(view, html, plain)
    return true
  },
})

async function paste(view: EditorView, html: string, plain: string): Promise<void> {
  const { doc } = view.state
  const pasted = await call('read_pasted', { html }).catch(() => ({ text: plain, warnings: [] }))
  // Another piece was opened, or the words changed, while the answer was on its way: the caret is where it is now.
  if (!view.dom.isConnected && view.state.doc !== doc) return
  view.dispatch(view.state.replaceSelection(pasted.text), {
    userEvent: 'input.paste',
    scrollIntoView: true,
  })
  for (const warning of pasted.warnings) toast(tell(warning))
}
