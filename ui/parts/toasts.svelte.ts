import { say } from '../language/language.svelte'

/** Takes something back. False where it cannot be now: it may be tried again. Null where it never can, and that was said. */
export type Undo = () => unknown

/** What was just done, in a few words, and how to take it back. */
export type Toast = {
  id: number
  words: string
  undo?: Undo
  /** What it takes back holds only while it is shown, and is seen without a word. */
  isFleeting?: boolean
}

const SHOWN_MS = 8000
/** How long one that was held is shown after that. */
const HELD_MS = 2000
const N_SHOWN = 3
const N_UNDOS = 20
let nToasts = 0
let isHeld = (): boolean => false

/** What is shown now, oldest first. */
export const toasts: Toast[] = $state([])

/** What can be taken back still, shown or not, the last at the end. */
let undoable: Toast[] = []

/** Says what was just done; with `undo` there is a button that takes it back, and the key does when it is gone. */
export function toast(words: string, undo?: Undo): number {
  const one = { id: ++nToasts, words, undo }
  if (undo) undoable = [...undoable, one].slice(-N_UNDOS)
  return show(one)
}

/** Says how things stand, with a way out of it. What it gives is for `dismiss`. */
export function hint(words: string, leave: () => void): number {
  return show({ id: ++nToasts, words, undo: leave, isFleeting: true })
}

/** Puts one away; what it takes back can be taken back still. */
export function dismiss(id: number): void {
  const at = toasts.findIndex((other) => other.id === id)
  if (at >= 0) toasts.splice(at, 1)
}

/** Whether an editor is at the toasts, with the pointer or the focus: then none goes away. */
export function holdWhile(isThere: () => boolean): () => void {
  isHeld = isThere
  return () => {
    isHeld = () => false
  }
}

/** Takes one back, and says what was; one that cannot be now stays where it was. */
export async function takeBack(one: Toast): Promise<void> {
  const at = undoable.findIndex(({ id }) => id === one.id)
  undoable = undoable.filter(({ id }) => id !== one.id)
  dismiss(one.id)
  const done = await one.undo?.()
  if (done === false) undoable = undoable.toSpliced(at, 0, one)
  else if (done !== null && !one.isFleeting) toast(say('Taken back: {words}', { words: one.words }))
}

/**
 * Takes back what was last said, and once more what was said before it: the key `Ctrl+Shift+z`. Who writes means the words
 * with that key, so that what is no longer shown stays.
 */
export async function undoLast(isWriting = false): Promise<void> {
  const all = [...toasts.filter(({ undo }) => undo), ...(isWriting ? [] : undoable)]
  const last = all.toSorted((one, other) => one.id - other.id).at(-1)
  if (last) await takeBack(last)
  else if (!isWriting) toast(say('Nothing is left to take back.'))
}

/** As at a start. */
export function forgetToasts(): void {
  toasts.splice(0)
  undoable = []
}

function show(one: Toast): number {
  toasts.push(one)
  if (toasts.length > N_SHOWN) toasts.shift()
  goIn(one.id, SHOWN_MS)
  return one.id
}

function goIn(id: number, wait_ms: number): void {
  setTimeout(() => {
    if (isHeld()) goIn(id, HELD_MS)
    else dismiss(id)
  }, wait_ms)
}
