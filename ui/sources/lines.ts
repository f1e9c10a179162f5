import type { Place16 } from '../wire'

/** A stretch of a line: a timecode, a page or a speaker's label, marked words, or plain words. */
export type Stretch = { words: string; kind: 'label' | 'marked' | 'plain' }

/** One line of a note; `at` is where it begins in the text. */
export type Line = { at: number; stretches: Stretch[]; isMarked: boolean }

/** A note's text as it is read: line by line, timecodes and labels apart, the passage marked. The words joined are the text. */
export function linesOf(text: string, passage: Place16 | null): Line[] {
  let at = 0
  return text.split('\n').map((words) => {
    const line = { at, ...cut(words, at, passage) }
    at += words.length + 1
    return line
  })
}

function cut(words: string, at: number, passage: Place16 | null): Omit<Line, 'at'> {
  const nLabel =
    /^\s*(?:\[(?:\d[\d:.]*|page \d+)\]\s*)?(?:\p{Lu}[\p{Lu} .'’-]{1,40}:\s)?/u.exec(words)?.[0]
      .length ?? 0
  const from = Math.max(0, (passage?.[0] ?? 0) - at)
  const to = Math.min(words.length, (passage?.[1] ?? 0) - at)
  const isMarked = passage !== null && from < to
  const ends = isMarked ? [nLabel, from, to, words.length] : [nLabel, words.length]
  const stretches: Stretch[] = []
  let start = 0
  for (const end of [...ends].sort((a, b) => a - b)) {
    if (end === start) continue
    const isIn = isMarked && start >= from && end <= to
    const kind = isIn ? 'marked' : end <= nLabel ? 'label' : 'plain'
    stretches.push({ words: words.slice(start, end), kind })
    start = end
  }
  return { stretches, isMarked }
}
