import { isolated } from '../draft/direction'
import { say, tell } from '../language/language.svelte'
import type { QuoteView } from '../wire'
import { heapOf } from './queue'

/** How a quote stands, in the few words of a row: the core's, joined. */
export type Standing = {
  /** The verdict, or *stale*. */
  verdict: string
  /** Why, or what else is to be said: *Eze said it*, *marks missing*, *cq SB*. */
  beside: string[]
}

/** The words of a row. `said by` a confidential source is told without the name. */
export function standingOf(quote: QuoteView): Standing {
  const isStale = heapOf(quote) === 'stale'
  const beside: string[] = []
  if (isStale && quote.stale !== null) beside.push(tell(quote.stale))
  const [best] = quote.evidence
  if (quote.verdict === 'other speaker' && best !== undefined)
    beside.push(
      best.isConfidential
        ? say('a confidential source said it')
        : say('{source} said it', { source: best.source }),
    )
  if (quote.doubt !== '') beside.push(say('who spoke is in doubt'))
  if (quote.form === 'unmarked') beside.push(say('marks missing'))
  if (quote.stance !== 'said') beside.push(tell(quote.stance))
  if (quote.cq !== null && !isStale) beside.push(`cq ${quote.cq.by}`.trim())
  return { verdict: tell(isStale ? 'stale' : quote.verdict), beside }
}

/** The differences that neither an alarm nor what was let pass tells, by kind: *Dropped: the. Moved: by spring.* */
export function otherChanges(
  quote: QuoteView,
  body: string,
  note: string | null,
): { kind: string; words: string[] }[] {
  const isAlarmed = (at: [number, number], alarmAt: [number, number]): boolean =>
    at[0] < alarmAt[1] && alarmAt[0] < at[1]
  const kinds = new Map<string, string[]>()
  for (const change of quote.changes) {
    if (change.kind === 'folded' || change.isPassed) continue
    const alarmed = quote.alarms.some(
      (alarm) => isAlarmed(change.draft, alarm.draft) || isAlarmed(change.note, alarm.note),
    )
    if (alarmed) continue
    const draftWords = body.slice(...change.draft).trim()
    const noteWords = (note ?? '').slice(...change.note).trim()
    const words = [noteWords, draftWords]
      .filter((each) => each !== '')
      .map((each) => isolated(shortened(each)))
      .join(' → ')
    if (words !== '') kinds.set(change.kind, [...(kinds.get(change.kind) ?? []), words])
  }
  return [...kinds].map(([kind, words]) => ({ kind, words }))
}

/** The ends of a long stretch: the words themselves stand in the note beside it. */
function shortened(words: string): string {
  const line = words.replace(/\s+/g, ' ')
  if (line.length <= 80) return line
  return `${line.slice(0, 40).replace(/\s\S*$/, '')} … ${line.slice(-30).replace(/^\S*\s/, '')}`
}
