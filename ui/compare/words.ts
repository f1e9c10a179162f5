import type { OpView, WordView } from '../wire'

/** One stretch of words as it is drawn; `isBreak` is the end of a paragraph inside an op, drawn as ¶. */
export type Stretch = {
  key: string
  kind: 'same' | 'insert' | 'delete'
  text: string
  isBreak: boolean
  /** Stands for the change in `take_back`; none for what is the same. */
  change: number | null
  /** The sentence that moved whose end this is. */
  carry: number | null
}

/** Which text is drawn: both with their changes marked, or one side of them. */
export type Shown = 'both' | 'old' | 'new'

/** The words of an op as they are drawn: line ends at its end dropped, paragraph ends inside it by themselves. */
export function stretchesOf(op: OpView, shown: Shown): Stretch[] {
  const left = { old: 'insert', new: 'delete', both: '' }[shown]
  const stretches: Stretch[] = []
  op.words.forEach((word, n) => {
    if (word.kind === left) return
    split(word.text).forEach((text, part) => {
      stretches.push({
        key: `${String(n)}.${String(part)}`,
        kind: kindOf(word),
        text,
        isBreak: isBreak(text),
        change: word.change,
        carry: word.carry,
      })
    })
  })
  return trimmed(stretches)
}

/** All the words of one side of an op. */
export function textOf(op: OpView, shown: Shown): string {
  return stretchesOf(op, shown)
    .map((stretch) => stretch.text)
    .join('')
}

/** A marked stretch without the spaces at its ends: a tint there would touch the words beside it. */
export function edgesOf(text: string): [before: string, words: string, after: string] {
  const words = text.trim()
  if (words === '') return ['', text, '']
  const start = text.indexOf(words)
  return [text.slice(0, start), words, text.slice(start + words.length)]
}

function kindOf(word: WordView): Stretch['kind'] {
  return word.kind === 'insert' || word.kind === 'delete' ? word.kind : 'same'
}

function split(text: string): string[] {
  return text.split(/(\n[^\S\n]*\n\s*)/).filter((part) => part !== '')
}

function isBreak(text: string): boolean {
  return /^\n[^\S\n]*\n\s*$/.test(text)
}

/** Line ends that close the op belong to no paragraph that is drawn here. */
function trimmed(stretches: Stretch[]): Stretch[] {
  const kept = [...stretches]
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    const text = last.text.trimEnd()
    kept.pop()
    if (text !== '') {
      kept.push({ ...last, text })
      break
    }
  }
  return kept
}
