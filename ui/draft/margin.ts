import type { Extension } from '@codemirror/state'
import { type EditorView, layer, type LayerMarker, ViewPlugin } from '@codemirror/view'
import { language, say, tell } from '../language/language.svelte'
import { drawGlyph } from '../parts/glyphs'
import { type Mark, marksOf } from './marks'
import { hasCq, look, marginOf } from './verdict'

/** The margin left of the body: glyphs, alarm badges, *not copy*. A layer of its own, so that caret and selection never meet it. */
export const margin: Extension = [signs(), clicks()]

function signs(): Extension {
  return layer({
    above: true,
    class: 'margin',
    markers: (view) => [...rowsOf(view), ...furnitureOf(view)],
    update: (update) =>
      update.docChanged ||
      update.viewportChanged ||
      update.geometryChanged ||
      marksOf(update.state) !== marksOf(update.startState),
  })
}

/** A click on a sign puts the caret at the start of its quote. */
function clicks(): Extension {
  return ViewPlugin.define((view) => {
    const onDown = (event: MouseEvent) => {
      const row =
        event.target instanceof Element && event.target.closest<HTMLElement>('[data-begins]')
      if (!row || !view.scrollDOM.contains(row)) return
      event.preventDefault()
      const { marks } = marksOf(view.state)
      const mark = marks.find(({ quote }) => quote.key === row.dataset['begins'])
      const anchor = mark?.places[0]?.[0]
      if (anchor === undefined) return
      view.dispatch({ selection: { anchor }, userEvent: 'select.pointer' })
      view.focus()
    }
    view.scrollDOM.addEventListener('mousedown', onDown)
    return {
      destroy() {
        view.scrollDOM.removeEventListener('mousedown', onDown)
      },
    }
  })
}

/** What stands beside a quote: what is right is quiet until it is asked for, by selecting it. */
function signOf(mark: Mark, selectedKey: string | null): ReturnType<typeof marginOf> {
  const sign = marginOf(mark.quote)
  if (sign || mark.quote.key !== selectedKey) return sign
  const { glyph, tone } = look(mark.quote)
  return { glyph, tone, rank: 1 }
}

/** One visual row of the margin, with all quotes that begin on it. */
class Row implements LayerMarker {
  constructor(
    readonly marks: Mark[],
    readonly top: number,
    readonly left: number,
    readonly height: number,
    readonly selectedKey: string | null,
  ) {}

  /** Where its quotes are in the text is no part of it: each letter typed above would have all rows drawn anew. */
  eq(other: LayerMarker): boolean {
    return (
      other instanceof Row &&
      other.top === this.top &&
      other.left === this.left &&
      other.words() === this.words() &&
      other.selectedKey === this.selectedKey
    )
  }

  draw(): HTMLElement {
    const row = document.createElement('div')
    row.className = 'row'
    row.style.top = `${this.top}px`
    row.style.left = `${this.left}px`
    row.style.height = `${this.height}px`
    const worst = this.worst()
    const badge = this.badge()
    if (badge) row.append(badge)
    if (worst.margin) row.append(this.glyph(worst.mark, worst.margin))
    row.dataset['begins'] = worst.mark.quote.key
    return row
  }

  private glyph(
    mark: Mark,
    { glyph, tone }: NonNullable<ReturnType<typeof marginOf>>,
  ): HTMLElement {
    const place = document.createElement('span')
    place.className = `sign tone-${tone}${mark.isFaded ? ' is-faded' : ''}`
    if (mark.quote.cq && hasCq(mark.quote)) {
      place.append(mark.quote.cq.by)
      place.title = `cq ${mark.quote.cq.by}: ${mark.quote.cq.reason}`
    } else place.title = look(mark.quote).words
    place.append(drawGlyph(glyph))
    return place
  }

  private badge(): HTMLElement | null {
    const alarmed = this.marks.filter(({ quote, isFaded }) => !hasCq(quote) && !isFaded)
    const words = alarmed.flatMap(({ quote }) => [
      ...quote.alarms.map((alarm) => tell(alarm.words)),
      ...(quote.isTermsOk ? [] : [tell(quote.terms)]),
    ])
    if (!words[0]) return null
    const badge = document.createElement('span')
    badge.className = 'alarm'
    badge.textContent = words.length > 1 ? `${words[0]} +${words.length - 1}` : words[0]
    badge.title = words.join(', ')
    return badge
  }

  private worst() {
    const ranked = this.marks.map((mark) => ({ mark, margin: signOf(mark, this.selectedKey) }))
    return ranked.reduce((a, b) => ((b.margin?.rank ?? -1) > (a.margin?.rank ?? -1) ? b : a))
  }

  private words(): string {
    return JSON.stringify(
      this.marks.map(({ quote, isFaded }) => [
        language.shown,
        isFaded,
        quote.key,
        quote.verdict,
        quote.stale,
        quote.terms,
        quote.cq?.by,
        quote.alarms.map((alarm) => alarm.words),
      ]),
    )
  }
}

/** Says *not copy* where a stretch of furniture begins. */
class NotCopy implements LayerMarker {
  constructor(
    readonly top: number,
    readonly left: number,
    readonly height: number,
  ) {}

  eq(other: LayerMarker): boolean {
    return other instanceof NotCopy && other.top === this.top && other.left === this.left
  }

  draw(): HTMLElement {
    const words = document.createElement('div')
    words.className = 'row not-copy'
    words.style.top = `${this.top}px`
    words.style.left = `${this.left}px`
    words.style.height = `${this.height}px`
    words.textContent = say('not copy')
    return words
  }
}

function rowsOf(view: EditorView): Row[] {
  const base = baseOf(view)
  const rows = new Map<number, { marks: Mark[]; height: number }>()
  const { marks: all, selectedKey } = marksOf(view.state)
  for (const mark of all) {
    const at = mark.places[0]?.[0] ?? 0
    if (at < view.viewport.from || at > view.viewport.to || !signOf(mark, selectedKey)) continue
    const place = view.coordsAtPos(at, 1)
    if (!place) continue
    const top = Math.round(place.top - base.top)
    const row = rows.get(top) ?? { marks: [], height: place.bottom - place.top }
    row.marks.push(mark)
    rows.set(top, row)
  }
  return [...rows].map(
    ([top, { marks, height }]) => new Row(marks, top, base.text, height, selectedKey),
  )
}

function furnitureOf(view: EditorView): NotCopy[] {
  const base = baseOf(view)
  const { furniture } = marksOf(view.state)
  return furniture.flatMap(([from], n) => {
    const before = furniture[n - 1]?.[1]
    if (before !== undefined && view.state.sliceDoc(before, from).trim() === '') return []
    if (from < view.viewport.from || from > view.viewport.to) return []
    const place = view.coordsAtPos(from, 1)
    if (!place) return []
    return [new NotCopy(Math.round(place.top - base.top), base.text, place.bottom - place.top)]
  })
}

/** Where the layer's own corner is on the screen, and how far right of it the words begin. */
function baseOf(view: EditorView): { top: number; text: number } {
  const outer = view.scrollDOM.getBoundingClientRect()
  const inner = view.contentDOM.getBoundingClientRect()
  const left = outer.left - view.scrollDOM.scrollLeft
  return { top: outer.top - view.scrollDOM.scrollTop, text: Math.round(inner.left - left) }
}
