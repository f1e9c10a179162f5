/** What can be found by its name: `beside` is told with it, and found by whole stretches of letters only. */
export type Named = { words: string; beside?: string }

/** As many are listed as one would ever go through. */
export const N_LISTED = 60

/** Those in which every asked word is found, best first, at most sixty; equals keep their order. All, where nothing is asked. */
export function found<T extends Named>(all: T[], query: string): T[] {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (asked.length === 0) return all
  return all
    .flatMap((one) => {
      const weights = asked.map((word) => weigh(one, word))
      return weights.includes(0) ? [] : [{ one, weight: weights.reduce((a, b) => a + b, 0) }]
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, N_LISTED)
    .map(({ one }) => one)
}

/** 4 where a word of the name begins so, 3 inside one, 2 beside it, 1 where its letters come in this order from the beginning of a word; 0 where it is not found. */
function weigh({ words, beside = '' }: Named, asked: string): number {
  const name = words.toLowerCase()
  const at = startsOf(name).find((start) => name.startsWith(asked, start))
  if (at !== undefined) return 4
  if (name.includes(asked)) return 3
  if (beside.toLowerCase().includes(asked)) return 2
  return startsOf(name).some((start) => hasInOrder(name, start, asked)) ? 1 : 0
}

function startsOf(name: string): number[] {
  return [...name.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index)
}

/** The letters of `asked` come one after the other, within three times its length. */
function hasInOrder(name: string, start: number, asked: string): boolean {
  if (asked.length < 2 || name[start] !== asked[0]) return false
  let at = start
  for (const letter of asked.slice(1)) {
    at = name.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return at - start < 3 * asked.length
}
