import { fireEvent, render, screen as page } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { ferrySale, useWindow } from '../fixture/window'
import { setHostForTest } from '../host'
import { piece } from '../piece.svelte'
import { go, screen } from '../screen.svelte'
import type { CheckView, QuoteView } from '../wire'
import Check from './Check.svelte'
import { alarm, checked, evidence, note, quote } from './sample'

const BODY = 'Nobody came.\n\n“We will sell it by spring,” Ines Eze said.\n\nHe stated: I know it.'
const NOTE = 'Look, it is old.\nIf the board agrees we may sell it, by the spring.\nNobody offered.'

/** Where words stand in the body. */
const at = (words: string): [number, number] => {
  const start = BODY.indexOf(words)
  return [start, start + words.length]
}

const altered = quote({
  key: 'altered',
  content: [at('We will sell it by spring')],
  verdict: 'altered',
  weight: 'wrong',
  needsEditor: true,
  alarms: [{ ...alarm('may lost'), note: [40, 43] }],
  evidence: [evidence({ at: [37, 67] }), evidence({ noteId: 8, source: 'Rosa Haddad' })],
  changes: [{ kind: 'word', draft: at('will'), note: [40, 43], isPassed: false }],
  aligned: [
    { draft: 'We', note: 'we', kind: 'folded' },
    { draft: 'will', note: 'may', kind: 'word' },
    { draft: 'sell', note: 'sell', kind: 'same' },
  ],
  folded: 'case',
})
const unmarked = quote({
  key: 'unmarked',
  content: [at('I know it')],
  text: 'I know it',
  form: 'unmarked',
  speaker: 'Lars Moreau',
  verdict: 'not found',
  weight: 'open',
  needsEditor: true,
})
const right = quote({ key: 'right', content: [[0, 6]], text: 'Nobody', speaker: 'Rosa Haddad' })

const draft = ferrySale(BODY)

let calls: { name: string; args: Record<string, unknown> }[] = []
let answer: CheckView

/** Answers as the core would, and writes down what it was asked. */
function host(name: string, args: unknown): Promise<unknown> {
  calls.push({ name, args: args as Record<string, unknown> })
  const answers: Record<string, unknown> = {
    check_draft: answer,
    set_cq: answer,
    clear_cq: answer,
    check_again: answer,
    open_note: note({ text: NOTE }),
    put_words_in: [{ at: at('will'), insert: 'may' }],
    mark_marks: [
      { at: [at('I know')[0], at('I know')[0]], insert: '“' },
      { at: [at('I know it.')[1], at('I know it.')[1]], insert: '”' },
    ],
    desk: {
      editor: 'SB',
      policy: {
        fillers: 'altered',
        falseStarts: 'altered',
        contractions: 'altered',
        grammar: 'altered',
      },
    },
    set_policy: { editor: 'SB' },
    save_draft: { version: 2, savedAt: '2026-11-23T14:03:00Z', words: 9, tks: 0, slug: '' },
  }
  return name in answers ? Promise.resolve(answers[name]) : Promise.reject(new Error(name))
}

/** Opens the piece with these quotes and shows the screen. */
async function open(quotes: QuoteView[]): Promise<void> {
  answer = checked(quotes)
  piece.show(draft)
  go('check')
  render(Check)
  await settled()
}
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0))
async function press(key: string): Promise<void> {
  await fireEvent.keyDown(window, { key })
  await settled()
}
const asked = (name: string): Record<string, unknown>[] =>
  calls.filter((each) => each.name === name).map((each) => each.args)
const told = (selector: string): (string | null)[] =>
  [...document.querySelectorAll(selector)].map((each) => each.textContent)
const rows = (): (string | undefined)[] =>
  page
    .getAllByRole('button')
    .filter((button) => button.hasAttribute('aria-current'))
    .map((button) => button.querySelector('b')?.textContent)

useWindow(host, () => {
  calls = []
})

