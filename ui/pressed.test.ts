// Every button of every screen, pressed while all that it asks for is refused, and while it is held until another piece is
// open: no text is lost, no wrong piece is shown or changed, and the button does its work when it is pressed again.
import { cleanup, fireEvent, render, screen as page } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import App from './App.svelte'
import { backups } from './backups/backups.svelte'
import { comments } from './comments/comments.svelte'
import { pieces } from './desk/pieces.svelte'
import { builtIn } from './desk/view'
import { views } from './desk/views.svelte'
import { layout, tabNames } from './draft/layout.svelte'
import { fixtureHost } from './fixture'
import { wholeHost } from './fixture/whole'
import { boxes } from './frame/boxes.svelte'
import { house } from './frame/house.svelte'
import { removing } from './frame/removing.svelte'
import { type Host, Refused, setHostForTest } from './host'
import { forgetToasts } from './parts/toasts.svelte'
import { piece } from './piece.svelte'
import { go, screen, type ScreenName, screenNames } from './screen.svelte'
import { notes } from './sources/notes.svelte'
import { spelling } from './spelling/spelling.svelte'
import { houseStyle } from './style/style.svelte'
import { trouble } from './trouble.svelte'
import type { DraftView, QuoteView } from './wire'

const WHY = 'The disk is full today.'
/** The desk that is kept, behind the page's back. */
let desk: Host
let asked: string[] = []
/** What becomes of what is asked now. */
let fate: 'answered' | 'refused' | 'held' = 'answered'
const held: (() => void)[] = []

const host: Host = async (name, args) => {
  asked.push(name)
  if (fate === 'refused') throw new Refused('diskFull', WHY)
  if (fate === 'held') await new Promise<void>((answer) => held.push(answer))
  return wholeHost(desk)(name, args)
}
const settle = (ms = 40) => new Promise((done) => setTimeout(done, ms))
const kept = async (id: number) => ((await desk('open_draft', { id })) as DraftView).body

beforeEach(async () => {
  vi.stubGlobal('ClipboardItem', Object)
  desk = fixtureHost()
  fate = 'answered'
  setHostForTest(host)
  render(App)
  await page.findByRole('main')
})
afterEach(() => {
  release()
  cleanup()
  reset()
  vi.unstubAllGlobals()
  setHostForTest(() => new Promise(() => undefined))
})

/** Lets all go on that was held. */
function release(): void {
  fate = 'answered'
  for (const answer of held.splice(0)) answer()
}
function reset(): void {
  notes.leave()
  comments.drop()
  piece.close()
  trouble.clear()
  forgetToasts()
  backups.isOpen = false
  removing.doomed = null
  houseStyle.ask(undefined)
  houseStyle.isRulesOpen = spelling.isOpen = house.isEditorAsked = false
  views.asked = null
  boxes.isCommandsOpen = boxes.isSearchOpen = false
  layout.tab = 'check'
  screen.isFocused = false
}

/** A screen on a desk of its own, with piece 1 open in which something was typed that is saved. */
async function show(name: ScreenName): Promise<void> {
  release()
  reset()
  desk = fixtureHost()
  go(name === 'desk' ? 'sources' : 'desk')
  await tick()
  pieces.place = 'desk'
  await piece.open(1)
  piece.dispatch({ changes: { from: 0, insert: 'ONE. ' }, userEvent: 'input.type' })
  await piece.flush()
  await desk('add_comment', { id: 1, body: piece.body, at: [0, 4], text: 'Is that all?' })
  await piece.recheck()
  go(name)
  await page.findByRole('main', { name })
  await quiet()
  asked = []
}
/** Until nothing more is asked; the Desk reads the selected piece once one has stayed on it for a moment. */
async function quiet(): Promise<void> {
  let n = -1
  while (n !== asked.length) {
    n = asked.length
    await settle(screen.name === 'desk' ? 200 : 60)
  }
}
/** Away from what a button opened, to the screen as it was. */
async function goBack(name: ScreenName): Promise<void> {
  boxes.isCommandsOpen = boxes.isSearchOpen = false
  houseStyle.isRulesOpen = spelling.isOpen = false
  go(name === 'desk' ? 'sources' : 'desk')
  await tick()
  piece.selectQuote(null)
  layout.tab = 'check'
  views.pick(builtIn[0])
  go(name)
  await page.findByRole('main', { name })
  await quiet()
}
/** A button that leads somewhere else, or says that it was chosen, has done its work: it is pressed from where it was. */
function isThroughWith(name: ScreenName, of: string): boolean {
  const button = find(of)
  const isChosen = ['pressed', 'checked', 'selected', 'current', 'expanded'].some(
    (how) => button?.getAttribute(`aria-${how}`) === 'true',
  )
  const hasBox = document.querySelector('dialog[open]') !== null
  return !button || isChosen || hasBox || screen.name !== name
}
const nameOf = (button: HTMLElement) =>
  (button.getAttribute('aria-label') ?? button.textContent).replaceAll(/\s+/g, ' ').trim()
