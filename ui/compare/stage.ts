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
  RevisionRow,
} from '../wire'
import Compare from './Compare.svelte'
import { layout } from './layout.svelte'
import { redline, revision } from './sample'

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
} = { calls: [], corrections: [], view: redline([], []), blamed: [], revisions: kept }
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
      return { ...draft, body: 'Merged.', version: 2 }
    },
    take_back: () => {
      stage.revisions = [revision(5), revision(4), ...kept]
      return { ...draft, body: 'We will sell it.', version: 2 }
    },
    restore_revision: () => draft,
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
    stage.revisions = kept
    stage.blamed = [{ sentences: [{ words: 'We may sell it.', revisionId: 2 }] }]
    toasts.length = 0
    Object.assign(layout, { isAll: false, isColumns: false, order: 'substance' })
  })
}
