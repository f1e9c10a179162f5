import type { English } from '../language/language.svelte'
import type { FileIn, RevisionRow, Side, StretchView } from '../wire'

/** What an editor takes where both changed the same words. */
export type Choice = 'ours' | 'theirs' | 'both' | 'base'
export const choices: readonly { name: Choice; words: English; key: string }[] = [
  { name: 'ours', words: 'Ours', key: '1' },
  { name: 'theirs', words: 'Theirs', key: '2' },
  { name: 'both', words: 'Both', key: '3' },
  { name: 'base', words: 'Base', key: '4' },
]

/** What is drawn one after the other in a merged part. */
export type Piece =
  /** Nobody changed it; `text` is what is shown of it. */
  | { kind: 'same'; text: string }
  /** A stretch of what nobody changed, folded; `from` is its place in the stretches. */
  | { kind: 'fold'; from: number; nGrafs: number }
  /** Changed by one side, or by both alike; `at` is its place in the stretches. */
  | { kind: 'change'; at: number; stretch: StretchView }
  /** `number` counts the conflicts. */
  | { kind: 'conflict'; at: number; number: number; stretch: StretchView }
/** A part of a piece with what is drawn of it. */
export type MergedPart = { part: string; pieces: Piece[] }

/** About two lines of text. */
const CONTEXT_CHARS = 160

/** A merge part by part. `isAll` shows all the text; else what is the same is folded but for two lines, and for those in `open`. */
export function partsOf(
  stretches: readonly StretchView[],
  isAll: boolean,
  open: ReadonlySet<number>,
): MergedPart[] {
  const parts: MergedPart[] = []
  let number = 0
  stretches.forEach((stretch, at) => {
    let part = parts.at(-1)
    const isFirst = part?.part !== stretch.part
    if (part === undefined || isFirst) {
      part = { part: stretch.part, pieces: [] }
      parts.push(part)
    }
    if (stretch.by === 'conflict')
      part.pieces.push({ kind: 'conflict', at, number: number++, stretch })
    else if (stretch.by !== 'nobody') part.pieces.push({ kind: 'change', at, stretch })
    else if (isAll || open.has(at)) part.pieces.push({ kind: 'same', text: stretch.base })
    else {
      const isLast = stretches[at + 1]?.part !== stretch.part
      part.pieces.push(...folded(stretch.base, at, isFirst, isLast))
    }
  })
  return parts
}

/** The end of what stands before a change and the beginning of what stands after one, and a fold between. */
function folded(text: string, from: number, isFirst: boolean, isLast: boolean): Piece[] {
  const [after, before] = [isFirst ? '' : beginning(text), isLast ? '' : end(text)]
  const middle = text.slice(after.length, text.length - before.length)
  const nGrafs = middle.split(/\n\s*/).filter((graf) => graf.trim() !== '').length
  if (after.length + before.length >= text.length || nGrafs < 2) return [{ kind: 'same', text }]
  const isCut = (words: string): boolean => words !== '' && !/^\s|\s$/.test(words)
  const pieces: Piece[] = [
    { kind: 'same', text: after + (isCut(after) ? ' …' : '') },
    { kind: 'fold', from, nGrafs },
    { kind: 'same', text: (isCut(before) ? '… ' : '') + before },
  ]
  return pieces.filter((piece) => piece.kind !== 'same' || piece.text !== '')
}

/** No more than two lines, to the end of a graf or of a word. */
function beginning(text: string): string {
  const start = text.slice(0, CONTEXT_CHARS)
  const graf = start.indexOf('\n', start.length - start.trimStart().length)
  return graf > 0 ? start.slice(0, graf) : start.replace(/\s*\S*$/, '')
}
function end(text: string): string {
  const last = text.slice(-CONTEXT_CHARS)
  const graf = last.trimEnd().lastIndexOf('\n')
  return graf >= 0 ? last.slice(graf + 1) : last.replace(/^\S*\s*/, '')
}

/** How many changes are whose, for a line above the list. */
export function countsOf(stretches: readonly StretchView[]): Record<string, number> {
  const counts: Record<string, number> = { ours: 0, theirs: 0, both: 0, conflict: 0 }
  for (const { by } of stretches) counts[by] = (counts[by] ?? 0) + 1
  return counts
}

/** What was decided about each conflict, by its words. */
export function decidedOf(
  stretches: readonly StretchView[],
  chosen: readonly (Choice | null)[],
): Map<string, Choice> {
  const decided = new Map<string, Choice>()
  conflictsOf(stretches).forEach((stretch, number) => {
    const choice = chosen[number]
    if (choice) decided.set(wordsOf(stretch), choice)
  })
  return decided
}

/** What is chosen for each conflict, in order, by what was decided about the same words. */
export function choicesFor(
  stretches: readonly StretchView[],
  decided: ReadonlyMap<string, Choice>,
): (Choice | null)[] {
  return conflictsOf(stretches).map((stretch) => decided.get(wordsOf(stretch)) ?? null)
}

const conflictsOf = (stretches: readonly StretchView[]): StretchView[] =>
  stretches.filter((stretch) => stretch.by === 'conflict')
const wordsOf = ({ base, ours, theirs }: StretchView): string =>
  JSON.stringify([base, ours, theirs])

/** The value of a side among the options; a file is `file`, none is empty. */
export function valueOf(side: Side | null): string {
  if (side === null) return ''
  if (side.isNow) return 'now'
  return side.revisionId === null ? 'file' : String(side.revisionId)
}

export const sideOfNow: Side = { revisionId: null, isNow: true, file: null }
export const sideOfRevision = (revision: Pick<RevisionRow, 'id'>): Side => ({
  revisionId: revision.id,
  isNow: false,
  file: null,
})
export const sideOfFile = (file: FileIn): Side => ({ revisionId: null, isNow: false, file })
