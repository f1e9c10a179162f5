import { language, say } from '../language/language.svelte'
import type { NoteRow } from '../wire'

/** Notes that stand together in the list under a name. */
export type Group = { key: string; name: string; isConfidential: boolean; notes: NoteRow[] }

/** Groups notes by who spoke, in the order they come; a confidential source never shares a group with a named one. */
export function byPerson(rows: NoteRow[]): Group[] {
  return grouped(rows, ({ source, isConfidential }) => ({
    key: `${isConfidential} ${source}`,
    name: source || say('nobody named'),
    isConfidential,
  }))
}

/** Groups notes by the piece they were gathered for, by its slug; those for none come last. */
export function byPiece(rows: NoteRow[], slugs: ReadonlyMap<number, string>): Group[] {
  const groups = grouped(rows, ({ draftId }) => {
    const slug = slugs.get(draftId ?? -1)
    return { key: slug ?? '', name: slug ?? say('for no piece'), isConfidential: false }
  })
  return groups.sort(
    (a, b) =>
      Number(a.key === '') - Number(b.key === '') || a.key.localeCompare(b.key, language.locale),
  )
}

function grouped(rows: NoteRow[], of: (row: NoteRow) => Omit<Group, 'notes'>): Group[] {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const named = of(row)
    const group = groups.get(named.key) ?? { ...named, notes: [] }
    group.notes.push(row)
    groups.set(named.key, group)
  }
  return [...groups.values()]
}

/** Of the notes of all, in their order, those from one place on and before another; a group with none of them is left out. */
export function notesBetween(groups: Group[], from: number, to: number): Group[] {
  let nBefore = 0
  return groups.flatMap((group) => {
    const [first, last] = [from - nBefore, to - nBefore].map((at) => Math.max(0, at))
    const notes = group.notes.slice(first, last)
    nBefore += group.notes.length
    return notes.length > 0 ? [{ ...group, notes }] : []
  })
}
