// Each command of the core failing, slow, and answering late after a switch of piece: no text is lost, no wrong piece is
// shown or changed, and what was asked can be asked again.
import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import App from './App.svelte'
import { backups } from './backups/backups.svelte'
import { acceptAsItStands, markCq, putWordsIn, setMarks, takeCqBack } from './check/judgement'
import { comments } from './comments/comments.svelte'
import { Comparison } from './compare/comparison.svelte'
import { Merging } from './compare/merging.svelte'
import { Suggesting } from './compare/suggesting.svelte'
import { pieces } from './desk/pieces.svelte'
import { views } from './desk/views.svelte'
import { fixtureHost } from './fixture'
import { wholeHost } from './fixture/whole'
import { boxes } from './frame/boxes.svelte'
import { house } from './frame/house.svelte'
import { doomedNote, doomedPiece, removing } from './frame/removing.svelte'
import { type Host, Refused, setHostForTest } from './host'
import { indexing } from './indexing.svelte'
import { toasts, undoLast } from './parts/toasts.svelte'
import { piece } from './piece.svelte'
import { suggestMode } from './suggest/suggest.svelte'
import { quoting } from './draft/quoting.svelte'
import { snippets } from './snippets/snippets.svelte'
import { spelling } from './spelling/spelling.svelte'
import { go } from './screen.svelte'
import { notes } from './sources/notes.svelte'
import { player } from './sources/player.svelte'
import { attempt, trouble } from './trouble.svelte'
import { houseStyle } from './style/style.svelte'
import type { DraftView, NoteView, QuoteView, SlipView } from './wire'

const WHY = 'The disk is full today.'
const side = (revisionId: number) => ({ revisionId, isNow: false, file: null })
const file = (name: string) => [{ name, bytes: btoa('Words from a file.') }]

/** The desk that is kept, behind the page's back. */
let desk: Host
let asked: string[] = []
/** The command that goes wrong, and how: refused each time, or held, the first time, until `answer`. */
let wrong: { name: string; how: 'refused' | 'held'; isMet: boolean } | null = null
let answer: () => void = () => undefined
/** A word is asked about once, so each asking has a word of its own. */
let nSuggested = 0

const host: Host = async (name, args) => {
  asked.push(name)
  if (name === wrong?.name && !wrong.isMet) {
    if (wrong.how === 'refused') throw new Refused('diskFull', WHY)
    wrong.isMet = true
    await new Promise<void>((resolve) => (answer = resolve))
  }
  return wholeHost(desk)(name, args)
}

const quote = (): QuoteView => {
  const found = piece.check?.quotes.find(({ evidence }) => evidence.length > 0)
  if (!found) throw new Error('the sample has a quote with evidence')
  return found
}
const row = () => {
  const found = pieces.rows.find(({ id }) => id === 4)
  if (!found) throw new Error('the desk has the piece')
  return found
}
const note = () => {
  const found = notes.rows.find(({ id }) => id === 13)
  if (!found) throw new Error('the desk has the note')
  return found
}
/** A comparison of the open piece, as the screen makes one. */
async function compared(): Promise<Comparison> {
  const comparison = new Comparison()
  await comparison.load()
  return comparison
}
function merging(): Merging {
  return Object.assign(new Merging(), { base: side(901), ours: side(902), theirs: side(903) })
}
/** What came back for the open piece, as the screen reads it. */
async function suggesting(): Promise<Suggesting> {
  const made = new Suggesting()
  await made.load()
  return made
}
const slip: SlipView = {
  at: [0, 4],
  words: 'whilst',
  preferred: 'while',
  why: '',
  section: 'terms',
  line: 1,
}
const returned = () => ({ name: 'x.docx', bytes: btoa('Words from a file.') })
/** The comment that somebody made on the open piece before. */
const thread = () => {
  const [found] = comments.threads
  if (!found) throw new Error('somebody said something')
  return found
}
const first = () => {
  const [found] = thread().said
  if (!found) throw new Error('somebody said something')
  return found
}
const sound = { path: '/call.wav', sizeBytes: 6, sha256: '5f1e' }
/** A note with its recording. */
const recorded = async () => (await desk('attach_recording', { id: 13, file: sound })) as NoteView
/** Plays a note; what was refused stands in the bar of the player. */
async function listening(): Promise<void> {
  await player.play(await recorded(), 0)
  if (player.trouble !== null) trouble.say(new Error(player.trouble))
}
async function remove(doomed: Parameters<typeof removing.ask>[0]): Promise<void> {
  await removing.ask(doomed)
  await removing.remove()
}

