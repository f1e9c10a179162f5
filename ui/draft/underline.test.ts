import { expect, test } from 'vitest'

const styles = import.meta.glob<string>(
  ['../**/*.css', '../**/*.svelte', '!../node_modules/**', '!../dist/**'],
  { query: '?raw', import: 'default', eager: true },
)

test('lines under and through words are said part by part: WebKit draws none that is said in one', () => {
  const found = Object.entries(styles).flatMap(([path, text]) =>
    [...text.matchAll(/[^-]text-decoration:\s*[\w-]+\s+[^;]+;/g)].map(
      ([line]) => `${path}: ${line}`,
    ),
  )
  expect(Object.keys(styles).length).toBeGreaterThan(40)
  expect(found).toEqual([])
})
