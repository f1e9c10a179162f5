import { tick } from 'svelte'
import { keysOf } from '../keys'
import { piece } from '../piece.svelte'
import { go, screen, type ScreenName } from '../screen.svelte'
import { type Action, actions } from '../settings/actions'

/**
 * What may be asked for from another screen, by its key as Stet comes: what says by itself what it is about, and needs
 * nothing that is only chosen there.
 */
export const asked: Record<ScreenName, readonly string[]> = {
  desk: ['n', 'i', 'f', 'b', 'Alt+1', 'Alt+2', 'Alt+3'],
  draft: [
    ...['Alt+b', 'Ctrl+f', 'Shift+F11', 'Alt+p', 'Alt+q', 'Alt+g'],
    ...['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5'],
    ...['F8 j', 'F9', 'F4', 'F2', 'F7', 'F6'],
  ],
  check: ['s', 'p', 'P'],
  compare: ['y', 'l', 's', 'o', 'I', 'b', 'w', 'i', 'Ctrl+Shift+s'],
  sources: ['n', 'i', 'Alt+2'],
  export: ['1', '2', '3', '4', '5', 'x', 'o', '6', '7', 'p', '8', '9', '0'],
}

/** An action that a screen has. */
export type Farther = Action & { screen: ScreenName }

/** The actions of the other screens that can be asked for now. */
export function fartherActions(): Farther[] {
  return actions.filter(
    (action): action is Farther =>
      action.screen !== 'all' &&
      action.screen !== screen.name &&
      (piece.id !== null || action.screen === 'desk' || action.screen === 'sources') &&
      asked[action.screen].includes(action.given),
  )
}

/** Goes to a screen and does there what a key does as Stet comes, whichever key an editor put in its place. */
export async function doThere(name: ScreenName, key: string): Promise<void> {
  if (name !== screen.name) {
    go(name)
    await tick()
  }
  keysOf(name)
    .find(({ given }) => given === key || given.split(' ').includes(key))
    ?.action()
}
