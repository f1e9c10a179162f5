/** What was just done, in a few words, and how to take it back. */
export type Toast = { id: number; words: string; undo?: () => void }

const SHOWN_MS = 8000
let nToasts = 0

/** What is shown now, oldest first. */
export const toasts: Toast[] = $state([])

/** Says what was just done; with `undo` there is a button that takes it back. What it gives is for `dismiss`. */
export function toast(words: string, undo?: () => void): number {
  const id = ++nToasts
  toasts.push({ id, words, undo })
  if (toasts.length > 3) toasts.shift()
  setTimeout(() => {
    dismiss(id)
  }, SHOWN_MS)
  return id
}

/** Puts one away. */
export function dismiss(id: number): void {
  const at = toasts.findIndex((other) => other.id === id)
  if (at >= 0) toasts.splice(at, 1)
}

/** Takes back what was last said, if it can be: the key `Ctrl+Shift+z`. */
export function undoLast(): void {
  const last = toasts.findLast((other) => other.undo)
  if (!last) return
  dismiss(last.id)
  last.undo?.()
}
