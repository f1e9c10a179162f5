import { fireEvent, render } from '@testing-library/svelte'
import { ferrySale, useWindow } from '../fixture/window'
import { toasts } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { go } from '../screen.svelte'
import type {
  BlamedGraf,
  CarryView,
  MergeView,
  OpView,
  RedlineRow,
  RedlineView,
  ReturnedView,
  RevisionRow,
  SuggestionsView,
} from '../wire'
import Compare from './Compare.svelte'
import { layout } from './layout.svelte'
import { op, redline, revision, row, words } from './sample'

/** The piece that is open in tests of this screen. */
export const draft = ferrySale('We may sell it.')
const kept = [revision(3), revision(2, { name: 'sent to legal' }), revision(1)]

/** What the core would say, and what it was asked. */
export const stage: {
  calls: { name: string; args: Record<string, unknown> }[]
  view: RedlineView
  blamed: BlamedGraf[]
  revisions: RevisionRow[]
  corrections: string[]
  /** What came back; null where nothing did. */
  suggestions: SuggestionsView | null
} = {
  calls: [],
  corrections: [],
  view: redline([], []),
  blamed: [],
  revisions: kept,
  suggestions: null,
}
const merge: MergeView = {
  baseTitle: 'sent to legal',
  oursTitle: 'now',
  theirsTitle: 'theirs.md',
  version: 1,
  stretches: [
    ['nobody', 'We ', 'We ', 'We '],
    ['conflict', 'may', 'will', 'could'],
    ['nobody', ' sell it, said ', '', ''],
    ['theirs', 'Eze', 'Eze', 'Ines Eze'],
    ['nobody', ' on ', '', ''],
    ['conflict', 'Tuesday', 'Monday', 'Friday'],
  ].map(([by = '', base = '', ours = '', theirs = '']) => ({
    part: 'body',
    by,
    base,
    ours,
    theirs,
  })),
}

/** What a file that came back would bring. */
export const returned: ReturnedView = {
  baseId: 2,
  baseTitle: 'sent to legal',
  baseWords: 'This revision went out last.',
  isTracked: false,
  authors: [],
  changes: 3,
  comments: 1,
  warnings: [],
}

/** Three suggestions: a number by Ines Eze, wording by Rosa Haddad, and one where the desk changed the same words. */
export function cameBack(): SuggestionsView {
  const ops = [
    op('edit', { words: words(0, 'We ', '-may', '+will', ' sell it.'), change: null }),
    op('edit', { words: words(2, 'It is ', '-old', '+grey', '.'), change: null }),
    op('insert', { words: words(4, '+Not one.'), change: 4 }),
  ].map((each, at) => ({
    ...each,
    words: each.words.map((word) => ({ ...word, change: word.change === null ? null : at })),
    change: at,
  }))
  const rows = [
    row(0, 'Number', { words: 'may → will', class: 'number', isSubstance: true, change: 0 }),
    row(1, 'Prose', { words: 'old → grey', change: 1 }),
    row(2, 'Graf added', { words: 'Not one.', change: 2 }),
  ]
  const authors = ['Ines Eze', 'Rosa Haddad', 'Rosa Haddad']
  const each = authors.map((by) => ({
    authors: [{ by, at: '2026-11-24T09:00:00Z' }],
    fate: 'open',
    settled: null,
    conflicts: [],
  }))
  const conflict = { part: 'body', by: 'conflict', base: 'old', ours: 'rusty', theirs: 'grey' }
  return {
    proposal: { id: 7, cameAt: '2026-11-24T10:00:00Z', name: 'ferry.docx', by: '', isInBin: false },
    redline: redline(ops, rows),
    each: each.map((one, at) => (at === 1 ? { ...one, conflicts: [conflict] } : one)),
    open: 3,
    warnings: [],
    version: 1,
  }
}

