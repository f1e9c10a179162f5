import type { QuoteView } from '../wire'

/** The heaps of the queue, in the order an editor takes them up. */
export const HEAPS = ['wrong', 'open', 'stale', 'right'] as const

/** One heap of the queue. */
export type Heap = (typeof HEAPS)[number]

/** The heap a quote waits in, as the core counts it: terms, then a cq gone stale, then the verdict. */
export function heapOf(quote: QuoteView): Heap {
  if (!quote.needsEditor) return 'right'
  if (!quote.isTermsOk) return 'wrong'
  if (quote.stale !== null && quote.cq !== null) return 'stale'
  if (quote.weight === 'wrong' || quote.alarms.length > 0) return 'wrong'
  return quote.stale === null ? 'open' : 'stale'
}

/** The quotes worst first: by heap, in the wrong one alarms before the rest, then in the order of the text. */
export function queueOf(quotes: readonly QuoteView[]): QuoteView[] {
  const rank = (quote: QuoteView): number =>
    HEAPS.indexOf(heapOf(quote)) * 2 + (quote.alarms.length > 0 ? 0 : 1)
  return quotes
    .map((quote, place) => ({ quote, place }))
    .sort((a, b) => rank(a.quote) - rank(b.quote) || a.place - b.place)
    .map(({ quote }) => quote)
}

/** The key one step on (or back) in the queue; stays at the ends, begins at the top when nothing is selected. */
export function stepFrom(
  queue: readonly QuoteView[],
  key: string | null,
  step: 1 | -1,
): string | null {
  const at = queue.findIndex((quote) => quote.key === key)
  if (at < 0) return queue[0]?.key ?? null
  return queue[Math.min(queue.length - 1, Math.max(0, at + step))]?.key ?? null
}

/**
 * The next quote that still needs an editor after `key`, going round once; `key` itself when it is the only one left,
 * and the quote after it when none needs anyone.
 */
export function nextNeeding(queue: readonly QuoteView[], key: string | null): string | null {
  const at = queue.findIndex((quote) => quote.key === key)
  const round = [...queue.slice(at + 1), ...queue.slice(0, at + 1)]
  return round.find((quote) => quote.needsEditor)?.key ?? stepFrom(queue, key, 1)
}

/** The quote that now stands where another stood, by the place of its first word: a change of words changes the key. */
export function quoteAt(quotes: readonly QuoteView[], at: number): QuoteView | null {
  let nearest: QuoteView | null = null
  for (const quote of quotes) {
    if (nearest === null || Math.abs(startOf(quote) - at) < Math.abs(startOf(nearest) - at))
      nearest = quote
  }
  return nearest
}

/** Where a quote's words begin, in UTF-16 units of the body. */
export function startOf(quote: QuoteView): number {
  return quote.content[0]?.[0] ?? 0
}

/** Where a quote's words end, in UTF-16 units of the body. */
export function endOf(quote: QuoteView): number {
  return quote.content.at(-1)?.[1] ?? startOf(quote)
}
