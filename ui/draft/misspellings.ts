import {
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
  type Transaction,
} from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { say } from '../language/language.svelte'
import type { MisspellingView } from '../wire'
import { atCaret, before, inside, moved } from './places'

/** A word no dictionary knows, where it stands now. */
export type Misspelling = MisspellingView

/** Misspellings of the text as it stands now. */
export const showMisspellings = StateEffect.define<Misspelling[]>()

/** Lets a word stand wherever it stands, for as long as the piece is open; or no longer. */
export const passWord = StateEffect.define<{ word: string; isPassed: boolean }>()

type Misspellings = {
  /** As the core told them, in the order of the text. */
  told: Misspelling[]
  /** Words let stand. */
  passed: readonly string[]
  /** Those told that are not let stand. */
  shown: Misspelling[]
  /** Where the caret is while a word is being typed there; none while nothing is. */
  typedAt: number | null
  decorations: DecorationSet
}

const none: Misspellings = {
  told: [],
  passed: [],
  shown: [],
  typedAt: null,
  decorations: Decoration.none,
}

const field = StateField.define<Misspellings>({
  create: () => none,
  update(value, transaction) {
    let { told, passed, decorations } = value
    if (transaction.docChanged) {
      told = moved(told, transaction.changes)
      decorations = decorations.map(transaction.changes)
    }
    let isNew = told.length < value.told.length
    const { length } = transaction.newDoc
    for (const effect of transaction.effects) {
      if (effect.is(showMisspellings)) told = inside(effect.value, length)
      if (effect.is(showMisspellings) || effect.is(passWord)) isNew = true
      if (effect.is(passWord)) {
        const { word, isPassed } = effect.value
        passed = passed.filter((other) => other !== word)
        if (isPassed) passed = [...passed, word]
      }
    }
    const typedAt = typedAfter(value.typedAt, transaction)
    if (told === value.told && passed === value.passed && typedAt === value.typedAt) return value
    const shown = told.filter(({ word }) => !passed.includes(word))
    // Most letters move what is drawn and change nothing about it.
    const isDrawn = !isNew && !isAnyTyped(value.shown, value.typedAt) && !isAnyTyped(shown, typedAt)
    if (!isDrawn) decorations = draw(shown, typedAt)
    return { told, passed, shown, typedAt, decorations }
  },
  provide: (self) => EditorView.decorations.from(self, (value) => value.decorations),
})

/** Words no dictionary knows: moved along with every edit, gone where they change until the next answer. */
export const misspellings: Extension = [field]

/** The misspellings of a state, in order. */
export function misspellingsOf(state: EditorState): Misspelling[] {
  return state.field(field, false)?.shown ?? none.shown
}

/** The misspelling at the caret; none where it stands in none. */
export function misspellingAtCaret(state: EditorState): Misspelling | undefined {
  return atCaret(misspellingsOf(state), state)
}

/** The next misspelling from the caret on, the one at the caret first; or the one before. Round the ends. */
export function misspellingFrom(state: EditorState, by: 1 | -1): Misspelling | undefined {
  const { to, empty } = state.selection.main
  const all = misspellingsOf(state)
  if (by === -1) return before(all, state)
  return all.find(({ at }) => (empty ? at[1] >= to : at[0] >= to)) ?? all[0]
}

/** A word is being typed until the caret goes elsewhere. */
function typedAfter(typedAt: number | null, transaction: Transaction): number | null {
  const { head } = transaction.newSelection.main
  if (transaction.docChanged) return transaction.isUserEvent('input.type') ? head : null
  return transaction.selection ? null : typedAt
}

function isTyped({ at: [from, to] }: Misspelling, typedAt: number | null): boolean {
  return typedAt !== null && from <= typedAt && typedAt <= to
}

function isAnyTyped(list: Misspelling[], typedAt: number | null): boolean {
  return typedAt !== null && list.some((misspelling) => isTyped(misspelling, typedAt))
}

/** What is being typed is not marked: it is no word yet. */
function draw(list: Misspelling[], typedAt: number | null): DecorationSet {
  return Decoration.set(
    list
      .filter((misspelling) => !isTyped(misspelling, typedAt))
      .map(({ at }) =>
        Decoration.mark({
          class: 'misspelt',
          attributes: { title: say('Spelling: no dictionary knows this word') },
        }).range(...at),
      ),
  )
}
