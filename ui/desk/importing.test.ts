import {
  cleanup,
  fireEvent,
  render,
  screen as page,
  waitFor,
  within,
} from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import App from '../App.svelte'
import { fixtureHost } from '../fixture'
import { type Host, Refused, setHostForTest } from '../host'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import type { Commands, DraftView } from '../wire'
import { importing } from './importing.svelte'
import { pieces } from './pieces.svelte'

const desk = { current: fixtureHost() }
let asked: { name: string; args: unknown }[] = []
/** What the core is asked for goes wrong, or waits, while this is there. */
let meddle: (name: string) => Promise<void> | undefined
const host: Host = async (name, args) => {
  asked.push({ name, args })
  await meddle(name)
  return desk.current(name, args)
}

beforeEach(async () => {
  desk.current = fixtureHost()
  asked = []
  meddle = () => undefined
  setHostForTest(host)
  pieces.place = 'desk'
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
})
afterEach(() => {
  importing.leave()
  cleanup()
  piece.close()
  trouble.clear()
  toasts.splice(0)
  localStorage.clear()
  setHostForTest(null)
})

async function drop(...files: [name: string, text: string][]): Promise<void> {
  const box = document.querySelector('input[type="file"]')
  if (!box) throw new Error('the desk takes files')
  await fireEvent.change(box, {
    target: { files: files.map(([name, text]) => new File([text], name)) },
  })
}
const box = () => page.queryByRole('dialog', { name: /^Import/ })
const shown = async () => page.findByRole('dialog', { name: /^Import/ })
const list = () => page.getByRole('listbox', { name: 'Files that came' })
const press = (on: HTMLElement, key: string) => fireEvent.keyDown(on, { key, bubbles: true })
const taken = () =>
  asked
    .filter(({ name }) => name === 'take_files')
    .flatMap(({ args }) => (args as Commands['take_files']['args']).orders)
const isListed = (slug: string) => page.findByRole('row', { name: slug })

test('a file with nothing to decide is taken at once', async () => {
  await drop(['zoning.md', 'The town drew new lots.'])
  await isListed('zoning')
  expect(box()).toBeNull()
  expect(taken().map(({ head }) => head)).toEqual([null])
})

test('a guess is shown before it is taken, and taken as it was read by one key', async () => {
  await drop(['zoning.txt', 'New lots\n\nThe town drew new lots.'])
  await shown()
  expect(page.getByLabelText<HTMLInputElement>('Hed').value).toBe('New lots')
  expect(taken()).toEqual([])
  const take = page.getByRole('button', { name: /^Take it/ })
  await waitFor(() => {
    expect(document.activeElement).toBe(take)
  })
  await fireEvent.click(take)
  await isListed('zoning')
  await waitFor(() => {
    expect(box()).toBeNull()
  })
  expect(taken().map(({ head }) => head)).toEqual([null])
})

test('a wrong guess goes back to the body, and a part is corrected in place', async () => {
  await drop(['zoning.txt', 'New lots\n\nThe town drew new lots.'])
  await shown()
  await fireEvent.click(page.getByRole('button', { name: 'No hed' }))
  expect(page.getByLabelText<HTMLInputElement>('Hed').placeholder).toBe('in the body: New lots')
  await fireEvent.click(page.getByRole('button', { name: 'As read' }))
  expect(page.getByLabelText<HTMLInputElement>('Hed').value).toBe('New lots')
  await fireEvent.click(page.getByRole('button', { name: 'No hed' }))
  await fireEvent.input(page.getByLabelText('Byline'), { target: { value: 'Ana Pires' } })
  await fireEvent.click(page.getByRole('button', { name: /^Take it/ }))
  await isListed('zoning')
  expect(taken()[0]?.head).toEqual({ hed: '', dek: '', byline: 'Ana Pires', dateline: '' })
  const { hed, body } = (await desk.current('open_draft', { id: pieces.selectedId })) as DraftView
  expect([hed, body]).toEqual(['', 'New lots\n\nThe town drew new lots.'])
})

test('of several files some are skipped by key, and one that is damaged is left out', async () => {
  await drop(
    ['almanac.md', 'High water at six.'],
    ['broken.docx', 'PK'],
    ['lossy.md', 'The map shows it.'],
    ['zoning.md', 'New lots.'],
  )
  await shown()
  const options = () =>
    within(list())
      .getAllByRole('option')
      .map((option) => [...option.children].map(({ textContent }) => textContent).join(' '))
  expect(options()).toEqual([
    'almanac.md 4 words',
    'broken.docx cannot be read',
    'lossy.md 1 warning',
    'zoning.md 2 words',
  ])
  expect(await page.findByText('broken.docx: The file is damaged.')).toBeTruthy()
  await press(list(), 'ArrowDown')
  expect(await page.findByText('lossy.md, line 3: A picture was left out.')).toBeTruthy()
  await press(list(), ' ')
  expect(options()[2]).toBe('lossy.md skipped')
  expect(page.getByText('2 files will be left out.')).toBeTruthy()
  await press(list(), 'Enter')
  await isListed('almanac')
  expect(taken().map(({ file }) => file.name)).toEqual(['almanac.md', 'zoning.md'])
})

test('where no file can be read the desk says why, and nothing is asked', async () => {
  await drop(['broken.docx', 'PK'])
  await page.findByText(/broken\.docx: The file is damaged/)
  expect(box()).toBeNull()
})

test('what is refused keeps the files and what was corrected', async () => {
  await drop(['zoning.txt', 'New lots\n\nThe town drew new lots.'])
  await shown()
  await fireEvent.input(page.getByLabelText('Hed'), { target: { value: 'More lots' } })
  meddle = (name) =>
    name === 'take_files' ? Promise.reject(new Refused('diskFull', 'The disk is full.')) : undefined
  await fireEvent.click(page.getByRole('button', { name: /^Take it/ }))
  await page.findByText('The disk is full.')
  expect(page.getByLabelText<HTMLInputElement>('Hed').value).toBe('More lots')
  meddle = () => undefined
  await fireEvent.click(page.getByRole('button', { name: /^Take it/ }))
  await isListed('zoning')
})

test('files that are long in coming are counted, and can be left', async () => {
  let go = (): void => undefined
  meddle = (name) =>
    name === 'look_at_file' ? new Promise<void>((resolve) => (go = resolve)) : undefined
  await drop(['almanac.md', 'High water.'], ['zoning.md', 'New lots.'])
  expect(await page.findByText('Reading 1 of 2 …')).toBeTruthy()
  await fireEvent.click(page.getByRole('button', { name: /^Take none/ }))
  go()
  await waitFor(() => {
    expect(box()).toBeNull()
  })
  expect(taken()).toEqual([])
  expect(asked.filter(({ name }) => name === 'look_at_file')).toHaveLength(1)
})
