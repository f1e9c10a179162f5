import type { Place16 } from '../wire'

/** A heading or a graf, where it begins. */
export type OutlineRow = {
  /** 0 is a graf, 1 to 6 a heading. */
  level: number
  /** Of grafs, from 1; headings have none. */
  graf: number | null
  words: string
  nWords: number
  place: Place16
}

/** The headings and grafs of a body in order; blank lines stand between grafs. */
export function outlineOf(body: string): OutlineRow[] {
  const rows: OutlineRow[] = []
  let nGrafs = 0
  for (const match of body.matchAll(/[^\n]+(?:\n[^\n]+)*/g)) {
    const text = match[0]
    const heading = /^(#{1,6})\s+(.*)/.exec(text)
    const nWords = text.split(/\s+/).filter(Boolean).length
    const place: Place16 = [match.index, match.index]
    if (heading?.[1] && heading[2] !== undefined)
      rows.push({ level: heading[1].length, graf: null, words: heading[2], nWords, place })
    else if (text.trim()) {
      nGrafs += 1
      rows.push({ level: 0, graf: nGrafs, words: text.slice(0, 120), nWords, place })
    }
  }
  return rows
}

/** Words a minute. (Source: Brysbaert 2019, silent reading of English non-fiction.) */
const WORDS_A_MINUTE = 238

/** How long a piece of so many words takes to read: whole minutes, and one for the shortest. */
export function minutesToRead(nWords: number): number {
  return Math.max(1, Math.round(nWords / WORDS_A_MINUTE))
}
