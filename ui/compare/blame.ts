import type { BlamedGraf, RevisionRow } from '../wire'

/** A sentence with the revision that gave it its words. */
export type BlameLine = {
  words: string
  /** None where the words were typed since the last revision. */
  revision: RevisionRow | null
  /** True where the sentence before has another revision, or another graf begins: the revision is named again. */
  isFirst: boolean
  /** True where a graf begins. */
  isGraf: boolean
  /** 0 for the oldest revision to 1 for now. */
  age: number
}

/** The sentences of a piece in order. `revisions` are newest first. */
export function linesOfBlame(
  grafs: readonly BlamedGraf[],
  revisions: readonly RevisionRow[],
): BlameLine[] {
  const places = new Map(revisions.map((revision, n) => [revision.id, revisions.length - 1 - n]))
  const lines: BlameLine[] = []
  let last: number | null | undefined
  for (const graf of grafs) {
    for (const [n, sentence] of graf.sentences.entries()) {
      const place = sentence.revisionId === null ? null : (places.get(sentence.revisionId) ?? null)
      lines.push({
        words: sentence.words,
        revision: place === null ? null : (revisions[revisions.length - 1 - place] ?? null),
        isFirst: place !== last,
        isGraf: n === 0,
        age: place === null ? 1 : place / Math.max(1, revisions.length),
      })
      last = place
    }
  }
  return lines
}
