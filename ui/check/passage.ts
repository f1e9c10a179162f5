import type { Place16 } from '../wire'

/** A name put on a stretch of text; the screen draws it. Empty stretches draw nothing. */
export type Mark = {
  at: Place16
  name: string
}

/** A stretch of text with the marks that cover all of it. */
export type Run = {
  text: string
  start: number
  marks: string[]
}

/** Cuts `text[at]` where marks begin and end. The runs join to that stretch again, in order, none of them empty. */
export function runsOf(text: string, at: Place16, marks: readonly Mark[]): Run[] {
  const [start, end] = at
  const cuts = new Set([start, end])
  for (const mark of marks) for (const cut of mark.at) if (cut > start && cut < end) cuts.add(cut)
  const places = [...cuts].sort((a, b) => a - b)
  const runs: Run[] = []
  for (let i = 0; i + 1 < places.length; i++) {
    const [from, to] = [places[i] ?? start, places[i + 1] ?? end]
    const names = marks
      .filter((mark) => mark.at[0] <= from && mark.at[1] >= to)
      .map((mark) => mark.name)
    runs.push({ text: text.slice(from, to), start: from, marks: names })
  }
  return runs
}

/** Takes in the quote marks around some words, and a comma or stop before the closing one. */
export function withQuoteMarks(text: string, [from, to]: Place16): Place16 {
  const tail = /^[,.!?…]?[”"’»]/.exec(text.slice(to, to + 2))?.[0].length ?? 0
  const isOpened = /[“"‘«„]/.test(text.slice(Math.max(0, from - 1), from))
  return isOpened && tail > 0 ? [from - 1, to + tail] : [from, to]
}

/** A graf with its neighbours; an empty stretch where there is none. */
export type Surroundings = {
  before: Place16
  graf: Place16
  after: Place16
}

/** How much of a graf is drawn on each side of what it is shown for, and how much of a neighbour, in UTF-16 units. */
const REACH = 280
const NEAR_REACH = 160

/**
 * The graf (between blank lines) that holds `at`, and the ones before and after. A long one is cut near `at`, at a line's
 * end where one is near, at a word else, and has no neighbour on that side.
 */
export function surroundings(text: string, at: Place16): Surroundings {
  const graf = grafAt(text, at)
  const before = graf[0] > 0 ? grafAt(text, lastWord(text, graf[0])) : empty(0)
  const after = graf[1] < text.length ? grafAt(text, firstWord(text, graf[1])) : empty(text.length)
  const shown = cut(text, graf, at, REACH)
  const near = (of: Place16, end: number): Place16 => cut(text, of, [end, end], NEAR_REACH)
  const hasBefore = shown[0] === graf[0] && before[0] < graf[0]
  const hasAfter = shown[1] === graf[1] && after[0] >= graf[1]
  return {
    before: hasBefore ? near(before, before[1]) : empty(graf[0]),
    graf: shown,
    after: hasAfter ? near(after, after[0]) : empty(graf[1]),
  }
}

/** Whether words of the same graf stand before the stretch, and behind it: then an ellipsis is drawn. */
export function cutSides(text: string, at: Place16): { before: boolean; after: boolean } {
  return {
    before: at[0] > 0 && !/\n\s*$/.test(text.slice(Math.max(0, at[0] - 80), at[0])),
    after: at[1] < text.length && !/^[^\S\n]*(\n|$)/.test(text.slice(at[1], at[1] + 80)),
  }
}

function empty(at: number): Place16 {
  return [at, at]
}

function grafAt(text: string, at: Place16): Place16 {
  const blank = /\n[^\S\n]*\n\s*/g
  let start = 0
  // A blank line is looked for from the nearest line break that can matter, not from the top of a long piece.
  const from = text.lastIndexOf('\n\n', Math.max(0, at[0] - 1))
  blank.lastIndex = Math.max(0, from)
  for (let found = blank.exec(text); found !== null; found = blank.exec(text)) {
    if (found.index + found[0].length <= at[0]) start = found.index + found[0].length
    else if (found.index >= at[1]) return [start, found.index]
  }
  return [start, start + text.slice(start).trimEnd().length]
}

function lastWord(text: string, before: number): Place16 {
  const at = text.slice(0, before).trimEnd().length
  return [Math.max(0, at - 1), at]
}

function firstWord(text: string, after: number): Place16 {
  const at = text.length - text.slice(after).trimStart().length
  return [at, Math.min(text.length, at + 1)]
}

function cut(text: string, graf: Place16, near: Place16, reach: number): Place16 {
  const start = near[0] - reach
  const end = near[1] + reach
  return [
    start > graf[0] + reach / 2
      ? (lineStart(text, start, near[0]) ?? wordStart(text, start))
      : graf[0],
    end < graf[1] - reach / 2 ? (lineEnd(text, near[1], end) ?? wordEnd(text, end)) : graf[1],
  ]
}

/** Where the first line begins that begins between these. */
function lineStart(text: string, from: number, to: number): number | null {
  const end = text.indexOf('\n', from)
  return end >= 0 && end < to ? end + 1 : null
}

/** Where the last line ends that ends between these. */
function lineEnd(text: string, from: number, to: number): number | null {
  const end = text.lastIndexOf('\n', to)
  return end >= from ? end : null
}

/** The end of the word before the one `at` stands in. */
function wordEnd(text: string, at: number): number {
  const start = wordStart(text, at)
  return text.charAt(start - 1) === ' ' ? start - 1 : start
}

/** The nearest place at or before `at` where a word begins, if one is near; never inside a surrogate pair. */
function wordStart(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at)
  if (space > at - 40 && space >= 0) return space + 1
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at
}

/** A line of a note, cut into runs; the one with the passage says so. */
export type NoteLine = { start: number; isPassage: boolean; runs: Run[] }

/** The stretch of a note near a passage, line by line. A long note is cut at line ends, and says on which sides. */
export type NotePassage = { isCutBefore: boolean; isCutAfter: boolean; lines: NoteLine[] }

/** How much of a note is drawn on each side of its passage, in UTF-16 units: big texts stay out of the page. */
const NOTE_REACH = 4000

/** The lines of a note around a passage, the passage itself marked `passage`, what differs in it `differs`. Blank lines are left out. */
export function notePassage(
  text: string,
  at: Place16,
  differing: readonly Place16[] = [],
): NotePassage {
  const marks = [
    { at, name: 'passage' },
    ...differing.map((place) => ({ at: place, name: 'differs' })),
  ]
  const from = at[0] <= NOTE_REACH ? 0 : text.lastIndexOf('\n', at[0] - NOTE_REACH) + 1
  const near = text.indexOf('\n', at[1] + NOTE_REACH)
  const to = near < 0 ? text.length : near
  const lines: NoteLine[] = []
  let start = from
  for (const line of text.slice(from, to).split('\n')) {
    const end = start + line.length
    if (line.trim() !== '') {
      const isPassage = start < at[1] && end > at[0]
      lines.push({ start, isPassage, runs: runsOf(text, [start, end], marks) })
    }
    start = end + 1
  }
  return { isCutBefore: from > 0, isCutAfter: to < text.length, lines }
}
