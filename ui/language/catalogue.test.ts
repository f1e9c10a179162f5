import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import keys from '../help/keys.json'
import catalogue from './catalogue.json'
import { languages } from './language.svelte'
import { readSources } from './sources'

const root = process.cwd()

const sources = readSources(root)
const page: Record<string, string> = catalogue.page
/** What stands in the catalogue by no call: what the keys do, and what languages are called. */
const labels = Object.values(keys)
  .flat()
  .map(({ label }) => label)
/** What languages are called, each in itself. */
const sameWords = ['English', 'Deutsch']
const holesOf = (words: string) => (words.match(/\{~?\w+\}/g) ?? []).sort()

test('the catalogue has all that the page says', () => {
  const said = [...sources.said.map(({ english }) => english), ...labels]
  expect([...new Set(said)].filter((english) => page[english] === undefined).sort()).toEqual([])
})

test('the page says all that the catalogue has', () => {
  const used = new Set([...sources.literals, ...labels, ...languages.map(({ words }) => words)])
  const isUsed = (english: string) =>
    used.has(english) || sources.patterns.some((pattern) => pattern.test(english))
  expect(Object.keys(page).filter((english) => !isUsed(english))).toEqual([])
})

test('each sentence is given what is put into it', () => {
  const lacking = sources.said.filter(({ english, values }) =>
    holesOf(english).some((hole) => values && !values.includes(hole.slice(1, -1))),
  )
  expect(lacking).toEqual([])
})

test.each(['page', 'core'] as const)('German has every sentence of the %s, whole', (part) => {
  const entries = Object.entries(catalogue[part])
  const odd = entries.filter(
    ([english, german]) =>
      german.trim() === '' || String(holesOf(english)) !== String(holesOf(german)),
  )
  expect(odd).toEqual([])
  expect(entries.map(([english]) => english)).toEqual(entries.map(([english]) => english).sort())
})

test('no words are shown but by way of the catalogue', () => {
  expect(sources.bare).toEqual([])
  const isKnown = (words: string) =>
    words in page || words in catalogue.core || sameWords.includes(words)
  expect(sources.listed.filter(({ words }) => !isKnown(words))).toEqual([])
})

test('the file is written as the page would write it', () => {
  const written = readFileSync(`${root}/language/catalogue.json`, 'utf8')
  expect(JSON.parse(written)).toEqual(catalogue)
  expect(written).toBe(`${JSON.stringify(catalogue, null, 2)}\n`)
})
