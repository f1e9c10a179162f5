import { redline } from './compare/sample'
import { checkOf } from './fixture/check'
import { drafts, notes, revisions, timecodesOf } from './fixture/desk'
import { answersAboutSuggesting, type Bases } from './fixture/suggest'
import type { Args, Host, Name, Reply } from './host'
import type {
  BackupView,
  CheckView,
  DraftRow,
  DraftView,
  FileIn,
  FileOrder,
  NoteRow,
  NoteView,
  Place16,
  PolicyView,
  RestoredView,
  SeenFile,
  SpellingView,
  ThreadView,
} from './wire'

const strict: PolicyView = {
  fillers: 'altered',
  falseStarts: 'altered',
  contractions: 'altered',
  grammar: 'altered',
}

type Answers = { [K in Name]?: (args: Args<K>) => Reply<K> }

/** A desk of invented pieces that lives as long as the page, for page tests and `vite dev`; never part of the built page. */
export function fixtureHost(now: () => string = () => new Date().toISOString()): Host {
  const desk: Desk = {
    drafts: drafts(),
    notes: notes(),
    nIds: 100,
    editor: 'SB',
    policy: strict,
    views: '',
    snippets: '',
    passphrase: '',
    isLocked: false,
    lockAfter: 15,
    backups: [
      backup('2026-11-23T120000Z.sqlite', '2026-11-23T12:00:00Z'),
      backup('2026-11-22T180000Z.sqlite', '2026-11-22T18:00:00Z'),
    ],
    restored: null,
    offNoteId: {},
    threads: [],
    suggesting: new Map(),
    deadlines: { 1: '2026-11-23T18:00:00Z' },
    spelling: { language: 'en_US', languages: ['en_US', 'en_GB'], readsCapitals: false, words: [] },
  }
  const answers: Answers = {
    ...answersAboutDrafts(desk, now),
    ...answersAboutNotes(desk),
    ...answersAboutComments(desk, now),
  }
  return (name, args) => {
    if (desk.isLocked && name !== 'unlock')
      return Promise.reject(
        refusal('locked', 'This desk is locked. Unlock it with its passphrase.'),
      )
    const answer = answers[name] as ((args: unknown) => unknown) | undefined
    if (!answer) return Promise.reject(refusal('bad_input', `The fixture does not answer ${name}.`))
    try {
      return Promise.resolve(structuredClone(answer(structuredClone(args))))
    } catch (cause) {
      return Promise.reject(cause as Error)
    }
  }
}

type Desk = {
  drafts: DraftView[]
  notes: (NoteView & { isInBin: boolean })[]
  nIds: number
  editor: string
  policy: PolicyView
  /** As the page keeps them. */
  views: string
  snippets: string
  /** Empty where it has none. */
  passphrase: string
  isLocked: boolean
  lockAfter: number
  backups: BackupView[]
  restored: RestoredView | null
  /** Of recordings that were taken off: the note. */
  offNoteId: Record<number, number>
  threads: (ThreadView & { draftId: number })[]
  suggesting: Bases
  /** By piece; empty where one was taken off. */
  deadlines: Record<number, string>
  spelling: SpellingView
}

