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
