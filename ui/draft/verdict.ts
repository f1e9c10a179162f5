import { say, tell } from '../language/language.svelte'
import type { GlyphName } from '../parts/glyphs'
import type { EvidenceView, QuoteView } from '../wire'

/** The colour a quote is seen in. */
export type Tone = 'ok' | 'wrong' | 'open' | 'said' | 'stale'

const drawn: Record<string, { glyph: GlyphName; tone: Tone }> = {
  verbatim: { glyph: 'tick', tone: 'ok' },
  trimmed: { glyph: 'dots', tone: 'ok' },
  altered: { glyph: 'unequal', tone: 'wrong' },
  spliced: { glyph: 'bowtie', tone: 'wrong' },
  'other speaker': { glyph: 'heads', tone: 'wrong' },
  paraphrase: { glyph: 'almost', tone: 'said' },
  'not found': { glyph: 'question', tone: 'open' },
  'no note': { glyph: 'sheet', tone: 'open' },
}

/** How a quote is drawn in lists: its glyph, its colour, and what is said of it in a few words. */
export function look(quote: QuoteView): { glyph: GlyphName; tone: Tone; words: string } {
  const { glyph, tone } = drawn[quote.verdict] ?? { glyph: 'question', tone: 'open' }
  if (isStale(quote)) return { glyph: 'turned', tone: 'stale', words: tell(quote.stale ?? 'stale') }
  if (quote.cq && hasCq(quote))
    return { glyph: 'tick', tone: 'ok', words: say('cq {by}', { by: quote.cq.by }) }
  if (!quote.isTermsOk) return { glyph, tone: 'wrong', words: tell(quote.terms) }
  const alarm = quote.alarms[0]
  if (alarm) return { glyph, tone: 'wrong', words: tell(alarm.words) }
  if (quote.verdict === 'other speaker' && quote.evidence[0])
    return { glyph, tone, words: say('{source} said it', { source: sourceOf(quote.evidence[0]) }) }
  if (quote.form === 'unmarked' && tone === 'ok')
    return { glyph: 'corners', tone: 'ok', words: say('marks missing') }
  return { glyph, tone, words: tell(quote.verdict) }
}

/** A confidential source is told without the name. */
function sourceOf({ isConfidential, source }: EvidenceView): string {
  return isConfidential ? tell('a confidential source') : source
}

/** True when a cq or a verdict went stale and nothing worse is to be said, as the core counts it. */
export function isStale(quote: QuoteView): boolean {
  if (quote.stale === null || !quote.needsEditor || !quote.isTermsOk) return false
  return quote.cq !== null || (quote.weight !== 'wrong' && quote.alarms.length === 0)
}

/** True when somebody signed the quote and the cq still holds. */
export function hasCq(quote: QuoteView): boolean {
  return quote.cq !== null && !quote.needsEditor
}

/** What stands in the margin: nothing where all is right and nobody has signed it. */
export function marginOf(quote: QuoteView): { glyph: GlyphName; tone: Tone; rank: number } | null {
  const { glyph, tone } = look(quote)
  if (tone === 'stale') return { glyph, tone, rank: 2 }
  if (hasCq(quote)) return { glyph, tone, rank: 0 }
  if (quote.alarms.length > 0 || !quote.isTermsOk || tone === 'wrong')
    return { glyph, tone: 'wrong', rank: 4 }
  return tone === 'open' ? { glyph, tone, rank: 3 } : null
}

/** The last name, for narrow lists; organisations and the unnamed stay whole. */
export function shortName(quote: QuoteView): string {
  const name = quote.speaker || quote.mentionWords || say('nobody named')
  const words = name.split(' ')
  const isPerson =
    words.length > 1 && words.length < 4 && words.every((word) => /^\p{Lu}/u.test(word))
  return isPerson && !quote.isUnnamed ? (words.at(-1) ?? name) : name
}

/** Where a splice is joined: the letter after the last word before the leap, one for each leap; none but in a splice. */
export function jointsOf(quote: QuoteView): number[] {
  if (quote.verdict !== 'spliced') return []
  const end = quote.content.at(-1)?.[1] ?? 0
  return quote.changes
    .filter(({ kind, draft: [from, to] }) => kind === 'dropped' && from === to && from < end)
    .map(({ draft }) => draft[0])
}
