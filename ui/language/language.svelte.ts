import { keep, readKept } from '../settings/kept'
import catalogue from './catalogue.json'

/**
 * A sentence of the page, in English: what it is found by in the catalogue. Where one word means two things, which is
 * meant stands behind a bar: `Open|adjective`. What is put in stands in braces: `Open {slug}`.
 */
export type English = keyof typeof catalogue.page
type Values = Readonly<Record<string, string | number | undefined>>

/** The languages of the page, each called as in itself; the first is how Stet comes. */
export const languages = [
  { name: 'system', words: 'As the system' },
  { name: 'en', words: 'English' },
  { name: 'de', words: 'Deutsch' },
] as const
type Chosen = (typeof languages)[number]['name']

const KEPT = 'stet-language'

/** The language of this window. Outlasts the window. */
export class Language {
  chosen = $state.raw<Chosen>(read())

  /** What is shown: what the editor chose, else the first language of the system that Stet has. */
  get shown(): Exclude<Chosen, 'system'> {
    if (this.chosen !== 'system') return this.chosen
    const first = navigator.languages.find((tag) => /^(en|de)\b/.test(tag))
    return first?.startsWith('de') ? 'de' : 'en'
  }

  /** How dates, numbers and lists are written and sorted. */
  get locale(): string {
    return this.shown === 'de' ? 'de-DE' : 'en-GB'
  }

  choose(chosen: Chosen): void {
    this.chosen = chosen
    keep(KEPT, { chosen })
  }

  /** Says at the root of the page which language it is in. */
  show(root: HTMLElement): void {
    root.lang = this.shown
  }
}

/** What was kept, as far as it is a language still. */
function read(): Chosen {
  const [, chosen] = readKept(KEPT).find(([what]) => what === 'chosen') ?? []
  return languages.find(({ name }) => name === chosen)?.name ?? 'system'
}

/** The language of this window. */
export const language = new Language()

/** A sentence of the page in the language that is shown. Values are put in as they are, numbers as they are written there. */
export function say(english: English, values: Values = {}): string {
  const isGerman = language.shown === 'de'
  return filled(isGerman ? catalogue.page[english] : english.replace(/\|.*$/, ''), values)
}

function filled(words: string, values: Values): string {
  return words.replace(/\{(~?\w+)\}/g, (hole, name: string) => {
    const value = name in values ? (values[name] ?? '') : hole
    return typeof value === 'number' ? value.toLocaleString(language.locale) : value
  })
}

const core: Record<string, string> = catalogue.core
/** The sentences of the core that have words put in, those that say most by themselves first. */
const patterns = Object.entries(core)
  .filter(([english]) => english.includes('{'))
  .sort(([a], [b]) => wordsOf(b).length - wordsOf(a).length)
  .map(([english, german]) => ({
    german,
    names: [...english.matchAll(/\{(~?\w+)\}/g)].map(([, name = '']) => name),
    expression: new RegExp(`^${escaped(english).replace(/\\\{~?\w+\\\}/g, '([^]+?)')}$`),
  }))
/** What was told already: the same few sentences are told with each check. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- what was told changes nothing that is shown
const told = new Map<string, string>()

/**
 * What the core says, a whole sentence or a word, in the language that is shown; as it came where the catalogue does
 * not have it. `{name}` in the catalogue stands for anything, `{~name}` for words of the core that are told as well.
 */
export function tell(sentence: string): string {
  if (language.shown === 'en') return sentence
  let german = told.get(sentence)
  if (german === undefined) {
    german = core[sentence] ?? matched(sentence) ?? sentence
    if (told.size > 5000) told.clear()
    told.set(sentence, german)
  }
  return german
}

/** As `tell`, for what the core lists with commas between: as a whole, else part for part. Days are written as usual. */
export function tellList(list: string): string {
  const whole = tell(list)
  return whole === list ? list.split(', ').map(tellPart).join(', ') : whole
}

function tellPart(part: string): string {
  const german = tell(part)
  if (language.shown === 'en' || german !== part) return german
  return part.replace(DAY, (_, day: string, month: string) => `${day}. ${germanMonth(month)}`)
}

const months = Array.from({ length: 12 }, (_, n) => nameOfMonth(n, 'en-GB'))
/** A day as the core writes it: `17 November`. */
const DAY = new RegExp(`\\b(\\d{1,2}) (${months.join('|')})\\b`, 'g')

function germanMonth(month: string): string {
  return nameOfMonth(months.indexOf(month), 'de-DE')
}

function nameOfMonth(n: number, locale: string): string {
  return new Date(2000, n, 1).toLocaleString(locale, { month: 'long' })
}

function matched(sentence: string): string | undefined {
  for (const { german, names, expression } of patterns) {
    const found = expression.exec(sentence)
    if (!found) continue
    const values = names.map((name, n): [string, string] => {
      const value = found[n + 1] ?? ''
      return [name, name.startsWith('~') ? tellList(value) : value]
    })
    return filled(german, Object.fromEntries(values))
  }
  return undefined
}

function wordsOf(english: string): string {
  return english.replace(/\{[^}]*\}/g, '')
}

/** Words as a pattern finds them, letter by letter. */
export function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
