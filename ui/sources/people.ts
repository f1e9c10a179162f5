import type { NoteRow } from '../wire'

/** Notes of one person, by date. */
export type Person = { source: string; isConfidential: boolean; notes: NoteRow[] }

/** Groups notes by who spoke, in the order they come; a confidential source never shares a group with a named one. */
export function byPerson(rows: NoteRow[]): Person[] {
  const people = new Map<string, Person>()
  for (const row of rows) {
    const key = `${row.isConfidential} ${row.source}`
    const person = people.get(key) ?? {
      source: row.source,
      isConfidential: row.isConfidential,
      notes: [],
    }
    person.notes.push(row)
    people.set(key, person)
  }
  return [...people.values()]
}

/** Of the notes of all, in their order, those from one place on and before another; who has none of them is left out. */
export function notesBetween(people: Person[], from: number, to: number): Person[] {
  let nBefore = 0
  return people.flatMap((person) => {
    const [first, last] = [from - nBefore, to - nBefore].map((at) => Math.max(0, at))
    const notes = person.notes.slice(first, last)
    nBefore += person.notes.length
    return notes.length > 0 ? [{ ...person, notes }] : []
  })
}
