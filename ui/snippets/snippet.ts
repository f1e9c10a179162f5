import { isSameName } from '../parts/names'

import type { English } from '../language/language.svelte'

/** Words an editor keeps under a short name. */
export type Snippet = {
  /** Letters, figures and hyphens; no other snippet has it, in whatever case. */
  name: string
  /** Markdown. Never empty. */
  words: string
}

/** A line of the snippets that cannot be kept so; lines are counted from 1. */
export type Complaint = { line: number; message: English }

/** What a snippet is filled with. */
type Shown = { slug: string; byline: string }

/** Where the caret goes. */
const CARET = '{|}'
/** Short before a day, as the house style has them. */
const MONTHS = 'Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.'.split(' ')

/** The snippets an editor wrote, `[name]` on a line above the words of each, and what is wrong with them. */
export function readSnippets(text: string): { snippets: Snippet[]; complaints: Complaint[] } {
  const snippets: Snippet[] = []
  const complaints: Complaint[] = []
  const parts = text.split(/^(?=\[[^\]\n]*\][ \t]*$)/m)
  let line = 1
  for (const part of parts) {
    const [head = '', ...rest] = part.split('\n')
    const name = /^\[([\p{L}\p{N}-]+)\]\s*$/u.exec(head)?.[1]
    const words = rest.join('\n').trim()
    const complain = (message: English) => complaints.push({ line, message })
    if (
      name !== undefined &&
      words !== '' &&
      !snippets.some((other) => isSameName(other.name, name))
    )
      snippets.push({ name, words })
    else if (head.startsWith('[') && name === undefined)
      complain('A name has letters, figures and hyphens alone.')
    else if (name !== undefined) complain(words === '' ? 'It has no words.' : 'The name is taken.')
    else if (part.trim() !== '') complain('Words stand below a name: begin with one, as [bio].')
    line += rest.length
  }
  return { snippets, complaints }
}

/** The words of a snippet as they come into a piece, and where in them the caret goes. What the piece does not show yet is a TK. */
export function filled(
  { words }: Snippet,
  shown: Shown,
  now: Date,
): { text: string; caret: number } {
  const date = `${MONTHS[now.getMonth()] ?? ''} ${now.getDate()}, ${now.getFullYear()}`
  const known: Record<string, string> = { slug: shown.slug, byline: shown.byline, date }
  const text = words.replace(/\{(slug|byline|date)\}/g, (_, name: string) => known[name] || 'TK')
  const at = text.indexOf(CARET)
  return at < 0
    ? { text, caret: text.length }
    : { text: text.slice(0, at) + text.slice(at + CARET.length), caret: at }
}

/** The name that was just typed as `;;name` and a space, at the end of what stands before the caret; null where none was. */
export function typedName(before: string): string | null {
  return /(?:^|[\s(“‘"'—]);;([\p{L}\p{N}-]+) $/u.exec(before)?.[1] ?? null
}
