/** A stretch of a sentence, marked or not. */
export type Part = { words: string; isMarked: boolean }

/** Cuts a sentence at its marks; the parts joined are the sentence. Marks that overlap or run over the end are cut short. */
export function marked(sentence: string, marks: [number, number][]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(at, from)
    const end = Math.min(sentence.length, to)
    if (start >= end) continue
    parts.push({ words: sentence.slice(at, start), isMarked: false })
    parts.push({ words: sentence.slice(start, end), isMarked: true })
    at = end
  }
  parts.push({ words: sentence.slice(at), isMarked: false })
  return parts.filter((part) => part.words !== '')
}
