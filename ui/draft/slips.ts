import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { say } from '../language/language.svelte'
import type { SlipView } from '../wire'
import { atCaret, before, inside, moved } from './places'

/** Slips of the text as it stands now. */
export const showSlips = StateEffect.define<SlipView[]>()

/** Lets a slip stand, for as long as the piece is open. */
export const leaveSlip = StateEffect.define<Slip>()

/** A slip where it stands now. */
export type Slip = SlipView

type Slips = {
  /** In the order of the text. */
  slips: Slip[]
  /** Those let stand. */
  left: Slip[]
  decorations: DecorationSet
}

const none: Slips = { slips: [], left: [], decorations: Decoration.none }

const field = StateField.define<Slips>({
  create: () => none,
  update(value, transaction) {
    let { slips, left, decorations } = value
    if (transaction.docChanged) {
      slips = moved(slips, transaction.changes)
      left = moved(left, transaction.changes)
      decorations = decorations.map(transaction.changes)
    }
    let isSame = slips.length === value.slips.length
    const { length } = transaction.newDoc
    for (const effect of transaction.effects) {
      if (effect.is(showSlips)) slips = inside(effect.value, length)
      if (effect.is(leaveSlip)) left = [...left, effect.value]
      if (effect.is(showSlips) || effect.is(leaveSlip)) isSame = false
    }
    // Most letters move what is drawn and change nothing about it.
    if (isSame) return transaction.docChanged ? { slips, left, decorations } : value
    slips = slips.filter((slip) => !left.some((other) => isTwin(slip, other)))
    return { slips, left, decorations: draw(slips) }
  },
  provide: (self) => EditorView.decorations.from(self, (value) => value.decorations),
})

/** Where the words part from the house style: moved along with every edit, gone where their words change. */
export const slips: Extension = [field]

/** The slips of a state, in order. */
export function slipsOf(state: EditorState): Slip[] {
  return state.field(field, false)?.slips ?? none.slips
}

/** The slip at the caret; none where it stands in none. */
export function slipAtCaret(state: EditorState): Slip | undefined {
  return atCaret(slipsOf(state), state)
}

/** The next slip from the caret on, or the one before it; round the ends. */
export function slipFrom(state: EditorState, by: 1 | -1): Slip | undefined {
  const { to } = state.selection.main
  const all = slipsOf(state)
  if (by === -1) return before(all, state)
  return all.find(({ at }) => at[0] >= to && at[1] > to) ?? all[0]
}

function isTwin(slip: Slip, other: Slip): boolean {
  return slip.at[0] === other.at[0] && slip.at[1] === other.at[1] && slip.words === other.words
}

function draw(list: Slip[]): DecorationSet {
  return Decoration.set(
    list.map((slip) =>
      Decoration.mark({ class: 'slip', attributes: { title: told(slip) } }).range(...slip.at),
    ),
  )
}

/** A sentence that runs on: it is told at its first word, which may stay. */
export function isLong({ section, preferred }: Slip): boolean {
  return section === 'reading' && preferred === null
}

/** What is told of a slip, in a few words: *toward. The shorter form does the same work.* */
function told(slip: Slip): string {
  const { preferred, why } = slip
  const without = isLong(slip) ? say('A long sentence') : say('House style: leave it out')
  const better = preferred === null ? without : say('House style: {preferred}', { preferred })
  return why ? `${better}. ${why}` : better
}
