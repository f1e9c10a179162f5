import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'svelte/compiler'
import { escaped } from './language.svelte'

/** One call of `say` or `plural`: the sentence, and what is put into it; null where that is not written out there. */
export type Said = { place: string; english: string; values: string[] | null }

/** What the sources of the page say, for the test of the catalogue. */
export type Sources = {
  said: Said[]
  /** Words that are read by people and stand outside `say`, each with its place. */
  bare: string[]
  /** Words in a table, to be said where they are shown, each with its place. */
  listed: { place: string; words: string }[]
  /** All that is written in quote marks anywhere. */
  literals: Set<string>
  /** The same for what has something put in: `View ${n} of the list`. */
  patterns: RegExp[]
}

/** A node of either tree: what svelte's parser makes of markup, or of a script. */
type Node = { type: string; start?: number; [part: string]: unknown }

/** Attributes that are read by people, of elements and of our own parts. */
const READ =
  /^(aria-label|aria-description|title|placeholder|label|alt|hint|sentence|words|told|copied)$/
/** As these, of our own parts alone. */
const READ_OF_PARTS = /^(action|trouble|name|none|same)$/
/** Under these names a table has words that are read by people. */
const LISTED = /^(words|label|title|told|hint|sentence)$/
/** Names, and words that are the same in every language. */
const SAME = /^(Stet|TK|cq|v|kB|MB)$/

/** Reads all sources below a folder but tests, samples and what a machine wrote. */
export function readSources(root: string): Sources {
  const sources: Sources = { said: [], bare: [], listed: [], literals: new Set(), patterns: [] }
  for (const path of findFiles(root)) {
    const text = readFileSync(path, 'utf8')
    const isMarkup = path.endsWith('.svelte')
    const whole = isMarkup ? text : `<script lang="ts">\n${text}\n</script>`
    const tree = parse(whole, { modern: true }) as unknown as Record<string, unknown>
    const name = relative(root, path)
    const placeOf = ({ start = 0 }: Node) =>
      `${name}:${String(whole.slice(0, start).split('\n').length - (isMarkup ? 0 : 1))}`
    for (const part of ['module', 'instance', 'fragment'])
      walk(tree[part], (node) => {
        readCall(node, placeOf, sources)
        readWords(node, sources)
        for (const words of listedIn(node)) sources.listed.push({ place: placeOf(node), words })
        for (const part of readPartsOf(node))
          for (const words of bareIn(part)) sources.bare.push(`${placeOf(part)} ${words}`)
      })
  }
  return sources
}

function findFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return /^(node_modules|dist|fixture)$/.test(entry.name) ? [] : findFiles(path)
    const isRead =
      /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$|\.config\.ts$/.test(entry.name)
    return isRead && !/^(wire|fixture|sample|stage|sources)\.ts$/.test(entry.name) ? [path] : []
  })
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'type' in part
}

/** A node and all in it, outer ones first. */
function walk(part: unknown, look: (node: Node) => void): void {
  if (Array.isArray(part)) for (const each of part) walk(each, look)
  else if (isNode(part)) {
    look(part)
    for (const [name, each] of Object.entries(part)) if (name !== 'metadata') walk(each, look)
  }
}

/** `say('…', { … })` and `plural(n, '…', '…')`. */
function readCall(node: Node, placeOf: (node: Node) => string, sources: Sources): void {
  if (node.type !== 'CallExpression') return
  const callee = (node['callee'] as Node)['name']
  const [first, second, third] = node['arguments'] as (Node | undefined)[]
  const place = placeOf(node)
  if (callee === 'say' && first) {
    const values =
      second === undefined
        ? []
        : second.type === 'ObjectExpression'
          ? (second['properties'] as Node[]).map((each) => String((each['key'] as Node)['name']))
          : null
    for (const english of wordsOf(first).filter(() => !isFilled(first)))
      sources.said.push({ place, english, values })
  }
  if (callee === 'plural' && second)
    for (const one of wordsOf(second))
      for (const words of [one, ...(third ? wordsOf(third) : [`${one}s`])]) {
        sources.said.push({ place, english: `{n} ${words}`, values: ['n'] })
        sources.literals.add(`{n} ${words}`)
      }
}

/** Has letters, and is no name. */
function isRead(words: string): boolean {
  return /\p{L}/u.test(words) && !SAME.test(words)
}

/** Something is put in between: which words it comes to, the compiler knows. */
function isFilled(node: Node): boolean {
  return node.type === 'TemplateLiteral' && (node['expressions'] as Node[]).length > 0
}

function readWords(node: Node, sources: Sources): void {
  if (node.type === 'Literal' && typeof node['value'] === 'string')
    sources.literals.add(node['value'])
  if (node.type === 'TemplateLiteral') {
    const parts = wordsOf(node).map(escaped)
    if (/\p{L}{4}/u.test(parts.join(''))) sources.patterns.push(new RegExp(`^${parts.join('.+')}$`))
  }
}

/** What a table has under a name such as `words`. */
function listedIn(node: Node): string[] {
  if (node.type !== 'Property') return []
  const name = String((node['key'] as Node)['name'])
  return LISTED.test(name) ? wordsOf(node['value'] as Node).filter(isRead) : []
}

/** The words an expression may come to, as far as they are written out. */
function wordsOf(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : []
    case 'TemplateLiteral':
      return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
    case 'ConditionalExpression':
      return [node['consequent'], node['alternate']].flatMap((each) => wordsOf(each as Node))
    case 'LogicalExpression':
      return [node['left'], node['right']].flatMap((each) => wordsOf(each as Node))
    case 'ArrayExpression':
      return (node['elements'] as Node[]).flatMap(wordsOf)
    case 'CallExpression': {
      // `[one, other].filter(Boolean).join(' · ')`.
      const callee = node['callee'] as Node
      return callee.type === 'MemberExpression' ? wordsOf(callee['object'] as Node) : []
    }
    default:
      return []
  }
}

/** The words of a part that is read by people, as far as they are written out in it. */
function bareIn(part: Node): string[] {
  const all =
    part.type === 'Text'
      ? [String(part['data'])]
      : wordsOf(part.type === 'ExpressionTag' ? (part['expression'] as Node) : part)
  return all.map((words) => words.replace(/\s+/g, ' ').trim()).filter(isRead)
}

/** What is read by people in a node itself: text, attributes, what is put out below the page. */
function readPartsOf(node: Node): Node[] {
  if (node.type === 'Fragment')
    return (node['nodes'] as Node[]).filter(({ type }) => /^(Text|ExpressionTag)$/.test(type))
  if (node.type === 'CallExpression' && (node['callee'] as Node)['name'] === 'toast')
    return (node['arguments'] as Node[]).slice(0, 1)
  const attributes = node['attributes']
  if (!Array.isArray(attributes)) return []
  return (attributes as Node[])
    .filter(({ type, name }) => type === 'Attribute' && isReadAttribute(String(name), node))
    .flatMap(({ value }) => value)
    .filter(isNode)
}

function isReadAttribute(name: string, node: Node): boolean {
  if (READ.test(name)) return true
  if (node.type !== 'Component' || !READ_OF_PARTS.test(name)) return false
  // The name of a setting is read, that of a sign is not.
  return name !== 'name' || /Setting$/.test(String(node['name']))
}
