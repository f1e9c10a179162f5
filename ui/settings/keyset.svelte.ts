import type { English } from '../language/language.svelte'
import type { ScreenName } from '../screen.svelte'
import { type Action, actions, fixed, idOf, textKeys } from './actions'
import { keep, readKept } from './kept'

const KEPT = 'stet-keys'
type Changed = Readonly<Record<string, string>>

/** Which key does what: as Stet comes, but for those an editor changed. Outlasts the window. */
export class Keyset {
  /** The changed ones, by the action's id. */
  changed = $state.raw<Changed>(read())
  /** What was changed before all keys were put back; none when nothing is to be taken back. */
  before = $state.raw<Changed | null>(null)

  /** The key of an action now; alternatives with a space between. */
  of(action: Pick<Action, 'screen' | 'given'>): string {
    return this.changed[idOf(action)] ?? action.given
  }

  /** What stands in place of a key that is named as it comes, on a screen. */
  named(key: string, screen: ScreenName | 'all'): string {
    for (const where of [screen, 'all']) {
      const found = Object.entries(this.changed).find(([id]) => {
        const [place, ...given] = id.split(' ')
        return place === where && (given.join(' ') === key || given.includes(key))
      })
      if (found) return found[1]
    }
    return key
  }

  /** The label of what has a key already where an action would take it; null where it is free. */
  takenBy(action: Action, key: string): English | null {
    const isOwn = action.given.split(' ').includes(key)
    if (fixed[key] !== undefined && !isOwn) return fixed[key]
    const other = actions.find(
      (each) =>
        idOf(each) !== idOf(action) &&
        (each.screen === action.screen || each.screen === 'all' || action.screen === 'all') &&
        this.of(each).split(' ').includes(key),
    )
    if (other) return other.label
    const isOfText = action.screen === 'all' || action.screen === 'draft'
    return isOfText && !isOwn && textKeys.has(key) ? 'Write: the text has a use for it' : null
  }

  /** Gives an action a key, its only one. Null when it has it, else the label of what has it already. */
  change(action: Action, key: string): English | null {
    const taken = this.takenBy(action, key)
    if (taken === null)
      this.#keep({
        ...this.#without(action),
        ...(key === action.given ? {} : { [idOf(action)]: key }),
      })
    return taken
  }

  /** Gives an action the key it comes with. As `change`. */
  putBack(action: Action): English | null {
    for (const key of action.given.split(' ')) {
      const taken = this.takenBy(action, key)
      if (taken !== null) return taken
    }
    this.#keep(this.#without(action))
    return null
  }

  /** All as Stet comes. */
  putAllBack(): void {
    const { changed } = this
    this.#keep({})
    this.before = changed
  }

  /** The changed ones again, after all were put back. */
  takeBack(): void {
    if (this.before) this.#keep(this.before)
  }

  #without(action: Action): Changed {
    return Object.fromEntries(Object.entries(this.changed).filter(([id]) => id !== idOf(action)))
  }

  #keep(changed: Changed): void {
    this.changed = changed
    this.before = null
    keep(KEPT, changed)
  }
}

/** What was kept, as far as there still is such an action. */
function read(): Changed {
  const ids = new Set(actions.map(idOf))
  const known = readKept(KEPT).filter(
    (each): each is [string, string] => ids.has(each[0]) && typeof each[1] === 'string',
  )
  return Object.fromEntries(known)
}

/** The keys of this window. */
export const keyset = new Keyset()