function answersAboutDrafts(desk: Desk, now: () => string): Answers {
  const find = (id: number) => {
    const draft = desk.drafts.find((other) => other.id === id)
    if (!draft) throw refusal('notFound', 'There is no such piece.')
    return draft
  }
  const row = (draft: DraftView) => rowOf(draft, desk.deadlines[draft.id])
  const add = (draft: Omit<DraftView, 'id'>) => {
    const added = { ...draft, id: ++desk.nIds, changedAt: now(), version: 1 }
    desk.drafts.unshift(added)
    return added
  }
  const house = () => ({
    path: 'sample.desk',
    version: '0.1.0',
    editor: desk.editor,
    policy: desk.policy,
    readOnlyBecause: null,
    hasPassphrase: desk.passphrase !== '',
    lockAfterMin: desk.passphrase === '' || desk.lockAfter === 0 ? null : desk.lockAfter,
    nNotes: desk.notes.length,
    notices: [],
    recovered: [],
    isDamaged: false,
    backupTrouble: null,
    restored: desk.restored,
  })
  const take = (orders: FileOrder[]) => {
    const draftIds = orders.map(({ file, head }) => {
      const seen = seenOf(file)
      const back = head?.hed === '' && seen.taken.hed !== '' ? `${seen.taken.hed}\n\n` : ''
      const body = back + seen.firstWords
      return add({ ...find(1), ...(head ?? seen.head), slug: seen.slug, body }).id
    })
    return { draftIds, noteIds: [], warnings: [] }
  }
  const learned = (words: string[]) => (desk.spelling = { ...desk.spelling, words })
  const listBackups = () => ({ backups: desk.backups, folder: 'sample.desk.backups', second: null })
  return {
    ...answersAboutSuggesting(desk.suggesting, find, () => desk.editor, now),
    desk: () => house(),
    indexing: () => null,
    find_slips: () => [],
    find_misspellings: () => [],
    suggest_spelling: () => [],
    spelling: () => desk.spelling,
    set_spelling: (setting) => (desk.spelling = { ...desk.spelling, ...setting }),
    learn_word: ({ word }) => learned([...desk.spelling.words, word]),
    forget_word: ({ word }) => learned(desk.spelling.words.filter((known) => known !== word)),
    add_dictionary: ({ files }) => {
      const language = files[0]?.name.replace(/\.\w+$/, '') ?? 'en_US'
      const languages = [...desk.spelling.languages, language]
      return (desk.spelling = { ...desk.spelling, language, languages })
    },
    drop_dictionary: ({ name }) => {
      const languages = desk.spelling.languages.filter((known) => known !== name)
      return (desk.spelling = { ...desk.spelling, language: 'en_US', languages })
    },
    house_style: () => ({ text: '', shipped: '', isOn: true, nRules: 0 }),
    lock: () => (desk.isLocked = true),
    unlock: ({ passphrase }) => {
      if (passphrase !== desk.passphrase)
        throw refusal('wrongPassphrase', 'That is not the passphrase of this desk. Try again.')
      return !(desk.isLocked = false)
    },
    set_passphrase: ({ old, new: next }) => {
      if (old !== desk.passphrase)
        throw refusal('wrongPassphrase', 'That is not the passphrase this desk has now.')
      desk.passphrase = next
      return house()
    },
    set_lock_after: ({ minutes }) => {
      desk.lockAfter = minutes
      return house()
    },
    list_backups: listBackups,
    make_backup: () => {
      desk.backups.unshift(backup('new.sqlite', now()))
      return true
    },
    survey: () => ({
      faults: ['Piece “school-roof” does not fit its seal.'],
      whole: desk.drafts.map(({ slug }) => slug).filter((slug) => slug !== 'school-roof'),
      harmed: ['school-roof'],
      nNotesWhole: desk.notes.length,
      nNotesHarmed: 0,
    }),
    salvage: () => {
      desk.backups.unshift({ ...backup('salvaged', now()), kind: 'salvaged' })
      return {
        name: 'salvaged',
        path: 'sample.desk.salvaged',
        nDrafts: 7,
        nRevisions: 11,
        nNotes: 3,
        nLost: 1,
        warnings: ['Piece “school-roof” was brought over as its last revision has it.'],
      }
    },
    preview_backup: ({ name }) => ({
      hereAlone: name.startsWith('2026-11-22') ? ['school-roof'] : [],
      thereAlone: [],
      changed: [{ slug: 'ferry-sale', nWordsHere: 142, nWordsThere: 138 }],
      nNotesHere: 3,
      nNotesThere: 3,
      nNotesChanged: 0,
    }),
    restore_backup: ({ name }) => {
      const { madeAt } = desk.backups.find((other) => other.name === name) ?? { madeAt: now() }
      desk.restored = { madeAt, setAside: 'set-aside' }
      desk.backups.unshift({ ...backup('set-aside', now()), kind: 'setAside' })
      return house()
    },
    set_editor: ({ editor }) => {
      desk.editor = editor
      return house()
    },
    kept_views: () => desk.views,
    keep_views: ({ text }) => (desk.views = text),
    kept_snippets: () => desk.snippets,
    keep_snippets: ({ text }) => (desk.snippets = text),
    set_policy: ({ policy }) => {
      desk.policy = policy
      return house()
    },
    count_quotes: ({ ids }) => desk.drafts.filter(({ id }) => ids.includes(id)).map(row),
    list_drafts: ({ place }) =>
      desk.drafts
        .filter((draft) => draft.place === place)
        .map((draft) => ({ ...row(draft), counts: null })),
    new_draft: () =>
      add({
        ...find(1),
        slug: 'untitled',
        hed: '',
        dek: '',
        byline: '',
        dateline: '',
        body: '',
        status: 'draft',
        targetWords: null,
      }),
    open_draft: ({ id }) => find(id),
    save_draft: ({ edit }) => {
      const draft = find(edit.id)
      if (draft.version !== edit.version)
        throw refusal('conflict', 'The piece was saved elsewhere.')
      Object.assign(draft, edit, { version: edit.version + 1, changedAt: now() })
      const { words, tks } = checkOf(draft.body)
      return {
        version: draft.version,
        savedAt: draft.changedAt,
        words,
        tks: tks.length,
        slug: draft.slug,
      }
    },
    duplicate_draft: ({ id }) => add({ ...find(id), slug: `${find(id).slug}-2` }),
    set_status: ({ id, status }) => row(Object.assign(find(id), { status })),
    route_drafts: ({ orders }) => {
      for (const { id } of orders) find(id)
      return orders.map(({ id, status, place, deadline, targetWords }) => {
        const draft = find(id)
        if (status !== null) draft.status = status
        if (place !== null) draft.place = place
        if (deadline !== null) desk.deadlines[id] = deadline
        if (targetWords !== null) draft.targetWords = targetWords || null
        return row(draft)
      })
    },
    remove_draft: ({ id }) => {
      desk.drafts = desk.drafts.filter((draft) => draft.id !== id)
      return { nPast: 0, nCopies: 0, left: [] }
    },
    list_events: ({ id }) =>
      id === 1
        ? [
            { at: find(1).changedAt, words: '1 quote, 1 number and 6 others changed', by: 'SB' },
            { at: '2026-11-23T12:20:00Z', words: 'note from Rosa Haddad added', by: 'SB' },
            { at: '2026-11-19T18:02:00Z', words: 'sent to legal', by: 'SB' },
          ]
        : [],
    check_draft: ({ id, body }) => checkOf(body, find(id).slug),
    find_passages: ({ id, query }) =>
      desk.notes
        .filter((note) => !note.isInBin && (query !== '' || note.draftId === id))
        .flatMap((note) =>
          note.text.includes(query)
            ? [{ note: noteRowOf(note), words: note.text, marks: [], at: [0, note.text.length] }]
            : [],
        ),
    quote_from_note: ({ at, noteId, passage: [from, to] }) => {
      const note = desk.notes.find(({ id }) => id === noteId)
      if (note?.terms === 'off the record')
        throw refusal('badInput', 'These words are off the record: they cannot be quoted.')
      const insert = `“${note?.text.slice(from, to)},” said ${note?.source}.`
      return { edit: { at, insert }, told: [] }
    },
    put_words_in: ({ body, key }) => {
      const quote = checkOf(body).quotes.find((other) => other.key === key)
      const at = quote?.content[0]
      return at ? [{ at, insert: quote.evidence[0]?.words ?? '' }] : []
    },
    mark_marks: ({ body, key }) => {
      const at = checkOf(body).quotes.find((other) => other.key === key)?.content[0]
      return at
        ? [
            { at: [at[0], at[0]], insert: '“' },
            { at: [at[1], at[1]], insert: '”' },
          ]
        : []
    },
    set_cq: ({ id, body, key, reason, by }) => {
      const check = checkOf(body, find(id).slug)
      const quote = check.quotes.find((other) => other.key === key)
      if (quote)
        Object.assign(quote, { cq: { by: by || 'SB', reason, at: now() }, needsEditor: false })
      return check
    },
    clear_cq: ({ id, body }) => checkOf(body, find(id).slug),
    check_again: ({ id, body }) => checkOf(body, find(id).slug),
    list_revisions: () => revisions(),
    compare: () => redline([], []),
    list_proposals: () => [],
    look_at_file: ({ file }) => seenOf(file),
    import_drafts: ({ files }) => take(files.map((file) => ({ file, head: null }))),
    take_files: ({ orders }) => take(orders),
  }
}

