import { fireEvent, screen as page } from '@testing-library/svelte'
import { expect, it } from 'vitest'
import { setHostForTest } from '../host'
import { toasts, undoLast } from '../parts/toasts.svelte'
import {
  asked,
  cameBack,
  host,
  open,
  press,
  returned,
  settled,
  stage,
  told,
  useStage,
} from './stage'

useStage()

/** Shows what came back. */
async function openSuggestions(): Promise<void> {
  stage.suggestions = cameBack()
  await open([])
  await press('i')
}
const rows = (): string[] => told('.changes ol .row')
const acts = (): unknown[] => asked('act_on_suggestions').map(({ changes, act }) => [act, changes])

it('lists each suggestion with its author, time and words, and how many are settled', async () => {
  await openSuggestions()
  expect(rows()[0]).toMatch(/Number, of substance may → will Ines Eze, 24 Nov 2026/)
  expect(rows()[1]).toMatch(/Rosa Haddad.*≠ both changed it: choose/)
  expect(told('.settled b')).toEqual(['0 of 3 settled'])
  expect(told('del')).toEqual(['may', 'old'])
  expect(told('ins')).toEqual(['will', 'grey', 'Not one.'])
})

it('accepts and rejects by key, goes on to the next, and shows what was settled as it stands', async () => {
  await openSuggestions()
  await press('n')
  await press('a')
  expect(rows()[0]).toMatch(/✓ accepted/)
  expect(told('.settled b')).toEqual(['1 of 3 settled'])
  expect(told('del')).toEqual(['old'])
  expect(told('.changes [aria-current="true"]')[0]).toMatch(/old → grey/)
  await press('n')
  await press('z')
  expect(acts()).toEqual([
    ['accept', [0]],
    ['reject', [2]],
  ])
  expect(told('ins')).toEqual(['grey'])
  undoLast()
  await settled()
  expect(acts().at(-1)).toEqual(['take back', [2]])
  expect(told('.settled b')).toEqual(['1 of 3 settled'])
})

it('leaves what both changed to be chosen, ours and theirs side by side', async () => {
  await openSuggestions()
  await press('A')
  expect(acts()).toEqual([['accept', [0, 1, 2]]])
  expect(toasts.at(-1)?.words).toBe(
    '2 suggestions accepted. 1 is left: the same words were changed here. Choose with 1 to 4.',
  )
  expect(told('.both .reading')).toEqual(['Ours rusty', 'Base old', 'Theirs grey'])
  await press('2')
  expect(acts().at(-1)).toEqual(['theirs', [1]])
  expect(told('.settled b')).toEqual(['3 of 3 settled'])
})

it('narrows to a class or an author, and all that are listed are settled at once', async () => {
  await openSuggestions()
  await press('n')
  await press('n')
  await press('H')
  expect(rows()).toHaveLength(2)
  await press('Z')
  expect(acts()).toEqual([['reject', [1, 2]]])
  await press('H')
  expect(rows()).toHaveLength(3)
  await press('p')
  await press('p')
  await press('C')
  expect(rows()).toHaveLength(1)
})

async function giveBack(): Promise<void> {
  const field = page.getByLabelText('A file that came back')
  Object.defineProperty(field, 'files', { value: [new File(['x'], 'ferry.docx')] })
  await fireEvent.change(field)
  await settled()
}

it('brings a file back once its base is agreed and its author named', async () => {
  await open([])
  await press('i')
  expect(page.getByText(/No file came back for this piece yet/)).toBeTruthy()
  await giveBack()
  expect(told('dialog p')[0]).toBe(
    '3 changes, 1 comment. The file tracks no changes, so all of it is compared.',
  )
  expect(page.getByText('This revision went out last.')).toBeTruthy()
  await fireEvent.change(page.getByLabelText('Made of'), { target: { value: '1' } })
  await settled()
  expect(asked('look_at_returned').map(({ baseId }) => baseId)).toEqual([null, 1])
  await fireEvent.input(page.getByLabelText(/Who made the changes/), {
    target: { value: 'Tove Lund' },
  })
  await fireEvent.submit(page.getByRole('button', { name: /Bring it back/ }))
  await settled()
  expect(asked('bring_back')[0]).toMatchObject({ baseId: 2, by: 'Tove Lund' })
  expect(rows()).toHaveLength(3)
})

it('asks nothing of a file that says who changed it: Enter brings it back', async () => {
  await open([])
  const tracked = { ...returned, isTracked: true, authors: ['Ines Eze'] }
  setHostForTest((name, args) =>
    name === 'look_at_returned' ? Promise.resolve(tracked as never) : host(name, args),
  )
  await giveBack()
  expect(document.activeElement?.textContent).toContain('Bring it back')
  await fireEvent.change(page.getByLabelText('Made of'), { target: { value: '1' } })
  page.getByLabelText('Made of').focus()
  await settled()
  expect(document.activeElement).toBe(page.getByLabelText('Made of'))
})

it('puts a file away, and brings it back again', async () => {
  await openSuggestions()
  await press('Delete')
  expect(page.getByText(/No file came back for this piece yet/)).toBeTruthy()
  undoLast()
  await settled()
  expect(asked('bin_proposal').map(({ isInBin }) => isInBin)).toEqual([true, false])
})
