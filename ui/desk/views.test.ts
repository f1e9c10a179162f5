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
import { type Host, setHostForTest } from '../host'
import { toasts, undoLast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import { trouble } from '../trouble.svelte'
import { pieces } from './pieces.svelte'
import { shown } from './shown.svelte'
import { builtIn, readViews, withOwnNames, writeViews } from './view'
import { views } from './views.svelte'

let host: Host

async function start(): Promise<void> {
  setHostForTest(host)
  pieces.place = 'desk'
  go('desk')
  render(App)
  await page.findByRole('navigation', { name: 'Views' })
  await waitFor(() => {
    expect(pieces.rows.some(({ slug }) => slug === 'ferry-sale')).toBe(true)
  })
}
function close(): void {
  cleanup()
  views.kept = []
  views.asked = null
  views.pick(builtIn[0])
  shown.order = { column: 'changed', isDown: true }
  shown.showBoard(false)
}
beforeEach(async () => {
  host = fixtureHost()
  await start()
})
afterEach(() => {
  close()
  piece.close()
  trouble.clear()
  toasts.splice(0)
  localStorage.clear()
  setHostForTest(null)
})

const press = (key: string) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true })
const list = () => page.getByRole('navigation', { name: 'Views' })
const names = () => [...list().querySelectorAll('.name')].map((name) => name.textContent)
const own = () => names().slice(builtIn.length)
const current = () => list().querySelector('[aria-current="page"]')?.textContent ?? ''
const told = () => toasts.at(-1)?.words
/** Answers the box that asks for a name. */
async function name(words: string): Promise<void> {
  const field = await page.findByLabelText('Name')
  await fireEvent.input(field, { target: { value: words } })
  await fireEvent.submit(field.closest('form') ?? field)
}
/** Answers it so that it is done: the keys are the screen’s again. */
async function done(words: string): Promise<void> {
  await name(words)
  await waitFor(() => {
    expect(document.querySelector('dialog[open]')).toBeNull()
  })
}
/** Keeps what is shown under a name, by key. */
async function keep(words: string): Promise<void> {
  await press('s')
  await done(words)
}
const kept = async () => JSON.parse(String(await host('kept_views', {}))) as unknown

test('views that come with Stet are picked by number and one after the other, and count their pieces', async () => {
  expect(names()[0]).toBe('All pieces')
  expect(current()).toContain('All pieces')
  await press('2')
  expect(shown.filter).toEqual({ text: '', status: '', only: 'due' })
  expect(current()).toMatch(/^Due today/)
  await press('v')
  expect(shown.filter.only).toBe('wrong')
  await waitFor(() => {
    expect(current()).toContain(`${shown.rows.length} here`)
  })
  await press('V')
  await press('V')
  await press('V')
  expect(current()).toContain(builtIn.at(-1)?.name)
})

test('filter, order and shape are kept under a name, as JSON one can read, and picked by key', async () => {
  shown.filter.status = 'legal'
  shown.order = { column: 'due', isDown: false }
  await press('b')
  await keep('  With   legal ')
  expect(own()).toEqual(['With legal'])
  expect(await kept()).toEqual([
    {
      name: 'With legal',
      text: '',
      status: 'legal',
      only: '',
      order: 'due',
      isDown: false,
      shape: 'board',
    },
  ])
  await press('1')
  await press('b')
  expect(shown.rows.length).toBeGreaterThan(1)
  await press(String(builtIn.length + 1))
  expect(shown.rows.map(({ slug }) => slug)).toEqual(['ferry-sale'])
  expect([shown.isBoard, shown.order.column]).toEqual([true, 'due'])
  undoLast()
  await waitFor(() => {
    expect(own()).toEqual([])
  })
})

test('a view is renamed, and no two have one name', async () => {
  await keep('Mine')
  await press('r')
  expect((await page.findByLabelText<HTMLInputElement>('Name')).value).toBe('Mine')
  await name('due TODAY')
  expect(page.getByRole('alert').textContent).toBe('There is a view of that name already.')
  await name('')
  expect(page.getByRole('alert').textContent).toBe('A view needs a name.')
  await name('x'.repeat(81))
  expect(page.getByRole('alert').textContent).toBe('A name has at most 80 letters.')
  await done('MINE')
  expect(own()).toEqual(['MINE'])
  expect(current()).toContain('MINE')
  undoLast()
  await waitFor(() => {
    expect(own()).toEqual(['Mine'])
  })
})