function answersAboutNotes(desk: Desk): Answers {
  const find = (id: number) => {
    const note = desk.notes.find((other) => other.id === id)
    if (!note) throw refusal('not_found', 'There is no such note.')
    return note
  }
  return {
    list_notes: () =>
      desk.notes
        .map(noteRowOf)
        .sort((a, b) => a.source.localeCompare(b.source) || a.saidAt.localeCompare(b.saidAt)),
    open_note: ({ id }) => find(id),
    open_source: ({ noteId }) => {
      const { source, isConfidential } = find(noteId)
      const theirs = desk.notes.filter(
        (note) => note.source === source && note.isConfidential === isConfidential && !note.isInBin,
      )
      const pieces = desk.drafts.map(({ id, slug, body }) => ({
        draftId: id,
        slug,
        quotes: checkOf(body)
          .quotes.filter(({ evidence }) => theirs.some((note) => note.id === evidence[0]?.noteId))
          .map((quote) => ({
            sentence: quote.text,
            marks: [[0, quote.text.length] as Place16],
            quote,
          })),
      }))
      return {
        notes: theirs.map((note) => ({ note: noteRowOf(note), text: note.text })),
        pieces: pieces.filter(({ quotes }) => quotes.length > 0),
        nLeft: 0,
      }
    },
    redact_note: ({ id }) => {
      const note = find(id)
      return {
        line: [
          note.isConfidential ? 'confidential source' : note.source,
          note.kind,
          note.terms,
        ].join(', '),
        kept: [{ part: 'file name', words: note.name }],
        blanked:
          note.terms === 'off the record' ? [{ at: [0, note.text.length], why: note.terms }] : [],
      }
    },
    save_note: ({ edit }) => {
      if (!edit.source.trim())
        throw refusal('bad_input', 'A note needs a source: say who spoke or wrote.')
      if (edit.id !== null) return Object.assign(find(edit.id), edit, { id: edit.id })
      const timecodes = timecodesOf(edit.text)
      const note = { ...edit, timecodes, recording: null, id: ++desk.nIds, isInBin: false }
      desk.notes.push(note)
      return note
    },
    bin_note: ({ id, isInBin }) => noteRowOf(Object.assign(find(id), { isInBin })),
    remove_note: ({ id }) => {
      desk.notes = desk.notes.filter((note) => note.id !== id)
      return { nPast: 0, nCopies: 0, left: [] }
    },
    look_at_recording: ({ path }) => {
      if (!path.startsWith('/')) throw refusal('badInput', 'There is no file there.')
      return { path, sizeBytes: 6, sha256: '5f1e' }
    },
    attach_recording: ({ id, file: { path, sizeBytes } }) => {
      const name = path.replace(/.*\//, '')
      return Object.assign(find(id), { recording: { id: ++desk.nIds, name, sizeBytes } })
    },
    bin_recording: ({ recordingId, isInBin }) => {
      const note = desk.notes.find(({ id }) => id === desk.offNoteId[recordingId])
      const held = note ?? desk.notes.find(({ recording }) => recording?.id === recordingId)
      if (!held) throw refusal('notFound', 'There is no such recording on this desk.')
      desk.offNoteId[recordingId] = held.id
      const recording = { id: recordingId, name: 'call.wav', sizeBytes: 6 }
      return Object.assign(held, { recording: isInBin ? null : recording })
    },
    check_recording: () => 'audio/wav',
    read_recording: ({ startByte }) => btoa('RIFFxx'.slice(startByte, startByte + 4)),
    import_notes: ({ files, draftId }) => {
      const noteIds = files.map((file) => {
        const id = ++desk.nIds
        desk.notes.push({
          ...emptyNote,
          id,
          name: file.name,
          source: 'unknown',
          text: textOf(file.bytes),
          draftId,
          isInBin: false,
        })
        return id
      })
      const warnings = files.map(
        (file) => `${file.name} has no front matter; kept as text, line 1.`,
      )
      return { draftIds: [], noteIds, warnings }
    },
    search_history: ({ query, below }) => {
      if (below === null) return { hits: [], below: 1 }
      const sentence = 'The pump failed twice.'
      const at = sentence.toLowerCase().indexOf(query.toLowerCase())
      const hit = {
        ...emptyHit,
        kind: 'revision',
        id: 1,
        title: 'ferry-sale',
        name: 'to legal',
        madeAt: '2026-11-20T09:00:00Z',
        revisionId: 902,
        sentence,
        marks: [[at, at + query.length] as Place16],
      }
      return { hits: at < 0 ? [] : [hit], below: null }
    },
    search: ({ query }) => {
      const word = query.toLowerCase().replaceAll('"', '').trim()
      if (!word) return []
      const texts = [
        ...desk.drafts.map(({ id, slug, body }) => ({
          kind: 'draft',
          id,
          title: slug,
          text: body,
        })),
        ...desk.notes.map(({ id, source, saidAt, text }) => ({
          kind: 'note',
          id,
          title: `${source}, ${saidAt}`,
          text,
        })),
      ]
      return texts.flatMap(({ kind, id, title, text }) => {
        const at = text.toLowerCase().indexOf(word)
        if (at < 0) return []
        const start = Math.max(text.lastIndexOf('. ', at) + 1, text.lastIndexOf('\n', at) + 1)
        const end = [text.indexOf('. ', at) + 1, text.indexOf('\n', at), text.length].filter(
          (place) => place > at,
        )
        const sentence = text.slice(start, Math.min(...end)).trim()
        const mark = sentence.toLowerCase().indexOf(word)
        return [
          {
            ...emptyHit,
            kind,
            id,
            title,
            sentence,
            marks: [[mark, mark + word.length]] as [number, number][],
            at: [at, at + word.length] as [number, number],
          },
        ]
      })
    },
  }
}

function answersAboutComments(desk: Desk, now: () => string): Answers {
  const say = (text: string) => {
    if (!text.trim()) throw refusal('bad_input', 'Nothing is said. Write a comment first.')
    return { id: ++desk.nIds, by: desk.editor, at: now(), isEdited: false, text }
  }
  const of = (id: number) => {
    const found = desk.threads.find(({ said }) => said.some((comment) => comment.id === id))
    if (!found) throw refusal('not_found', 'There is no such comment.')
    return found
  }
  const list = (draftId: number, body: string): ThreadView[] =>
    desk.threads
      .filter((thread) => thread.draftId === draftId && thread.said.length > 0)
      .map(({ draftId: _, ...thread }) => {
        const from = body.indexOf(thread.words)
        return { ...thread, at: from < 0 ? null : [from, from + thread.words.length] }
      })
  return {
    list_comments: ({ id, body }) => list(id, body),
    add_comment: ({ id, body, at, text }) => {
      const first = say(text)
      const words = body.slice(...at)
      desk.threads.push({
        id: first.id,
        draftId: id,
        words,
        at,
        said: [first],
        resolvedBy: null,
        resolvedAt: null,
      })
      return list(id, body)
    },
    reply: ({ commentId, body, text }) => {
      const thread = of(commentId)
      thread.said.push(say(text))
      return list(thread.draftId, body)
    },
    edit_comment: ({ commentId, body, text }) => {
      const thread = of(commentId)
      const said = thread.said.find(({ id }) => id === commentId)
      Object.assign(said ?? {}, { text, isEdited: true })
      return list(thread.draftId, body)
    },
    resolve_comment: ({ commentId, body, isResolved }) => {
      const thread = of(commentId)
      thread.resolvedBy = isResolved ? desk.editor : null
      thread.resolvedAt = isResolved ? now() : null
      return list(thread.draftId, body)
    },
    bin_comment: ({ commentId, body }) => {
      const thread = of(commentId)
      const isFirst = thread.said[0]?.id === commentId
      thread.said = isFirst ? [] : thread.said.filter(({ id }) => id !== commentId)
      return list(thread.draftId, body)
    },
  }
}

function backup(name: string, madeAt: string): BackupView {
  return { name, madeAt, sizeBytes: 184_320, kind: 'backup' }
}

const emptyHit = { by: '', name: '', madeAt: null, revisionId: null, at: null }

const emptyNote = {
  name: '',
  kind: 'document',
  place: '',
  saidAt: '',
  terms: 'on the record',
  termsWords: '',
  embargo: null,
  isConfidential: false,
  aliases: [],
  timecodes: [],
  recording: null,
}

function rowOf(draft: DraftView, deadline = ''): DraftRow {
  const check: CheckView = checkOf(draft.body)
  return {
    id: draft.id,
    slug: draft.slug,
    hed: draft.hed,
    status: draft.status,
    place: draft.place,
    words: check.words,
    targetWords: draft.targetWords,
    counts: check.counts,
    embargo: draft.slug === 'budget-explainer' ? '2026-11-23T18:00:00Z' : null,
    deadline: deadline || null,
    last: { at: draft.changedAt, words: `status now ${draft.status}`, by: 'SB' },
    byline: draft.byline,
    changedAt: draft.changedAt,
    firstWords: draft.body.slice(0, 240),
  }
}

function noteRowOf({
  text,
  aliases: _,
  timecodes: __,
  recording: ___,
  ...note
}: Desk['notes'][number]): NoteRow {
  const words = text.split(/\s+/).filter(Boolean).length
  return { ...note, words, isEmbargoed: note.embargo !== null }
}

/** What a file would bring: the first line of a .txt is a guess at its hed, and one named broken cannot be read. */
function seenOf({ name, bytes }: FileIn): SeenFile {
  if (name.startsWith('broken')) throw refusal('badInput', `${name}: The file is damaged.`)
  const [, first = '', rest = ''] = name.endsWith('.txt')
    ? (/^(.*)\n+([^]*)$/.exec(textOf(bytes)) ?? ['', '', textOf(bytes)])
    : ['', '', textOf(bytes)]
  const head = { hed: first, dek: '', byline: '', dateline: '' }
  return {
    slug: name.replace(/\.\w+$/, ''),
    head,
    taken: head,
    firstWords: rest,
    nWords: checkOf(rest).words,
    furniture: [],
    warnings: name.startsWith('lossy') ? [`${name}, line 3: A picture was left out.`] : [],
    isSure: first === '' && !name.startsWith('lossy'),
  }
}

function textOf(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
