import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixtureHost } from '../fixture'
import { type Host, setHostForTest } from '../host'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import { boxes } from './boxes.svelte'
import Search from './Search.svelte'

let asked: string[] = []

beforeEach(() => {
  const fixture = fixtureHost()
  asked = []
  const host: Host = (name, args) => {
    asked.push(name)
    return fixture(name, args)
  }
  setHostForTest(host)
  go('desk')
  boxes.isSearchOpen = true
  render(Search)
})
afterEach(() => {
  cleanup()
  boxes.isSearchOpen = false
  piece.close()
  setHostForTest(null)
})

const type = (query: string) =>
  fireEvent.input(page.getByRole('combobox'), { target: { value: query } })
const turn = () =>
  fireEvent.click(page.getByRole('checkbox', { name: 'What pieces said before, too' }))

test('former revisions are read only when they are asked for, to the end, and lead to a comparison', async () => {
  await type('pump')
  await page.findByText('Nothing on the desk holds these words.')
  expect(asked).not.toContain('search_history')
  await turn()
  const hit = await page.findByRole('option')
  expect(hit.textContent).toMatch(
    /former revision ferry-sale “to legal”, .*The pump failed twice\./,
  )
  expect(asked.filter((name) => name === 'search_history')).toHaveLength(2)
  await fireEvent.click(hit)
  await waitFor(() => {
    expect([screen.name, screen.at.revisionId, piece.id]).toEqual(['compare', 902, 1])
  })
})

test('what is found in former revisions is of the words that stand there', async () => {
  await turn()
  await type('pump')
  await page.findByRole('option')
  await type('zebra')
  await waitFor(() => {
    expect(page.queryByRole('option')).toBeNull()
  })
})
