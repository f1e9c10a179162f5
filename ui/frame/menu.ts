import { screen, screenNames } from '../screen.svelte'
import { doThere } from './farther'
import { house } from './house.svelte'

/**
 * Does what the window's menu asks: the menu names a key as Stet comes and the screen where it holds (`all` for
 * everywhere), so that what a key does is said in one place, whichever key an editor put there; undo and redo, which no screen binds, come as `history undo`, `history redo`.
 * `desk-again` is the window's own: the desk may stand otherwise now. Call what comes back to stop.
 */
export function listenToMenu(target: EventTarget): () => void {
  const onMenu = (event: Event) => {
    if (event instanceof CustomEvent) void choose(String(event.detail))
  }
  target.addEventListener('stet-menu', onMenu)
  return () => {
    target.removeEventListener('stet-menu', onMenu)
  }
}

async function choose(told: string): Promise<void> {
  const [where, key] = told.split(' ')
  if (where === 'desk-again') {
    await house.look()
    return
  }
  if (where === 'history') {
    takeStep(key === 'redo' ? 'historyRedo' : 'historyUndo')
    return
  }
  const name = screenNames.find((known) => known === where) ?? screen.name
  await doThere(name, key ?? '')
}

/** Undo and redo where the caret is: the body keeps its own history and listens for the same event the system sends. */
function takeStep(inputType: 'historyUndo' | 'historyRedo'): void {
  const body = document.querySelector('.cm-content')
  body?.dispatchEvent(new InputEvent('beforeinput', { inputType, bubbles: true, cancelable: true }))
}
