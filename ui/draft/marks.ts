import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Text,
} from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { CheckView, Place16, QuoteView } from '../wire'
import { isStale, jointsOf, look } from './verdict'

/** A check that speaks of the text as it stands now. */
export const showCheck = StateEffect.define<CheckView>()

/** The quote to set off from the others; null for none. */
export const showSelected = StateEffect.define<string | null>()

/** A quote where it stands now. */
export type Mark = {
  quote: QuoteView
  /** The words with the quote marks around them; in order, never empty. */
  places: Place16[]
  mention: Place16 | null
  alarms: { place: Place16; words: string }[]
  /** After which letters a splice leaps over words of the note. */
  joints: number[]
  /** Its words changed since the check: what was said of it may no longer hold. */
  isFaded: boolean
}

/** All that is marked in a body. */
export type Marks = {
  marks: Mark[]
  furniture: Place16[]
  tks: Place16[]
  selectedKey: string | null
  decorations: DecorationSet
}

const none: Marks = {
  marks: [],
  furniture: [],
  tks: [],
  selectedKey: null,
  decorations: Decoration.none,
}

const field = StateField.define<Marks>({
  create: () => none,
  update(value, transaction) {
    let marks = value
    if (transaction.docChanged) marks = moved(marks, transaction.changes, transaction.newDoc)
    for (const effect of transaction.effects) {
      if (effect.is(showCheck)) marks = read(effect.value, transaction.newDoc, marks.selectedKey)
      if (effect.is(showSelected) && effect.value !== marks.selectedKey)
        marks = draw({ ...marks, selectedKey: effect.value }, transaction.newDoc)
    }
    return marks
  },
  provide: (self) => EditorView.decorations.from(self, (value) => value.decorations),
})

/** The marks of the last check: moved along with every edit, faded where their words change. */
export const marks: Extension = [field]

/** All that is marked in a state. */
export function marksOf(state: EditorState): Marks {
  return state.field(field, false) ?? none
}

/** The innermost quote at a place; none between quotes. */
export function markAt(state: EditorState, at: number): Mark | undefined {
  const hits = marksOf(state).marks.filter(({ places }) =>
    places.some(([from, to]) => from <= at && at <= to),
  )
  return hits.sort((a, b) => lengthOf(a) - lengthOf(b))[0]
}

function read(check: CheckView, doc: Text, selectedKey: string | null): Marks {
  const inside = ([from, to]: Place16) => from >= 0 && from < to && to <= doc.length
  const list = check.quotes.flatMap((quote): Mark[] => {
    const places = quote.content.filter(inside).map((place) => withMarks(place, doc))
    if (places.length === 0) return []
    const mention = quote.mention && inside(quote.mention) ? quote.mention : null
    const alarms = quote.alarms
      .filter((alarm) => inside(alarm.draft))
      .map((alarm) => ({ place: alarm.draft, words: alarm.words }))
    return [{ quote, places, mention, alarms, joints: jointsOf(quote), isFaded: false }]
  })
  const furniture = check.furniture.filter(inside)
  const tks = check.tks.filter(inside)
  return draw({ ...none, marks: list, furniture, tks, selectedKey }, doc)
}

