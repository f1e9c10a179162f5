import { getContext, setContext } from 'svelte'
import { type English, say } from '../language/language.svelte'

const NAMED = Symbol('keys')
const TOLD = Symbol('what keys do')

type Told = (key: string) => string | undefined

/** Says for all inside which key to show where one is named as it comes, and what it does; keys can be changed. */
export function nameKeys(named: (key: string) => string, told: Told = () => undefined): void {
  setContext(NAMED, named)
  setContext(TOLD, told)
}

/** What a key does that is named as it comes; undefined where it is nobody's. */
export function keysTold(): Told {
  return getContext<Told | undefined>(TOLD) ?? (() => undefined)
}

/** How keys are named here: as they come, where nothing else was said. */
export function keyNames(): (key: string) => string {
  return getContext<((key: string) => string) | undefined>(NAMED) ?? ((key) => key)
}

const signs: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
}
/** Keys that are called otherwise on other keyboards. */
const called: Record<string, English> = {
  Ctrl: 'Ctrl',
  Shift: 'Shift',
  Delete: 'Del',
  Space: 'Space',
}

/** One key as it is written on a keyboard: `Ctrl+Shift+y` is `Ctrl Shift Y`, `j` is `j`. */
export function writeKey(key: string): string {
  // The plus itself is a key too.
  const parts = key.endsWith('+')
    ? [...key.slice(0, -1).split('+').filter(Boolean), '+']
    : key.split('+')
  return parts.map((part) => writePart(part, parts.length > 1)).join(' ')
}

function writePart(part: string, isOfSeveral: boolean): string {
  const english = called[part]
  if (english) return say(english)
  return signs[part] ?? (isOfSeveral ? part.charAt(0).toUpperCase() + part.slice(1) : part)
}