/** Export, shown anew for a format, once it says what goes out. */
async function exporting(format: string): Promise<void> {
  go('desk')
  await tick()
  go('export', { format })
  await tick()
}
async function exportingIn(format: string): Promise<void> {
  await exporting(format)
  await page.findByRole('button', { name: /^Copy/ })
}
const press = (key: string) => fireEvent.keyDown(window, { key })
/** Two files, as they are picked together. */
const dictionary = () =>
  ['x.aff', 'x.dic'].map((name) => new File(['x'], name)) as unknown as FileList

/** What an editor does that asks for the command, with piece 1 open. */
type Act = { does: () => unknown }
const acts: Record<string, Act> = {
  save_draft: { does: () => piece.flush() },
  save_elsewhere: { does: () => house.saveElsewhere() },
  open_draft: { does: () => pieces.open(3) },
  new_draft: { does: () => pieces.create() },
  check_draft: { does: () => piece.recheck() },
  find_slips: { does: () => piece.recheck() },
  find_misspellings: { does: () => piece.recheck() },
  suggest_spelling: { does: () => spelling.suggest(`teh${nSuggested++}`) },
  learn_word: { does: () => spelling.learn('blorp') },
  forget_word: { does: () => spelling.forget('blorp') },
  set_status: { does: () => attempt(() => piece.setStatus('ready')) },
  duplicate_draft: { does: () => pieces.duplicate(row()) },
  route_drafts: { does: () => pieces.move([row()], 'archive') },
  list_drafts: { does: () => pieces.read() },
  count_quotes: { does: () => pieces.read() },
  kept_views: { does: () => views.read() },
  kept_snippets: { does: () => snippets.read() },
  keep_snippets: { does: () => snippets.keep('[bio]\nInes Eze covers the harbour.') },
  keep_views: { does: () => views.keep('Late, with legal') },
  take_files: {
    does: () => attempt(() => pieces.take(file('new.md').map((file) => ({ file, head: null })))),
  },
  remove_draft: { does: () => attempt(() => remove(doomedPiece(row()))) },
  restore_revision: { does: () => attempt(() => house.putBefore(1, 901)) },
  list_revisions: { does: async () => trouble.say(new Error((await compared()).trouble ?? '')) },
  compare: { does: async () => trouble.say(new Error((await compared()).trouble ?? '')) },
  corrections: { does: async () => attempt((await compared()).corrections.bind(await compared())) },
  blame: { does: () => attempt(() => new Comparison().blame()) },
  name_revision: { does: () => attempt(() => new Comparison().name('to legal')) },
  take_back: {
    does: async () =>
      attempt(
        (
          (made) => () =>
            made.takeBack([0])
        )(await compared()),
      ),
  },
  merge: {
    does: async () => {
      const made = merging()
      await made.load()
      trouble.say(new Error(made.trouble ?? ''))
    },
  },
  take_merge: {
    does: async () => {
      const made = merging()
      await made.load()
      await attempt(() => made.take())
    },
  },
  list_proposals: { does: async () => trouble.say(new Error((await suggesting()).trouble ?? '')) },
  suggestions: { does: async () => trouble.say(new Error((await suggesting()).trouble ?? '')) },
  look_at_returned: { does: () => attempt(() => new Suggesting().look(returned(), null)) },
  bring_back: { does: () => attempt(() => new Suggesting().bring(returned(), null, 'IE')) },
  act_on_suggestions: {
    does: async () =>
      attempt(
        (
          (made) => () =>
            made.act([0], 'accept')
        )(await suggesting()),
      ),
  },
  bin_proposal: { does: () => attempt(() => new Suggesting().bin(1, true)) },
  quote_from_note: { does: () => quoting.put({ noteId: 13, passage: [0, 9] }) },
  put_words_in: { does: () => putWordsIn(quote()) },
  mark_marks: { does: () => setMarks(quote()) },
  set_cq: { does: () => markCq(quote(), 'heard it', 'SB') },
  clear_cq: { does: () => takeCqBack(quote()) },
  check_again: { does: () => acceptAsItStands(quote()) },
  list_notes: { does: () => notes.read() },
  open_note: { does: () => notes.select(13) },
  open_source: { does: () => notes.showSource(13) },
  redact_note: { does: () => notes.redact(true) },
  save_note: {
    does: () => {
      if (!notes.edit) notes.begin('We never agreed.')
      if (notes.edit) notes.edit.source = 'Tove Lund'
      return notes.save()
    },
  },
  bin_note: { does: () => notes.bin(13, true) },
  attach_recording: { does: () => attempt(() => notes.attach(13, sound)) },
  bin_recording: { does: async () => notes.detach(await recorded()) },
  check_recording: { does: () => listening() },
  read_recording: { does: () => listening() },
  import_notes: { does: () => notes.take(file('call.md')) },
  remove_note: { does: () => attempt(() => remove(doomedNote(note()))) },
  suggested: { does: () => suggestMode.start() },
  start_suggesting: { does: () => suggestMode.start() },
  stop_suggesting: { does: () => suggestMode.handOver() },
  list_comments: { does: () => piece.recheck() },
  add_comment: {
    does: () => {
      if (!comments.begun) comments.begin([0, 3])
      if (comments.begun) comments.begun.text = 'Says who?'
      return comments.add()
    },
  },
  reply: {
    does: () => {
      comments.replies[thread().id] = 'He does.'
      return comments.reply(thread())
    },
  },
  edit_comment: {
    does: () => {
      comments.edited = { id: thread().id, text: 'Says who, and when?' }
      return comments.edit()
    },
  },
  resolve_comment: { does: () => comments.resolve(thread()) },
  bin_comment: { does: () => comments.bin(first()) },
  set_editor: { does: () => house.setEditor('JW') },
  plain_text: { does: () => exporting('txt') },
  set_plain_text: {
    does: async () => {
      await exportingIn('txt')
      await press('w')
    },
  },
  copy_out: {
    does: async () => {
      await exportingIn('md')
      await press('c')
    },
  },
  write_changes: {
    does: () => attempt(async () => (await compared()).send('/x.docx', false, false, '', false)),
  },
  set_style: { does: () => houseStyle.keep('whilst => while') },
  write_style: { does: () => houseStyle.write() },
  read_rules: {
    does: async () => {
      houseStyle.isRulesOpen = false
      await tick()
      await houseStyle.open()
    },
  },
  except_from_style: {
    does: () => {
      houseStyle.ask(slip)
      return houseStyle.except('whilst the iron is hot')
    },
  },
  spelling: { does: () => spelling.read() },
  set_spelling: { does: () => spelling.set('en_GB', false) },
  add_dictionary: { does: () => spelling.add(dictionary()) },
  drop_dictionary: { does: () => spelling.drop('en_GB') },
  salvage: { does: () => backups.salvage() },
  list_backups: { does: () => backups.open() },
  make_backup: { does: () => backups.make() },
  preview_backup: { does: () => backups.open() },
}

