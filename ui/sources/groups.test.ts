import { expect, test } from 'vitest'
import type { NoteRow } from '../wire'
import { byPerson, byPiece, notesBetween } from './groups'

const note = (id: number, source: string) => ({ id, source, isConfidential: false }) as NoteRow
const people = byPerson([note(1, 'Eze'), note(2, 'Moreau'), note(3, 'Eze'), note(4, 'Haddad')])
const drawn = (from: number, to: number) =>
  notesBetween(people, from, to).map(({ name, notes }) => [name, ...notes.map(({ id }) => id)])

test('a stretch of the notes keeps who they are of, and leaves out who has none in it', () => {
  expect(drawn(0, 9)).toEqual([
    ['Eze', 1, 3],
    ['Moreau', 2],
    ['Haddad', 4],
  ])
  expect(drawn(1, 3)).toEqual([
    ['Eze', 3],
    ['Moreau', 2],
  ])
  expect(drawn(3, 4)).toEqual([['Haddad', 4]])
  expect(drawn(4, 9)).toEqual([])
})

test('notes are put together by who spoke, in the order in which they come', () => {
  expect(people.map(({ name, notes }) => [name, ...notes.map(({ id }) => id)])).toEqual([
    ['Eze', 1, 3],
    ['Moreau', 2],
    ['Haddad', 4],
  ])
  expect(byPerson([])).toEqual([])
})

test('a confidential source never stands with the named one of that name', () => {
  const withheld = { ...note(5, 'Eze'), isConfidential: true }
  const both = byPerson([note(1, 'Eze'), withheld, note(6, 'Eze')])
  expect(
    both.map(({ isConfidential, notes }) => [isConfidential, ...notes.map(({ id }) => id)]),
  ).toEqual([
    [false, 1, 6],
    [true, 5],
  ])
})

test('notes are put together by the piece they were gathered for, by its slug, those for none last', () => {
  const slugs = new Map([
    [1, 'school-roof'],
    [2, 'ferry-sale'],
  ])
  const rows = [
    { ...note(1, 'Eze'), draftId: null },
    { ...note(2, 'Eze'), draftId: 1 },
    { ...note(3, 'Moreau'), draftId: 2 },
    { ...note(4, 'Haddad'), draftId: 1 },
    { ...note(5, 'Haddad'), draftId: 9 },
  ]
  expect(
    byPiece(rows, slugs).map(({ name, notes }) => [name, ...notes.map(({ id }) => id)]),
  ).toEqual([
    ['ferry-sale', 3],
    ['school-roof', 2, 4],
    ['for no piece', 1, 5],
  ])
})