describe('the Check screen', () => {
  it('lists the worst first, counts what the core counted, and begins at the top', async () => {
    await open([right, unmarked, altered])
    expect(rows()).toEqual(['Ines Eze', 'Lars Moreau', 'Rosa Haddad'])
    expect(page.getByText('3 quotes').parentElement?.textContent).toMatch(
      /1 wrong\s*1 open\s*1 right/,
    )
    expect(piece.selectedKey).toBe('altered')
  })

  it('shows the alarm in words, what was folded, and the note at its passage', async () => {
    await open([altered])
    expect(page.getAllByText('may lost').length).toBeGreaterThan(0)
    expect(page.getByText('Folded: case.')).toBeTruthy()
    expect(told('mark.passage').join('')).toBe('we may sell it, by the spring.')
    expect(told('mark.differs')).toEqual(['may'])
    expect(page.getByText(/Also in/)).toBeTruthy()
  })

  it('says what form the speech has, who is meant and why, and which rule found it', async () => {
    const cue = { cueWords: 'He stated:', rule: 'cue before a colon', form: 'unmarked' }
    const resolvedBy = '“He” stands for John Schulman, graf 3.'
    await open([quote({ key: 'found', ...cue, resolvedBy, stance: 'negated', isUnnamed: true })])
    expect(told('.found')[0]?.trim().replace(/\s+/g, ' ')).toBe(
      'unmarked · negated · “He” stands for John Schulman, graf 3 · unnamed · found by “He stated:”: cue before a colon',
    )
    await open([quote({ key: 'plain' })])
    expect(told('.found').at(-1)?.trim()).toBe(
      'direct · “Ines Eze” named here · found by quote, comma, name, told',
    )
  })

  it('goes from passage to passage by key, round and round, and opens the one that is shown', async () => {
    await open([altered])
    const source = () => told('.evidence .source').join('').trim()
    expect(source()).toBe('Ines Eze')
    await press('n')
    expect(source()).toBe('Rosa Haddad')
    expect(page.getByText(/^\s*Ines Eze, call, telephone/)).toBeTruthy()
    await press('o')
    expect(screen.at).toMatchObject({ noteId: 8 })
    go('check')
    await press('n')
    expect(source()).toBe('Ines Eze')
  })

  it('says how many are settled, in words and as a bar', async () => {
    await open([right, unmarked, altered])
    expect(told('.settled b').map((words) => words?.trim())).toEqual(['1 of 3 settled'])
    const bar = page.getByRole<HTMLProgressElement>('progressbar', { name: 'Quotes settled' })
    expect([bar.value, bar.max]).toEqual([1, 3])
  })

  it('leads to the sheet that is printed, by key and by button', async () => {
    await open([altered])
    await press('P')
    expect([screen.name, screen.at]).toEqual(['export', { format: 'proof-pdf' }])
    go('check')
    await fireEvent.click(page.getByRole('button', { name: /^The sheet to print/ }))
    expect([screen.name, screen.at]).toEqual(['export', { format: 'proof-pdf' }])
  })

  it('says in words when it is in doubt who spoke', async () => {
    const doubt = 'The words may be Ines Eze’s or Tomas Eze’s.'
    await open([quote({ key: 'doubted', doubt, needsEditor: true })])
    expect(page.getByText(doubt)).toBeTruthy()
    expect(page.getByText(/who spoke is in doubt/)).toBeTruthy()
  })

  it('says in a sentence what the terms have against the use', async () => {
    const termsWhy = 'This was said off the record.'
    await open([quote({ key: 'barred', terms: 'off the record', isTermsOk: false, termsWhy })])
    expect(page.getByText(termsWhy)).toBeTruthy()
  })

  it('lists what the policy let pass, and changes the policy with p', async () => {
    const passed = ['filler “um”, counted as trimmed']
    await open([quote({ key: 'tidied', verdict: 'trimmed', passed })])
    expect(page.getByText('Let pass: filler “um”, counted as trimmed.')).toBeTruthy()
    expect(page.getByText(/policy: strict/)).toBeTruthy()
    await press('p')
    const fillers = await page.findByLabelText('Fillers left out')
    await fireEvent.change(fillers, { target: { value: 'trimmed' } })
    await fireEvent.submit(fillers.closest('form') as HTMLFormElement)
    await settled()
    expect(asked('set_policy')[0]).toMatchObject({ policy: { fillers: 'trimmed' } })
    expect(asked('check_draft').length).toBeGreaterThan(1)
  })

  it('goes on and back with j and k, and skips what needs nobody with s', async () => {
    await open([altered, right, unmarked])
    await press('j')
    expect(piece.selectedKey).toBe('unmarked')
    await press('k')
    expect(piece.selectedKey).toBe('altered')
    await press('s')
    await press('s')
    expect(piece.selectedKey).toBe('altered')
  })

  it('puts the source’s words in with w, as a change that can be undone', async () => {
    await open([altered])
    await press('w')
    expect(asked('put_words_in')).toEqual([{ id: 1, body: BODY, key: 'altered' }])
    expect(piece.body).toContain('“We may sell it by spring,”')
    await fireEvent.keyDown(window, { key: 'z', ctrlKey: true })
    expect(piece.body).toBe(BODY)
  })

  it('sets missing marks with m, and only where they are missing', async () => {
    await open([altered, unmarked])
    await press('m')
    expect(asked('mark_marks')).toEqual([])
    await press('j')
    await press('m')
    expect(piece.body).toContain('He stated: “I know it.”')
  })

  it('marks cq only with a reason, and goes on to the next that needs an editor', async () => {
    await open([altered, unmarked])
    await press('c')
    const form = page.getByText('Mark cq').closest('form')
    if (form === null) throw new Error('the dialog has no form')
    await fireEvent.submit(form)
    expect(page.getByRole('alert').textContent).toContain('Say why')
    expect(asked('set_cq')).toEqual([])
    await fireEvent.input(page.getByLabelText('Why it is right as it stands'), {
      target: { value: 'heard the tape' },
    })
    await fireEvent.input(page.getByLabelText('Who checked it'), { target: { value: 'JW' } })
    await settled()
    await fireEvent.submit(form)
    await settled()
    expect(asked('set_cq')).toEqual([
      { id: 1, body: BODY, key: 'altered', reason: 'heard the tape', by: 'JW' },
    ])
    expect(piece.selectedKey).toBe('unmarked')
  })

  it('takes a cq back with u and accepts a stale quote with r', async () => {
    const cq = { by: 'SB', reason: 'tape', at: '2026-11-23T10:00:00Z' }
    await open([quote({ key: 'stale', cq, stale: 'the words changed', needsEditor: true })])
    expect(page.getByText('Stale: the words changed.')).toBeTruthy()
    await press('r')
    expect(asked('check_again')).toHaveLength(1)
    await press('u')
    expect(asked('clear_cq')).toHaveLength(1)
  })

  it('opens the note at the passage with o and the draft at the quote with e', async () => {
    await open([altered])
    await press('o')
    expect(screen.name).toBe('sources')
    expect(screen.at).toEqual({ noteId: 7, place: [37, 67] })
    go('check')
    await press('e')
    expect(screen.name).toBe('draft')
    expect(screen.at.quoteKey).toBe('altered')
  })

  it('keeps a confidential name blurred until it is held', async () => {
    const secret = evidence({ source: 'Rosa Haddad', isConfidential: true })
    await open([quote({ key: 'a', evidence: [secret] })])
    expect(document.body.textContent).not.toContain('Rosa Haddad')
    const veil = page.getByLabelText(/Confidential source/)
    await fireEvent.pointerDown(veil)
    expect(veil.textContent).toBe('Rosa Haddad')
    await fireEvent.pointerUp(veil)
    expect(document.body.textContent).not.toContain('Rosa Haddad')
  })

  it('says in one sentence that nobody is quoted', async () => {
    await open([])
    expect(page.getByText('Nobody is quoted in this piece.')).toBeTruthy()
  })

  it('says what could not be done when the check is refused', async () => {
    setHostForTest((name, args) =>
      name === 'check_draft' ? Promise.reject(new Error('the desk is gone')) : host(name, args),
    )
    piece.show(draft)
    go('check')
    render(Check)
    await settled()
    expect(page.getByText(/could not be checked/).textContent).toContain('The text is safe.')
  })
})
