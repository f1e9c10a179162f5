import { cleanup, fireEvent, render, screen as page } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { boxes } from '../frame/boxes.svelte'
import About from './About.svelte'
import parts from './parts.json'

afterEach(() => {
  boxes.isAboutOpen = false
  cleanup()
})

test('what Stet is made of is listed with licence and source, and found by any of them', async () => {
  boxes.isAboutOpen = true
  render(About)
  expect(page.getAllByRole('row')).toHaveLength(parts.length + 1)
  const field = page.getByLabelText('Name, licence or where it is from')
  expect(document.activeElement).toBe(field)
  await fireEvent.input(field, { target: { value: 'apache rusqlite' } })
  expect(page.queryAllByRole('row')).toHaveLength(1)
  await fireEvent.input(field, { target: { value: 'MIT rusqlite crates' } })
  expect(page.getAllByRole('row')[1]?.textContent).toMatch(/^rusqlite\d/)
  expect(page.getByRole('status').textContent).toBe(`1 of ${parts.length}`)
})
