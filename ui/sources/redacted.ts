import type { BlankView } from '../wire'

/** A stretch of a note: its words, or why they are blanked. */
export type Part = { at: number; words: string; why: string | null }

/** A note's text cut into what may leave the desk and what is blanked. The words joined are the text. */
export function cutAt(text: string, blanked: readonly BlankView[]): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const { at, why } of blanked) {
    parts.push({ at: end, words: text.slice(end, at[0]), why: null })
    parts.push({ at: at[0], words: text.slice(...at), why })
    end = at[1]
  }
  parts.push({ at: end, words: text.slice(end), why: null })
  return parts.filter(({ words }) => words !== '')
}
