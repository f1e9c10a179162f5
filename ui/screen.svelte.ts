import type { Place16 } from './wire'

/** The screens, in the order of the rail and of Ctrl+1 … Ctrl+6. */
export const screenNames = ['desk', 'draft', 'check', 'compare', 'sources', 'export'] as const

/** One screen. */
export type ScreenName = (typeof screenNames)[number]

/** Where on a screen to go. */
export type At = {
  /** On Draft: a place in the body. On Sources: a place in the note's text. */
  place?: Place16
  /** On Sources: which note. */
  noteId?: number
  /** On Sources: all that the source of a note said, and where it was used. */
  sourceOf?: number
  /** On Check and Draft: which quote. */
  quoteKey?: string
  /** On Compare: which revision to compare with. */
  revisionId?: number
  /** On Export: what it goes out as. */
  format?: string
  /** On Compare: what is suggested, and what becomes of it. */
  isSuggestions?: boolean
}

/** Which screen is shown, and where it was asked to look. */
class Screen {
  name = $state<ScreenName>('desk')
  /** Set anew by each `go`, so that an effect that reads it runs again even for the same place. */
  at = $state.raw<At>({})
  /** Focus mode: Draft shows the piece alone. */
  isFocused = $state(false)
}

/** The screen shown now. */
export const screen = new Screen()

/** Shows a screen, and a place on it. */
export function go(name: ScreenName, at: At = {}): void {
  screen.name = name
  screen.at = at
}
