import { say, tell } from '../language/language.svelte'
import type { RevisionRow } from '../wire'

/** One bar of the ribbon. */
export type Bar = {
  revision: RevisionRow
  /** Of the ribbon's height, 0 to 1. */
  height: number
}

/** The lowest bar: a revision that changed nothing is still there to be picked. */
const LOWEST = 0.12

/** The revisions oldest first, each as high as the root of its changed words, so that one paste does not flatten the rest. */
export function barsOf(revisions: readonly RevisionRow[]): Bar[] {
  const size = (revision: RevisionRow): number => Math.sqrt(revision.wordsIn + revision.wordsOut)
  const oldestFirst = [...revisions].reverse()
  // The first revision brings in every word; it would be the tallest of all and say nothing.
  const tallest = Math.max(1, ...oldestFirst.slice(1).map(size))
  return oldestFirst.map((revision) => ({
    revision,
    height: Math.min(1, Math.max(LOWEST, size(revision) / tallest)),
  }))
}

/** What the older side is when the screen opens: the last named revision, else the one before the newest, else the newest. */
export function firstOld(revisions: readonly RevisionRow[]): number | null {
  const named = revisions.find((revision) => revision.name !== null)
  return (named ?? revisions[1] ?? revisions[0])?.id ?? null
}

/** What stood before today began; none when there is nothing so old. */
export function sinceYesterday(
  revisions: readonly RevisionRow[],
  now: Date = new Date(),
): number | null {
  const today = new Date(now).setHours(0, 0, 0, 0)
  return revisions.find((revision) => new Date(revision.savedAt).getTime() < today)?.id ?? null
}

/** The named revision before the one given, and after the oldest the newest again; none when none has a name. */
export function olderNamed(revisions: readonly RevisionRow[], from: number | null): number | null {
  const at = revisions.findIndex((revision) => revision.id === from)
  const isNamed = (revision: RevisionRow): boolean => revision.name !== null
  return (revisions.slice(at + 1).find(isNamed) ?? revisions.find(isNamed))?.id ?? null
}

/** The name of a revision that somebody has read. */
export const readBy = (editor: string): string => (editor === '' ? 'read' : `read by ${editor}`)

/** What an editor read last, of what was kept as read. */
export function lastRead(revisions: readonly RevisionRow[], editor: string): number | null {
  return revisions.find((revision) => revision.name === readBy(editor))?.id ?? null
}

/** A revision in words: its name, or the cause it was kept for. */
export function titleOf(revision: RevisionRow): string {
  const editor = /^read by (.+)$/.exec(revision.name ?? '')?.[1]
  if (editor) return say('read by {editor}', { editor })
  return revision.name ?? tell(revision.cause)
}
