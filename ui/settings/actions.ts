import { defaultKeymap, historyKeymap } from '@codemirror/commands'
import { searchKeymap } from '@codemirror/search'
import table from '../help/keys.json'
import type { English } from '../language/language.svelte'
import type { ScreenName } from '../screen.svelte'

/** An action that has a key, as Stet comes. */
export type Action = {
  /** Where it holds; `all` is everywhere. */
  screen: ScreenName | 'all'
  /** Its key as Stet comes; alternatives with a space between. */
  given: string
  label: English
}

/** All that have a key which can be changed, as the screens bind them. Escape leaves whatever is open, always. */
export const actions: Action[] = Object.entries(table).flatMap(([screen, keys]) =>
  keys
    .filter(({ key }) => key !== 'Escape')
    .map(({ key, label }) => ({
      screen: screen as Action['screen'],
      given: key,
      label: label as English,
    })),
)

/** What a key does on a screen, named as it comes. */
export function labelOf(key: string, shown: ScreenName): English | undefined {
  const all = actions.filter(({ given }) => given.split(' ').includes(key))
  return (all.find(({ screen }) => screen === shown) ?? all.find(({ screen }) => screen === 'all'))
    ?.label
}

/** What says which action is meant, also to the menu of the window. */
export function idOf({ screen, given }: Pick<Action, 'screen' | 'given'>): string {
  return `${screen} ${given}`
}

/** Keys that are nobody's to change, and what they do. */
export const fixed: Record<string, English> = {
  Tab: 'Go on to the next thing',
  'Shift+Tab': 'Go back to the thing before',
  Escape: 'Leave what is open',
  'Ctrl+a': 'Choose all',
  'Ctrl+c': 'Copy',
  'Ctrl+x': 'Cut',
  'Ctrl+v': 'Paste',
  'Ctrl+z': 'Undo',
  'Ctrl+y': 'Redo',
}

/** Keys the text of a piece has a use for while one writes. */
export const textKeys: ReadonlySet<string> = new Set(
  [...searchKeymap, ...historyKeymap, ...defaultKeymap].flatMap(({ key, linux, shift }) =>
    [linux ?? key]
      .filter((name) => name !== undefined)
      .map(nameOfText)
      .flatMap((name) => (shift ? [name, `Shift+${name}`] : [name])),
  ),
)

/** A key as the editor of the text names it, `Shift-Mod-k`, as `keys.ts` does. */
function nameOfText(written: string): string {
  const parts = written.replace(/^-$|-$/, 'Minus').split('-')
  const key = parts.pop() ?? ''
  const has = (...names: string[]) => names.some((name) => parts.includes(name))
  return [
    has('Mod', 'Ctrl') ? 'Ctrl+' : '',
    has('Alt') ? 'Alt+' : '',
    has('Shift') ? 'Shift+' : '',
    key === 'Minus' ? '-' : key,
  ].join('')
}