/** What can be pressed on the screen, each by its name, those of one name counted. */
function buttons(): [name: string, button: HTMLButtonElement][] {
  const seen: string[] = []
  return [...document.querySelectorAll<HTMLButtonElement>('.screen button')]
    .filter(({ disabled }) => !disabled)
    .map((button) => {
      const name = nameOf(button)
      seen.push(name)
      return [`${name} ${seen.filter((other) => other === name).length}`, button]
    })
}
const find = (name: string) => buttons().find(([other]) => other === name)?.[1]
async function press(name: string): Promise<string[]> {
  const button = find(name)
  if (!button) return []
  const before = asked.length
  await fireEvent.click(button)
  await settle()
  return asked.slice(before)
}
const said = () =>
  `${document.body.textContent} ${backups.why ?? ''} ${trouble.message ?? ''} ${piece.saving.why?.message ?? ''}`
/** What is asked beside the work itself, and not told where it fails. */
const aside = ['indexing', 'settle']
/** What only fills in a field beforehand, which is empty where it fails. */
const prefills = ['desk']

/** How a screen may stand, each with what brings it there. */
const scenes: Record<ScreenName, (() => unknown)[]> = {
  desk: [() => undefined, () => key('Space'), () => key('Alt+2')],
  draft: [
    () => undefined,
    ...tabNames.map((name) => () => (layout.tab = name)),
    () => {
      comments.begin([0, 4])
      layout.tab = 'comments'
    },
  ],
  check: [
    () => undefined,
    () => selectQuote(({ form }) => form === 'unmarked'),
    () => selectQuote(({ cq }) => cq !== null),
    () => selectQuote(({ stale }) => stale !== null),
  ],
  compare: [() => undefined, () => key('n'), () => key('b'), () => key('w'), () => key('i')],
  sources: [
    () => undefined,
    () => notes.select(13),
    () => {
      notes.begin('We never agreed.')
    },
    () => key('Alt+2'),
  ],
  export: [() => undefined, () => key('3')],
}
const key = (named: string) =>
  fireEvent.keyDown(window, {
    key: named === 'Space' ? ' ' : named.replace('Alt+', ''),
    altKey: named.startsWith('Alt+'),
  })
function selectQuote(is: (quote: QuoteView) => boolean): void {
  piece.selectQuote(piece.check?.quotes.find(is)?.key ?? null)
}

describe.each(screenNames)('%s', (name) => {
  test(
    'no button stays dead, loses text or shows another piece',
    { timeout: 240_000 },
    async () => {
      const wrong: string[] = []
      const pressed = new Set<string>()
      for (const scene of scenes[name]) {
        const stand = async () => {
          await show(name)
          await scene()
          await quiet()
        }
        await stand()
        const all = buttons().map(([of]) => of)
        expect(all.length).toBeGreaterThan(2)
        for (const button of all) {
          if (pressed.has(button)) continue
          pressed.add(button)
          const check = (is: boolean, words: string) => {
            if (!is) wrong.push(`${button}: ${words}`)
          }
          await stand()
          fate = 'refused'
          const first = (await press(button)).filter((each) => !aside.includes(each))
          const [wanted] = first
          check(piece.id === 1 && piece.body.startsWith('ONE. '), 'refused, another piece is shown')
          if (wanted === undefined) continue
          const isTold = said().includes(WHY) || first.every((each) => prefills.includes(each))
          check(isTold, `refused, ${first.join(' ')} is not told`)
          fate = 'answered'
          const isThrough = isThroughWith(name, button)
          const again = await press(button)
          if (isThrough && !again.includes(wanted)) {
            await goBack(name)
            await scene()
            await quiet()
            again.push(...(await press(button)))
          }
          check(again.includes(wanted), `refused once, ${wanted} is not asked again`)

          await stand()
          const other = await kept(2)
          fate = 'held'
          await press(button)
          fate = 'answered'
          piece.dispatch({ changes: { from: 0, insert: 'MORE. ' }, userEvent: 'input.type' })
          const switched = piece.open(2)
          await settle(20)
          release()
          await switched
          await settle(80)
          check(piece.id === 2 && piece.body === other, 'late, it shows or changes another piece')
          check((await kept(2)) === other, 'late, it changes another piece')
          check(/MORE\. .*ONE\. /.test(await kept(1)), 'late, it loses what was typed')
        }
      }
      expect(wrong).toEqual([])
      // So that a way to find buttons that finds none is seen.
      expect(pressed.size).toBeGreaterThan(4)
    },
  )
})
