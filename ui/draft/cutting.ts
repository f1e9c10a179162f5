import type { Place16 } from '../wire'

/** Which words of a sentence are taken, by their number: the first of them and the last. */
export type Cut = { first: number; last: number }

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * The words of a sentence, where each stands. What is joined by a hyphen is one word; marks before the first and behind
 * the last belong to them, marks between two words to neither.
 */
export function wordsOf(sentence: string): Place16[] {
  const words: Place16[] = []
  for (const { index, segment, isWordLike } of segmenter.segment(sentence)) {
    if (!isWordLike) continue
    const [before, end] = [words.at(-1), index + segment.length]
    if (before && /^[-‐‑]$/.test(sentence.slice(before[1], index))) before[1] = end
    else words.push([index, end])
  }
  const [first, last] = [words[0], words.at(-1)]
  if (first) first[0] = 0
  if (last) last[1] = sentence.length
  return words
}

/** The cut that takes one word more or fewer at its beginning or its end; at least one stays. */
export function recut({ first, last }: Cut, n: number, side: keyof Cut, by: 1 | -1): Cut {
  return side === 'first'
    ? { first: Math.min(last, Math.max(0, first + by)), last }
    : { first, last: Math.max(first, Math.min(n - 1, last + by)) }
}

/** Which cut a key asks for: Alt with an arrow moves the end, with Shift the beginning; null for any other. */
export function cutOf(event: KeyboardEvent): { side: keyof Cut; by: 1 | -1 } | null {
  const by = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key]
  if (!by || !event.altKey || event.ctrlKey || event.metaKey) return null
  return { side: event.shiftKey ? 'first' : 'last', by }
}
