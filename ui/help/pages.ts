import { type English, language, say } from '../language/language.svelte'
import { type ScreenName, screenNames } from '../screen.svelte'
import german from './help.de.md?raw'
import english from './help.md?raw'
import table from './keys.json'

/** A run of a paragraph: plain words, words that stand out, a key. */
export type Run = { kind: 'words' | 'strong' | 'em' | 'key'; text: string }

/** A chapter of the help. */
export type Chapter = {
  title: string
  /** Where its keys hold. */
  screen: ScreenName | 'all'
  grafs: Run[][]
  keys: KeyRow[]
}

/** A key, and what it does on its screen. */
export type KeyRow = { key: string; label: English }

const keysOfScreens = table as Record<string, KeyRow[]>

/** The chapters are the same in each language, in the same order: which screen each is of, its English title says. */
const screens = partsOf(english).map(([title], n) =>
  n === 0 ? 'all' : screenNames.find((name) => name === title?.toLowerCase()),
)

/** The help by language, chapter by chapter; one of a screen has the keys of that screen, the first those that hold everywhere. */
export const chapters = { en: chaptersOf(english), de: chaptersOf(german) }

function chaptersOf(text: string): Chapter[] {
  return partsOf(text).map(([title = '', ...lines], n) => {
    const screen = screens[n]
    return {
      title,
      screen: screen ?? 'all',
      grafs: lines.filter((line) => line !== '').map(runsOf),
      keys: screen ? (keysOfScreens[screen] ?? []) : [],
    }
  })
}

function partsOf(text: string): string[][] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => part.trim().split('\n'))
}

/** The chapters that have each of the words, in their text or in what a key does. */
export function findChapters(words: string): Chapter[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
  return chapters[language.shown].filter(({ title, grafs, keys }) => {
    const runs = grafs.flat().map((run) => run.text)
    const labels = keys.map(({ label }) => say(label))
    const all = [title, runs.join(''), ...labels].join(' ').toLowerCase()
    return asked.every((word) => all.includes(word))
  })
}

/** **So** stands out, *so* is said with weight, `so` is a key. */
function runsOf(line: string): Run[] {
  return line
    .split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) }
      if (part.startsWith('*')) return { kind: 'em', text: part.slice(1, -1) }
      if (part.startsWith('`')) return { kind: 'key', text: part.slice(1, -1) }
      return { kind: 'words', text: part }
    })
}
