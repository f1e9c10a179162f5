import { on } from 'svelte/events'
import { keyNames, keysTold, writeKey } from './keynames'

type Shown = {
  /** The key that does the same. */
  key: string | undefined
  /** What it is called, where no words stand on it. */
  label?: string | undefined
}

/**
 * Says of a button, once it is pointed at, what is not read on it: of a sign what it is called and its key, of words
 * what their key does, where that says more. A title the button has of its own stands.
 */
export function tips(): (shown: Shown) => (button: HTMLElement) => () => void {
  const [named, told] = [keyNames(), keysTold()]
  return ({ key, label }) =>
    (button) => {
      let mine = ''
      return on(button, 'pointerenter', () => {
        if (button.title !== mine) return
        const words = wordsOn(button)
        const [first] = key ? named(key).split(' ') : []
        mine =
          words === ''
            ? [label, first && writeKey(first)].filter(Boolean).join('  ')
            : moreThan(words, key && told(key))
        button.title = mine
      })
    }
}

/** What is told, where it says more than the words that are read: two words or more that are none of them. */
export function moreThan(words: string, told: string | undefined): string {
  if (!told) return ''
  const read = new Set(split(words))
  return split(told).filter((word) => !read.has(word)).length > 1 ? told : ''
}

function split(words: string): string[] {
  return words.toLowerCase().match(/[\p{L}\p{N}’-]+/gu) ?? []
}

/** What is read on it, but for the key. */
function wordsOn(button: HTMLElement): string {
  const copy = button.cloneNode(true) as HTMLElement
  for (const unread of copy.querySelectorAll('kbd, .unseen, svg')) unread.remove()
  return copy.textContent.trim()
}
