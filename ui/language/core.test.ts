import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import catalogue from './catalogue.json'

/** All that stands in quote marks in the sources of the core; what is put in stands as `{}`. */
const literals = findFiles(join(process.cwd(), '../src-tauri/core')).flatMap((path) =>
  [
    ...readFileSync(path, 'utf8')
      .replaceAll(`'"'`, '')
      .matchAll(/"((?:[^"\\]|\\[^])*)"/g),
  ].map(([, words = '']) => bare(words.replace(/\\\n\s*/g, '').replaceAll('\\"', '"'))),
)
const whole = new Set(literals)
const all = literals.join('\n')

function findFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return findFiles(path)
    return entry.name.endsWith('.rs') ? [path] : []
  })
}

function bare(words: string): string {
  return words.replace(/\{[^}]*\}/g, '{}')
}

/** The core has the sentence, or, where it puts one together of several, each stretch of its words. */
function isOfCore(english: string): boolean {
  const pattern = bare(english)
  if (whole.has(pattern)) return true
  // `the {}`, with one of its own words put in.
  const last = pattern.split(' ').pop() ?? ''
  if (whole.has(last) && whole.has(`${pattern.slice(0, -last.length)}{}`)) return true
  const stretches = pattern.split('{}').map((words) => words.replace(/^[\s.]+|[\s.]+$/g, ''))
  return pattern !== '{}' && stretches.every((words) => all.includes(words))
}

test('the core says each of the sentences that are told', () => {
  expect(literals.length).toBeGreaterThan(2000)
  expect(Object.keys(catalogue.core).filter((english) => !isOfCore(english))).toEqual([])
})
