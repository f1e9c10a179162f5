import { tell } from '../language/language.svelte'

/**
 * Characters nobody sees, as the core's gate names them (`draft/invisible.rs`), but for those that emoji and joining
 * scripts are written with: a sign in their place would take such words apart. Of a run of hidden tags the first.
 */
export const INVISIBLE =
  /[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2028\u2029\u3164\ufeff\uffa0\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{e0001}\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}]|(?<![\u{1f3f4}\u{e0020}-\u{e007f}])[\u{e0020}-\u{e007f}]/gu

/** What stands in its place: a box with its number, and its name for those who point at it or hear it. */
export function sign(code: number): HTMLElement {
  const box = document.createElement('span')
  const name = `${tell(wordsOf(code))} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`
  box.className = 'cm-specialChar'
  box.textContent = code.toString(16).toUpperCase().padStart(4, '0')
  box.title = name
  box.setAttribute('aria-label', name)
  box.setAttribute('role', 'img')
  return box
}

function wordsOf(code: number): string {
  if (code === 0xad) return 'soft hyphen'
  if ([0x200b, 0x2060, 0xfeff].includes(code)) return 'zero-width space'
  if ([0x61c, 0x200e, 0x200f].includes(code)) return 'direction mark'
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
    return 'direction override'
  if (code >= 0xe0020 && code <= 0xe007f) return 'hidden tag'
  if (code < 0xa0) return 'control character'
  return 'invisible character'
}