test('a view says when the desk is shown otherwise by now, and is replaced by that', async () => {
  await keep('Mine')
  await press('S')
  expect(told()).toBe('View “Mine” kept')
  shown.filter.text = 'ferry'
  await waitFor(() => {
    expect(current()).toContain('changed')
  })
  await press('S')
  await waitFor(() => {
    expect(told()).toBe('View “Mine” replaced')
  })
  expect(current()).not.toContain('changed')
  expect(await kept()).toMatchObject([{ name: 'Mine', text: 'ferry' }])
  undoLast()
  await waitFor(async () => {
    expect(await kept()).toMatchObject([{ name: 'Mine', text: '' }])
  })
})

test('a view is removed at once, and taken back to where it stood', async () => {
  await keep('One')
  await keep('Two')
  views.pick(views.all.find((view) => view.name === 'One'))
  await press('X')
  await waitFor(() => {
    expect(own()).toEqual(['Two'])
  })
  expect(page.queryByRole('dialog')).toBeNull()
  undoLast()
  await waitFor(() => {
    expect(own()).toEqual(['One', 'Two'])
  })
  expect(await kept()).toMatchObject([{ name: 'One' }, { name: 'Two' }])
})

test('a key pressed twice does it once, and a view may keep its name', async () => {
  await keep('Mine')
  await press('r')
  await done('Mine')
  expect(told()).toBe('View “Mine” kept')
  await press('X')
  await press('X')
  await waitFor(() => {
    expect(own()).toEqual([])
  })
  expect(toasts.filter(({ words }) => words.endsWith('removed'))).toHaveLength(1)
  undoLast()
  await waitFor(() => {
    expect(own()).toEqual(['Mine'])
  })
})

test('those that come with Stet stay as they are', async () => {
  await press('2')
  for (const key of ['r', 'S', 'X']) await press(key)
  expect(told()).toContain('those that come with Stet stay')
  expect(page.queryByRole('dialog')).toBeNull()
  expect(within(list()).queryByRole('button', { name: /Remove/ })).toBeNull()
})

test('kept views are there when Stet is started again', async () => {
  await keep('Mine')
  close()
  expect(views.kept).toEqual([])
  await start()
  await waitFor(() => {
    expect(own()).toEqual(['Mine'])
  })
})

test('a view that cannot be read is left out and said, and stays on the desk', async () => {
  const good = writeViews([{ ...shown.view, name: 'Good' }], [])
  const [view] = JSON.parse(good) as Record<string, unknown>[]
  const odd = [{ ...view, name: 'Tabled', status: 'tabled' }, { ...view, name: ' ' }, 7]
  await host('keep_views', { text: JSON.stringify([odd[0], view, ...odd.slice(1)]) })
  await views.read()
  await waitFor(() => {
    expect(own()).toEqual(['Good'])
  })
  expect(views.warning).toContain('“Tabled” (status "tabled"); one without a name')
  expect(page.getByText(/cannot be read are left out/)).toBeTruthy()
  await keep('Mine')
  expect(await kept()).toMatchObject([{ name: 'Good' }, { name: 'Mine' }, ...odd])
})

test('what is no JSON at all is kept as it is, beside what comes', async () => {
  await host('keep_views', { text: '[{ "name": "Mi' })
  await views.read()
  expect(views.warning).toContain('one without a name')
  await keep('Mine')
  expect(await kept()).toMatchObject([{ name: 'Mine' }, '[{ "name": "Mi'])
})

test('what is refused is said, and nothing is changed', async () => {
  await keep('Mine')
  const refusing =
    (command: string): Host =>
    (asked, args) =>
      asked === command ? Promise.reject(new Error('The disk is full.')) : host(asked, args)
  setHostForTest(refusing('keep_views'))
  await press('X')
  await waitFor(() => {
    expect(trouble.message).toContain('The disk is full.')
  })
  expect(own()).toEqual(['Mine'])
})

test('a view of pieces that are gone shows none, and the way back', async () => {
  shown.filter.text = 'zeppelin'
  await keep('Gone')
  expect(await page.findByText('No piece here passes the filter.')).toBeTruthy()
  await fireEvent.click(page.getByText('Show all'))
  expect(current()).toContain('All pieces')
  expect(shown.rows.length).toBeGreaterThan(1)
})

test('what the desk keeps reads back as it was, and a name that comes twice gets a number', () => {
  const mine = { ...shown.view, name: 'Mine' }
  const all = withOwnNames([mine, { ...mine, name: 'mine' }, { ...mine, name: 'All pieces' }])
  expect(all.map((view) => view.name)).toEqual(['Mine', 'mine 2', 'All pieces 2'])
  expect(readViews(writeViews(all, []))).toEqual({ views: all, unread: [], why: [] })
  expect(readViews('')).toEqual({ views: [], unread: [], why: [] })
})
