import { fireEvent, render, screen as page } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { ferrySale, useWindow } from '../fixture/window'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import type { DraftView, EventView, ReasonView } from '../wire'
import Export from './Export.svelte'
import { sizeWords } from './formats'

const draft: DraftView = { ...ferrySale('# A graf.'), status: 'ready' }
const alarm: ReasonView = {
  kind: 'alarm',
  words: 'Ines Eze: “may” is lost.',
  quoteKey: 'eze',
  at: [0, 4],
}
const tk: ReasonView = { kind: 'tk', words: 'One TK is left.', quoteKey: null, at: [2, 4] }

let calls: { name: string; args: Record<string, unknown> }[] = []
let reasons: ReasonView[]
let events: EventView[]
/** As what the piece last went out. */
let last: string
let refusal: { code: string; message: string } | null

function host(name: string, args: unknown): Promise<unknown> {
  const given = args as Record<string, unknown>
  calls.push({ name, args: given })
  if (name === 'export' && refusal !== null) {
    const refused = refusal
    refusal = null
    return Promise.reject(refused as unknown as Error)
  }
  const isPage = given['format'] === 'html'
  const answers: Record<string, unknown> = {
    check_draft: { quotes: [], furniture: [], tks: [], counts: {}, words: 4 },
    gate: { reasons },
    preview: {
      format: given['format'],
      content: isPage ? '<h1>Ferry</h1><script>steal()</script><p>A graf.</p>' : '# Ferry\n',
      isPage,
      isPacked: false,
      fileName: isPage ? 'ferry-sale.html' : 'ferry-sale.md',
      sizeBytes: 1234,
    },
    export_format: last,
    export_path: '/home/sb/ferry-sale.md',
    desk: { editor: 'SB' },
    set_editor: { editor: given['editor'] },
    list_events: events,
    export: { path: '/home/sb/ferry-sale.md', sizeBytes: 1234 },
  }
  return name in answers ? Promise.resolve(answers[name]) : Promise.reject(new Error(name))
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5))
async function open(): Promise<void> {
  piece.show(draft)
  go('export')
  render(Export)
  await settled()
}
async function press(key: string, held: { ctrlKey?: boolean } = {}): Promise<void> {
  await fireEvent.keyDown(window, { key, ...held })
  await settled()
}
async function type(label: string, value: string): Promise<void> {
  await fireEvent.input(page.getByLabelText(label), { target: { value } })
}
const orders = (): unknown[] =>
  calls.filter((each) => each.name === 'export').map((each) => each.args['order'])
const order = (given: Record<string, unknown> = {}): unknown => ({
  draftId: 1,
  format: 'md',
  path: '/home/sb/ferry-sale.md',
  why: '',
  isOverwrite: false,
  ...given,
})

useWindow(host, () => {
  calls = []
  reasons = []
  events = []
  last = 'md'
  refusal = null
})