/** Asked for where no piece can be switched meanwhile, in a box that holds the keys or before there is a page; these have tests of their own. */
const elsewhere =
  'desk indexing settle look_at_file import_drafts house_style set_style_on set_policy lock unlock set_passphrase set_lock_after survey restore_backup set_backup_folder backup list_events search search_history find_passages look_at_recording gate preview export export_format export_path read_pasted'.split(
    ' ',
  )

/** Here nothing can be heard, and that is told at once. */
class Silence extends EventTarget {
  paused = true
  constructor() {
    super()
    queueMicrotask(() => this.dispatchEvent(new Event('error')))
  }
  pause(): void {
    this.paused = true
  }
  removeAttribute = this.pause
}
vi.stubGlobal('Audio', Silence)

beforeEach(async () => {
  desk = fixtureHost()
  wrong = null
  answer = () => undefined
  asked = []
  setHostForTest(host)
  pieces.place = 'desk'
  go('desk')
  render(App)
  await page.findByRole('row', { name: 'ferry-sale' })
  await notes.read()
  await pieces.open(1)
  await waitFor(() => {
    expect(piece.check).not.toBeNull()
  })
  write('ONE. ')
  await piece.flush()
  await desk('add_comment', { id: 1, body: piece.body, at: [0, 4], text: 'Is that all?' })
  await piece.recheck()
  trouble.clear()
})
afterEach(async () => {
  wrong = null
  answer()
  await piece.flush()
  cleanup()
  notes.leave()
  piece.close()
  trouble.clear()
  backups.isOpen = false
  removing.doomed = null
  houseStyle.ask(undefined)
  houseStyle.isRulesOpen = spelling.isOpen = false
  player.close()
  boxes.isSearchOpen = boxes.isCommandsOpen = boxes.isKeysOpen = false
  toasts.splice(0)
  // What is still asked is nobody’s: it is never answered.
  setHostForTest(() => new Promise(() => undefined))
})

