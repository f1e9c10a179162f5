import { type Extension, StateEffect, StateField } from '@codemirror/state'
import type { CheckView } from '../wire'

/** A check that speaks of the text as it stands now. */
export const showCheck = StateEffect.define<CheckView>()

/** The marks of the last check, moved along with every edit. */
export const marks: Extension = StateField.define<CheckView | null>({
  create: () => null,
  update: (check, transaction) => {
    for (const effect of transaction.effects) if (effect.is(showCheck)) return effect.value
    return check
  },
})
