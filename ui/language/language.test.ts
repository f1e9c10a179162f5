import { afterEach, beforeEach, expect, test } from 'vitest'
import { clock, count, plural, saidAt, when } from '../frame/words'
import { Language, language, say, tell, tellList } from './language.svelte'

beforeEach(() => {
  localStorage.clear()
  language.choose('system')
})
afterEach(() => {
  language.choose('system')
  localStorage.clear()
})

test('another language holds at once, and so does the one before', () => {
  expect(say('Open the note')).toBe('Open the note')
  language.choose('de')
  expect(say('Open the note')).toBe('Notiz öffnen')
  language.show(document.documentElement)
  expect(document.documentElement.lang).toBe('de')
  language.choose('en')
  expect(say('Open the note')).toBe('Open the note')
})

test('what was chosen is there in the next window, and what is no language is not', () => {
  language.choose('de')
  expect(new Language().chosen).toBe('de')
  localStorage.setItem('stet-language', '{"chosen":"elvish"}')
  expect(new Language().chosen).toBe('system')
})

test('the system’s first language that Stet has is shown where none was chosen', () => {
  const own = Object.getOwnPropertyDescriptor(navigator, 'languages')
  const set = (languages: string[]) =>
    Object.defineProperty(navigator, 'languages', { value: languages, configurable: true })
  set(['fr-FR', 'de-AT', 'en-GB'])
  expect(language.shown).toBe('de')
  set(['en-GB', 'de-AT'])
  expect(language.shown).toBe('en')
  set(['fr-FR'])
  expect(language.shown).toBe('en')
  if (own) Object.defineProperty(navigator, 'languages', own)
  else Reflect.deleteProperty(navigator, 'languages')
})

test('one and many are told apart, and numbers written as they are there', () => {
  expect([plural(1, 'piece'), plural(1820, 'piece')]).toEqual(['1 piece', '1,820 pieces'])
  language.choose('de')
  expect([plural(1, 'piece'), plural(1820, 'piece')]).toEqual(['1 Stück', '1.820 Stücke'])
  expect(count(1820)).toBe('1.820')
})

test('days and times are written as they are there', () => {
  const at = new Date(2026, 10, 24, 14, 2, 11)
  const later = new Date(2026, 10, 27)
  language.choose('de')
  expect(clock(at.toISOString())).toBe('14:02:11')
  expect(when(at.toISOString(), later)).toBe('24. Nov.')
  expect(when(at.toISOString(), new Date(2026, 10, 25))).toBe('Gestern')
  expect(saidAt('2026-11-24')).toBe('24. November 2026')
})

test('what is put in stands as it is, braces and dollars too', () => {
  const source = 'A {source} $& of $1'
  expect(say('The note from {source}', { source })).toBe(`The note from ${source}`)
  language.choose('de')
  expect(say('The note from {source}', { source })).toBe(`Die Notiz von ${source}`)
})

test('a sentence of the core is told with the words in it, whatever they are', () => {
  const said = (path: string) => `There is no folder ${path}. Make it, or choose another.`
  expect(tell(said('/a'))).toBe(said('/a'))
  language.choose('de')
  expect(tell(said('/home/a. b/{path}'))).toBe(
    'Es gibt keinen Ordner /home/a. b/{path}. Ihn anlegen oder einen anderen wählen.',
  )
  expect(tell('The quote “we will” (Ines Eze) is altered: its words differ from the note’s.')).toBe(
    'Das Zitat „we will“ (Ines Eze) ist verändert: Seine Wörter sind andere als die der Notiz.',
  )
  expect(tell('exported as plain text, let pass by SB: cleared')).toBe(
    'ausgegeben als reiner Text, durchgelassen von SB: cleared',
  )
  expect(tellList('call, telephone, 10 November 2026, 14:30')).toBe(
    'call, telephone, 10. November 2026, 14:30',
  )
})

test('a sentence the catalogue does not have stays as it came', () => {
  language.choose('de')
  for (const sentence of ['The moon is full.', '', 'ferry-sale', '10 November 2026'])
    expect(tell(sentence)).toBe(sentence)
})
