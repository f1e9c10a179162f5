import { ChangeSet } from '@codemirror/state'

/** What makes `after` of `before`, as one change from the first letter that differs to the last; none when they are equal. */
export function changeBetween(before: string, after: string): ChangeSet {
  if (before === after) return ChangeSet.empty(before.length)
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let n_same = 0
  while (n_same < shorter - from && before.at(-1 - n_same) === after.at(-1 - n_same)) n_same += 1
  // Half a letter of two units is no place.
  if (isSecondHalf(before, from) || isSecondHalf(after, from)) from -= 1
  const [to, end] = [before.length - n_same, after.length - n_same]
  const more = isSecondHalf(before, to) || isSecondHalf(after, end) ? 1 : 0
  const change = { from, to: to + more, insert: after.slice(from, end + more) }
  return ChangeSet.of(change, before.length)
}

function isSecondHalf(text: string, at: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '')
}