/** Settles suggestions as the core would: what is in conflict is left when it is accepted. */
function acted({ changes, act }: { changes: number[]; act: string }): unknown {
  const shown = stage.suggestions ?? cameBack()
  let left = 0
  const each = shown.each.map((one, at) => {
    if (!changes.includes(at)) return one
    if (act === 'accept' && one.conflicts.length > 0) {
      left += 1
      return one
    }
    const fate = { accept: 'accepted', reject: 'rejected', 'take back': 'open' }[act] ?? 'accepted'
    return { ...one, fate, conflicts: [] }
  })
  const open = each.filter(({ fate }) => fate === 'open').length
  stage.suggestions = { ...shown, each, open, version: shown.version + 1 }
  const body = act === 'accept' ? 'We will sell it.' : draft.body
  return { suggestions: stage.suggestions, draft: { ...draft, body, version: 2 }, left }
}

/** Answers as the core would. */
export function host(name: string, args: unknown): Promise<unknown> {
  stage.calls.push({ name, args: args as Record<string, unknown> })
  const answers: Record<string, () => unknown> = {
    save_draft: () => ({
      version: 2,
      savedAt: draft.changedAt,
      words: 4,
      tks: 0,
      slug: draft.slug,
    }),
    check_draft: () => ({ quotes: [], furniture: [], tks: [], counts: {}, words: 4 }),
    list_revisions: () => stage.revisions,
    compare: () => stage.view,
    blame: () => stage.blamed,
    corrections: () => stage.corrections,
    merge: () => merge,
    take_merge: () => {
      stage.revisions = [revision(5), revision(4), ...kept]
      return { draft: { ...draft, body: 'Merged.', version: 2 }, beforeId: 4 }
    },
    take_back: () => {
      stage.revisions = [revision(5), revision(4), ...kept]
      return { draft: { ...draft, body: 'We will sell it.', version: 2 }, beforeId: 4 }
    },
    list_proposals: () => (stage.suggestions === null ? [] : [stage.suggestions.proposal]),
    suggestions: () => stage.suggestions,
    act_on_suggestions: () => acted(args as { changes: number[]; act: string }),
    look_at_returned: () => returned,
    bring_back: () => (stage.suggestions = cameBack()),
    bin_proposal: () => {
      stage.suggestions = null
    },
    restore_revision: () => {
      stage.revisions = [revision(5), revision(4), ...kept]
      return { draft, beforeId: 4 }
    },
    name_revision: () => revision(6, { name: 'to the copy desk' }),
  }
  const answer = answers[name]
  return answer === undefined ? Promise.reject(new Error(name)) : Promise.resolve(answer())
}

export const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 90))
/** Shows the screen with a comparison. */
export async function open(
  ops: OpView[],
  rows: RedlineRow[] = [],
  carries: CarryView[] = [],
): Promise<void> {
  stage.view = { ...redline(ops, rows), carries }
  piece.show(draft)
  go('compare')
  render(Compare)
  await settled()
}
export async function press(
  key: string,
  held: { ctrlKey?: boolean; shiftKey?: boolean } = {},
): Promise<void> {
  await fireEvent.keyDown(window, { key, ...held })
  await settled()
}
/** The arguments of each call of a command. */
export const asked = (name: string): Record<string, unknown>[] =>
  stage.calls.filter((each) => each.name === name).map((each) => each.args)
/** What stands in each element, spaces as they are seen. */
export const told = (selector: string): string[] =>
  [...document.querySelectorAll(selector)].map((each) =>
    each.textContent.replace(/\s+/g, ' ').trim(),
  )
export const side = (revisionId: number | null): unknown => ({
  revisionId,
  isNow: revisionId === null,
  file: null,
})

/** A fresh screen for each test of a file. */
export function useStage(): void {
  useWindow(host, () => {
    stage.calls = []
    stage.suggestions = null
    stage.revisions = kept
    stage.blamed = [{ sentences: [{ words: 'We may sell it.', revisionId: 2 }] }]
    toasts.length = 0
    Object.assign(layout, { isAll: false, isColumns: false, order: 'substance' })
  })
}