/** Takes in the quote marks around the words, and a comma or stop before the closing one. */
function withMarks([from, to]: Place16, doc: Text): Place16 {
  const before = doc.sliceString(Math.max(0, from - 1), from)
  const after = doc.sliceString(to, Math.min(doc.length, to + 2))
  const tail = /^[,.!?…]?[”"’»]/.exec(after)?.[0].length ?? 0
  return [/[“"‘«„]/.test(before) ? from - 1 : from, to + tail]
}

function moved(value: Marks, changes: ChangeDesc, doc: Text): Marks {
  let isNewlyFaded = false
  const list = value.marks.flatMap((mark): Mark[] => {
    const places = mark.places.map((place) => map(place, changes)).filter(([from, to]) => from < to)
    if (places.length === 0) return []
    const isTouched = mark.places.some(([from, to]) => changes.touchesRange(from + 1, to - 1))
    if (isTouched && !mark.isFaded) isNewlyFaded = true
    return [
      {
        ...mark,
        places,
        mention: mark.mention && map(mark.mention, changes),
        alarms: mark.alarms.map((alarm) => ({ ...alarm, place: map(alarm.place, changes) })),
        joints: mark.joints.map((at) => changes.mapPos(at, 1)),
        isFaded: mark.isFaded || isTouched,
      },
    ]
  })
  const next = {
    ...value,
    marks: list,
    furniture: value.furniture.map((place) => map(place, changes)),
    tks: value.tks.map((place) => map(place, changes)),
    decorations: value.decorations.map(changes),
  }
  return isNewlyFaded || list.length < value.marks.length ? draw(next, doc) : next
}

function map([from, to]: Place16, changes: ChangeDesc): Place16 {
  const start = changes.mapPos(from, 1)
  return [start, Math.max(start, changes.mapPos(to, -1))]
}

/** A decoration before it is sorted in; `at` equal to `to` is a whole line's. */
type Drawn = { from: number; to: number; decoration: Decoration }

function draw(value: Marks, doc: Text): Marks {
  const drawn = [
    ...value.furniture.flatMap((place) => drawFurniture(place, doc)),
    ...value.tks.map((place) => spanOf(place, 'tk')),
    ...value.marks.flatMap((mark) => drawMark(mark, mark.quote.key === value.selectedKey)),
  ]
  drawn.sort((a, b) => a.from - b.from || a.decoration.startSide - b.decoration.startSide)
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to, decoration } of drawn) builder.add(from, to, decoration)
  return { ...value, decorations: builder.finish() }
}

function drawMark(mark: Mark, isSelected: boolean): Drawn[] {
  const { quote, places, mention, alarms, joints, isFaded } = mark
  const name = quote.verdict.replaceAll(' ', '-')
  const classes = ['quote', `quote-${name}`, `weight-${quote.weight}`]
  if (isFaded) classes.push('is-faded')
  if (isStale(quote)) classes.push('is-stale')
  if (isSelected) classes.push('is-selected')
  const told = { 'data-quote': quote.key, title: `${quote.speaker}: ${look(quote).words}` }
  const drawn = places.map((place) => spanOf(place, classes.join(' '), told))
  if (quote.verdict === 'other speaker' && mention && mention[0] < mention[1])
    drawn.push(spanOf(mention, isFaded ? 'wrong-mouth is-faded' : 'wrong-mouth'))
  if (!isFaded) drawn.push(...joints.map((at) => spanOf([at, at + 1], 'joint')))
  if (quote.form === 'unmarked') drawn.push(...cornersOf(places))
  if (!isFaded)
    for (const { place } of alarms) if (place[0] < place[1]) drawn.push(spanOf(place, 'alarmed'))
  return drawn
}

function cornersOf(places: Place16[]): Drawn[] {
  const first = places[0]
  const last = places.at(-1)
  if (!first || !last) return []
  return [
    spanOf([first[0], first[0] + 1], 'corner-open'),
    spanOf([last[1] - 1, last[1]], 'corner-close'),
  ]
}

function drawFurniture([from, to]: Place16, doc: Text): Drawn[] {
  const drawn: Drawn[] = []
  for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
    if (line.length > 0) drawn.push({ from: line.from, to: line.from, decoration: furnitureLine })
    if (line.to >= to || line.number === doc.lines) return drawn
  }
}

const furnitureLine = Decoration.line({ class: 'furniture' })

function spanOf([from, to]: Place16, classes: string, attributes?: Record<string, string>): Drawn {
  return { from, to, decoration: Decoration.mark({ class: classes, attributes }) }
}

function lengthOf(mark: Mark): number {
  return mark.places.reduce((sum, [from, to]) => sum + to - from, 0)
}