/** Types words at the beginning of the open piece. */
function write(words: string): void {
  piece.dispatch({ changes: { from: 0, insert: words }, userEvent: 'input.type' })
}
/** Lets all that is under way go on; the page waits at most a few hundred milliseconds by itself. */
const settle = (ms = 20) => new Promise((done) => setTimeout(done, ms))
async function kept(id: number): Promise<string> {
  const { body } = (await desk('open_draft', { id })) as DraftView
  return body
}
/** Does what asks for the command. What is refused is no failure of the test. */
const does = (name: string) => Promise.resolve(acts[name]?.does()).catch(() => undefined)
/** All that the page says. */
const said = () =>
  `${document.body.textContent} ${backups.why ?? ''} ${trouble.message ?? ''} ${piece.saving.why?.message ?? ''}`

test('each command of the core is asked for here, or has a reason not to be', async () => {
  const wire = await import('./wire.ts?raw')
  const table = wire.default.slice(wire.default.indexOf('export type Commands'))
  const names = [...table.matchAll(/^ {2}(\w+): \{ args/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(40)
  const known = [...Object.keys(acts), ...elsewhere]
  expect(names.filter((name) => name && !known.includes(name))).toEqual([])
})

test('how far the index is, refused, is said by nobody, and is asked again', async () => {
  wrong = { name: 'indexing', how: 'refused', isMet: false }
  const before = asked.length
  indexing.watch()
  await waitFor(() => {
    expect(asked.slice(before).filter((name) => name === 'indexing').length).toBeGreaterThan(1)
  })
  expect([indexing.progress, trouble.message]).toEqual([null, null])
})

for (const name of Object.keys(acts))
  describe(name, () => {
    test('failing, it says why, keeps every word, and can be asked again', async () => {
      wrong = { name, how: 'refused', isMet: false }
      write('MORE. ')
      await does(name)
      await waitFor(() => {
        expect(said()).toContain(WHY)
      })
      expect(piece.id).toBe(1)
      expect(piece.body.startsWith('MORE. ONE. “We')).toBe(true)
      wrong = null
      const before = asked.length
      await does(name)
      await waitFor(() => {
        expect(asked.slice(before)).toContain(name)
      })
      await piece.flush()
      expect(await kept(1)).toContain('MORE. ONE. ')
    })

    test('five seconds late, what is typed meanwhile stays, and is kept in the meantime', async () => {
      vi.useFakeTimers()
      try {
        wrong = { name, how: 'held', isMet: false }
        if (name === 'save_draft') write('EVEN. ')
        const done = does(name)
        await vi.advanceTimersByTimeAsync(200)
        expect(wrong.isMet).toBe(true)
        write('MORE. ')
        await vi.advanceTimersByTimeAsync(5000)
        if (name !== 'save_draft') expect(await kept(1)).toContain('MORE. ')
        answer()
        await done
        await vi.advanceTimersByTimeAsync(1000)
        await piece.flush()
      } finally {
        vi.useRealTimers()
      }
      expect((await kept(1)).split('MORE. ')).toHaveLength(2)
      expect(await kept(1)).toContain('ONE. ')
      if (piece.id === 1) expect(await kept(1)).toBe(piece.body)
      else expect(piece.body).not.toContain('ONE. ')
    })

    test('late, it neither shows nor changes another piece', async () => {
      wrong = { name, how: 'held', isMet: false }
      if (name === 'save_draft') write('EVEN. ')
      const done = does(name)
      await waitFor(() => {
        expect(wrong?.isMet).toBe(true)
      })
      const before = await kept(2)
      const switched = pieces.open(2)
      // The one before is saved first, so where that save is held the switch waits for it.
      if (name === 'save_draft') answer()
      await switched
      write('TWO. ')
      answer()
      await done
      await settle(200)
      expect(piece.id).toBe(2)
      expect(piece.fields.slug).toBe('school-roof')
      expect(piece.body).toBe(`TWO. ${before}`)
      if (piece.check) expect(piece.checkedBody).toBe(piece.body)
      // Taking back what was just said touches no piece it was not about.
      undoLast()
      await settle(200)
      await piece.flush()
      expect(piece.body).toBe(`TWO. ${before}`)
      expect(await kept(2)).toBe(`TWO. ${before}`)
      expect(await kept(1)).toContain('ONE. ')
      expect(await kept(1)).not.toContain('TWO. ')
    })
  })

test('a note goes on being written while it is kept, and is one note', async () => {
  const before = notes.rows.length
  notes.begin('We never agreed.')
  if (notes.edit) notes.edit.source = 'Tove Lund'
  wrong = { name: 'save_note', how: 'held', isMet: false }
  const done = notes.save()
  await settle()
  if (notes.edit) notes.edit.text += ' Not once.'
  expect(await notes.save()).toBe(false)
  answer()
  expect(await done).toBe(false)
  expect(notes.edit?.text).toBe('We never agreed. Not once.')
  expect(await notes.save()).toBe(true)
  await notes.read()
  expect(notes.rows).toHaveLength(before + 1)
  expect(notes.shown?.text).toBe('We never agreed. Not once.')
})

test('nobody asks for a piece that is gone while the list of pieces is read again', async () => {
  go('desk')
  const of: string[] = []
  setHostForTest((name, args) => {
    of.push(`${name} ${String((args as { id?: number }).id)}`)
    return host(name, args)
  })
  const doomed = row()
  pieces.selectedId = doomed.id
  await waitFor(() => {
    expect(of).toContain(`open_draft ${String(doomed.id)}`)
  })
  wrong = { name: 'count_quotes', how: 'held', isMet: false }
  void pieces.read()
  await waitFor(() => {
    expect(wrong?.isMet).toBe(true)
  })
  await removing.ask(doomedPiece(doomed))
  wrong = { name: 'list_drafts', how: 'held', isMet: false }
  const countedNow = answer
  of.length = 0
  const removed = removing.remove()
  await settle()
  countedNow()
  await settle(200)
  answer()
  await removed
  expect(of.filter((one) => / 4$/.test(one))).toEqual(['remove_draft 4'])
})

test('of two pieces asked for the last is shown, whichever comes first', async () => {
  wrong = { name: 'open_draft', how: 'held', isMet: false }
  const first = pieces.open(3)
  await settle()
  await pieces.open(2)
  answer()
  expect(await first).toBe(false)
  expect(piece.id).toBe(2)
})

test('an editor who went to another screen is left there', async () => {
  wrong = { name: 'open_draft', how: 'held', isMet: false }
  const opened = pieces.open(3)
  await settle()
  go('sources')
  answer()
  await opened
  await settle()
  expect(page.getByRole('main', { name: 'sources' })).toBeTruthy()
})

test('a piece that is long in coming can be left where it is', async () => {
  wrong = { name: 'open_draft', how: 'held', isMet: false }
  const opened = pieces.open(3)
  const stay = await page.findByRole('button', { name: 'Stay here' })
  stay.click()
  answer()
  expect(await opened).toBe(false)
  expect(piece.id).toBe(1)
  await waitFor(() => {
    expect(page.queryByRole('button', { name: 'Stay here' })).toBeNull()
  })
})