describe('the Export screen', () => {
  it('shows exactly what goes out, and that nothing holds it back', async () => {
    await open()
    expect(document.querySelector('pre')?.textContent).toBe('# Ferry\n')
    expect(page.getByText('Nothing holds it back.')).toBeTruthy()
    expect(page.getByText('ferry-sale.md').parentElement?.textContent).toContain('1 kB')
  })

  it('offers what the piece last went out as', async () => {
    last = 'html'
    await open()
    expect(page.getByRole<HTMLInputElement>('radio', { name: /^HTML/ }).checked).toBe(true)
    const previewed = calls.filter((each) => each.name === 'preview')
    expect(previewed.map((each) => each.args['format'])).toEqual(['html'])
  })

  it('begins with the format it was asked for, whatever the piece last went out as', async () => {
    last = 'html'
    piece.show(draft)
    go('export', { format: 'proof-pdf' })
    render(Export)
    await settled()
    const isChosen = page.getByRole<HTMLInputElement>('radio', { name: /^Proof as PDF/ }).checked
    expect(isChosen).toBe(true)
    const previewed = calls.filter((each) => each.name === 'preview')
    expect(previewed.map((each) => each.args['format'])).toEqual(['proof-pdf'])
  })

  it('sends a piece that nothing holds back, and says where it is and how big', async () => {
    await open()
    await press('Enter', { ctrlKey: true })
    expect(orders()).toEqual([order()])
    expect(page.getByText('Written: /home/sb/ferry-sale.md, 1 kB')).toBeTruthy()
  })

  it('lets nothing pass the gate without a reason', async () => {
    reasons = [alarm, tk]
    await open()
    expect(page.getByText('2 things hold it back')).toBeTruthy()
    await press('Enter', { ctrlKey: true })
    expect(orders()).toEqual([])
    expect(page.getByRole('alert').textContent).toContain('Say why it may pass')
    expect(document.activeElement).toBe(page.getByLabelText('Let it pass because'))
    await type('Let it pass because', 'legal cleared it')
    await press('Enter', { ctrlKey: true })
    expect(orders()).toEqual([order({ why: 'legal cleared it' })])
    expect(document.activeElement, 'what is pressed next is a key').toBe(document.body)
  })

  it('lets nothing pass the gate without a name', async () => {
    reasons = [alarm]
    await open()
    await type('Let it pass because', 'legal cleared it')
    await type('Who sends it out', ' ')
    await press('Enter', { ctrlKey: true })
    expect(orders()).toEqual([])
    await type('Who sends it out', 'JW')
    await press('Enter', { ctrlKey: true })
    expect(calls.find((each) => each.name === 'set_editor')?.args).toEqual({ editor: 'JW' })
    expect(orders()).toHaveLength(1)
  })

  it('goes to the quote of a reason, or to its place in the draft', async () => {
    reasons = [alarm, tk]
    await open()
    await press('g')
    expect(screen.name).toBe('check')
    expect(piece.selectedKey).toBe('eze')
    go('export')
    const [, second] = page.getAllByRole('button', { name: /^Go there/ })
    if (second !== undefined) await fireEvent.click(second)
    expect(screen.name).toBe('draft')
    expect(screen.at).toEqual({ place: [2, 4] })
  })

  it('draws a page without running any of it, and shows it as written with v', async () => {
    await open()
    await press('2')
    const drawn = document.querySelector('article')?.shadowRoot
    expect(drawn?.querySelector('h1')?.textContent).toBe('Ferry')
    expect(drawn?.querySelector('script')).toBeNull()
    expect(drawn?.textContent).not.toContain('steal')
    await press('v')
    expect(document.querySelector('pre')?.textContent).toContain('<script>steal()</script>')
  })

  it('asks before it replaces a file', async () => {
    refusal = { code: 'conflict', message: 'There is a file already.' }
    await open()
    await press('Enter', { ctrlKey: true })
    await fireEvent.keyDown(page.getByText('Replace it'), { key: 'r' })
    await settled()
    expect(orders()).toEqual([order(), order({ isOverwrite: true })])
  })

  it('shows the reasons when the gate has closed meanwhile', async () => {
    await open()
    refusal = { code: 'gate', message: 'The gate holds this piece back.' }
    reasons = [tk]
    await press('Enter', { ctrlKey: true })
    expect(page.getByText('1 thing holds it back')).toBeTruthy()
    expect(page.getByRole('alert').textContent).toBe('The gate holds this piece back.')
  })

  it('says what could not be done when it is refused', async () => {
    refusal = { code: 'badInput', message: 'There is no folder /nowhere.' }
    await open()
    await press('Enter', { ctrlKey: true })
    expect(page.getByRole('alert').textContent).toBe('There is no folder /nowhere.')
  })

  it('lists what went out before, and who let it pass', async () => {
    events = [
      {
        at: '2026-11-20T10:00:00Z',
        words: 'exported as DOCX, let pass by SB: read by legal',
        by: '',
      },
      { at: '2026-11-19T10:00:00Z', words: 'status now legal', by: 'SB' },
    ]
    await open()
    expect(page.getByText('exported as DOCX, let pass by SB: read by legal')).toBeTruthy()
    expect(page.queryByText('status now legal')).toBeNull()
  })
})

it('says a size as an editor would', () => {
  expect([1, 812, 14_300, 1_240_000].map(sizeWords)).toEqual([
    '1 byte',
    '812 bytes',
    '14 kB',
    '1.2 MB',
  ])
})
