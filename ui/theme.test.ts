import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** The files with styles, but for the one that names the scales. */
function findFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : findFiles(path)
    return /\.(svelte|css)$/.test(entry.name) && entry.name !== 'theme.css' ? [path] : []
  })
}

/** What the styles of the page say, each with file and line. */
const said = findFiles('.').flatMap((path) => {
  const text = readFileSync(path, 'utf8')
  const style = path.endsWith('.css') ? 0 : text.indexOf('<style>')
  if (style < 0) return []
  return [...text.slice(style).matchAll(/(?<name>[a-z-]+):\s*(?<value>[^;{}]+);/g)].map((each) => ({
    where: `${path}:${text.slice(0, style + each.index).split('\n').length}`,
    name: each.groups?.['name'] ?? '',
    value: each.groups?.['value'] ?? '',
  }))
})

const told = (list: typeof said) =>
  list.map(({ where, name, value }) => `${where} ${name}: ${value}`)

test('type is set by the names of theme.css, and by no size of its own', () => {
  const isSize = (value: string) => /\d(?:px|pt|rem)|var\(--px\)/.test(value)
  const sizes = said.filter(({ name, value }) => /^font(-size)?$/.test(name) && isSize(value))
  expect(said.filter(({ name }) => name === 'font').length).toBeGreaterThan(50)
  expect(told(sizes)).toEqual([])
})

test('what stands in a row or a grid stands apart by the spaces of theme.css, or by a hair', () => {
  const gaps = said.filter(({ name }) => /^(row-|column-)?gap$/.test(name))
  expect(gaps.length).toBeGreaterThan(50)
  expect(told(gaps.filter(({ value }) => /\b([4-9]|\d\d+)px/.test(value)))).toEqual([])
})
