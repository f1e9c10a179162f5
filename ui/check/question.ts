import type { QuoteView } from '../wire'

/** What an editor would send the source: the words we print, the words the note has, and the question. */
export function questionFor(quote: QuoteView, hed: string): string {
  const evidence = quote.evidence[0]
  const title = hed.trim() === '' ? 'a piece we are preparing' : `“${hed.trim()}”`
  const said = quote.form === 'indirect' ? 'we report you as saying' : 'we quote you as saying'
  const lines = [`In ${title} ${said}:`, '', `“${plain(quote.text)}”`]
  if (evidence !== undefined)
    lines.push('', `Our note (${evidence.line}) reads:`, '', `“${plain(evidence.words)}”`)
  lines.push(
    '',
    evidence === undefined ? 'Did you say this, and when?' : 'Which of the two is right?',
  )
  return lines.join('\n')
}

/** The words on one line, without marks of their own at the ends. */
function plain(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^["“”]+|["“”]+$/g, '')
}
