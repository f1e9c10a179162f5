import { createSubscriber } from 'svelte/reactivity'
import { isWindow } from './host'
import type { English } from './language/language.svelte'
import type { ScreenName } from './screen.svelte'
import { fixed } from './settings/actions'
import { keyset } from './settings/keyset.svelte'

/** One thing a key does. */
export type Binding = {
  /** Where it holds; `all` is everywhere. */
  screen: ScreenName | 'all'
  /** Its key as Stet comes; alternatives with a space between: `j ArrowDown`, `Ctrl+k`, `?`. */
  given: string
  /** What it does, in a few words, as the overlay and the palette say it. */
  label: English
  action: () => void
}

/** One of several that are bound together. */
export type Key = [given: string, label: English, action: () => void]

let bindings: Binding[] = []
let current: () => ScreenName = () => 'desk'
let changed = (): void => undefined
/** Called where something is shown that has to be looked at again once other keys are bound. */
const watch = createSubscriber((look) => {
  changed = look
  return () => {
    changed = () => undefined
  }
})

/** Binds a key, or what the editor put in its place; call what comes back to let it go. A later binding of the same key on the same screen wins. */
export function register(
  screen: ScreenName | 'all',
  given: string,
  label: English,
  action: () => void,
): () => void {
  const binding: Binding = { screen, given, label, action }
  bindings.push(binding)
  changed()
  return () => {
    bindings = bindings.filter((other) => other !== binding)
    changed()
  }
}

/** Several at once, for a screen's `$effect`: `$effect(() => registerAll('desk', [...]))`. */
export function registerAll(screen: ScreenName | 'all', list: Key[]): () => void {
  const undo = list.map(([given, label, action]) => register(screen, given, label, action))
  return () => {
    for (const letGo of undo) letGo()
  }
}

/** What holds on a screen now, each with the key that does it: its own first, then what holds everywhere. */
export function keysOf(screen: ScreenName): (Binding & { key: string })[] {
  watch()
  const own = bindings.filter((binding) => binding.screen === screen)
  return [...own, ...bindings.filter((binding) => binding.screen === 'all')].map((binding) => ({
    ...binding,
    key: keyset.of(binding),
  }))
}

/** Starts listening; `screen` says which screen is shown. Call what comes back to stop. */
export function listen(target: EventTarget, screen: () => ScreenName): () => void {
  current = screen
  const onKey = (event: Event) => {
    if (event instanceof KeyboardEvent) press(event)
  }
  target.addEventListener('keydown', onKey)
  return () => {
    target.removeEventListener('keydown', onKey)
  }
}

/** The name of a key as `register` takes it: `Ctrl+k`, `Shift+Enter`, `?`, `j`. */
export function nameOf(event: KeyboardEvent): string {
  const written = event.key === ' ' ? 'Space' : event.key
  const key = written.length === 1 && hasChord(event) ? written.toLowerCase() : written
  const isShifted = event.shiftKey && (key.length > 1 || hasChord(event))
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    isShifted ? 'Shift+' : '',
    key,
  ].join('')
}

/** True where letters are text: an input, a text area, a select, the body of a piece. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button'].includes(target.type)
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable ||
    target.closest('[contenteditable="true"]') !== null
  )
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (document.querySelector('dialog[open]')) return
  if (!hasChord(event) && !/^(F\d+|Escape)$/.test(event.key) && isField(event.target)) return
  if (!hasChord(event) && isOwnKeyOf(event.target, event.key)) return
  const name = nameOf(event)
  // A browser makes all of a page larger by these, which is more than the window can.
  if (!isWindow() && /^Ctrl\+(Shift\+)?[-=+0]$/.test(name)) return
  // Choosing all, copying and the like are a field's own while one writes in it.
  if (isField(event.target) && name !== 'Escape' && fixed[name] !== undefined) return
  const held = keysOf(current()).filter(({ key }) => key.split(' ').includes(name))
  const found =
    held.findLast(({ screen }) => screen !== 'all') ??
    held.findLast(({ screen }) => screen === 'all')
  if (!found) return
  event.preventDefault()
  found.action()
}

function hasChord(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey
}

/** Enter and the space bar belong to the button, link or menu that has the focus. */
function isOwnKeyOf(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement) || (key !== 'Enter' && key !== ' ')) return false
  return target.closest('button, a[href], summary, [role="menuitem"]') !== null
}
