/** A piece of a page that was read: words, or an element with what stands in it. */
export type Part = string | Drawn

/** An element that may be drawn: a tag of the list below, its class names and from which side it is read, and nothing else of what the page said. */
export type Drawn = { tag: string; classes: string; dir: string; parts: Part[] }

/** A page that was read: what may be drawn of it, and the rules it is drawn by. */
export type Page = { parts: Part[]; css: string }

/** What may stand in a page that goes out; of anything else only what it holds is kept. */
const DRAWN = new Set(
  (
    'a h1 h2 h3 h4 h5 h6 p blockquote em strong b i u s del ins mark small sub sup code pre br hr ul ol li dl dt dd ' +
    'table caption thead tbody tfoot tr th td section article header footer main aside div span figure figcaption ' +
    'cite q time abbr address details summary'
  ).split(' '),
)

/** What is left out with everything in it. */
const DROPPED = new Set(
  'script style head template noscript iframe object embed svg math'.split(' '),
)

/** From which side words are read: as they begin themselves, or said outright. */
const SIDES = new Set(['auto', 'ltr', 'rtl'])

const STYLE = /<style[^>]*>([\s\S]*?)<\/style\s*>/gi

/** Reads a page into what may be drawn: no link leads anywhere, and no attribute but class and side is kept. */
export function readPage(page: string): Page {
  // The rules are taken out first: the policy would refuse them, and say so, even in a page that is only read.
  const css = [...page.matchAll(STYLE)].map((style) => style[1] ?? '').join('\n')
  const { body } = new DOMParser().parseFromString(page.replace(STYLE, ''), 'text/html')
  return { parts: partsOf(body), css: insideRules(css) }
}

/** Draws a page under a root of its own, where the desk's rules do not reach it, nor its rules the desk. */
export function drawPage(root: ShadowRoot, { parts, css }: Page): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`${css}\n${FILLED}`)
  root.adoptedStyleSheets = [sheet]
  const body = document.createElement('div')
  body.className = 'body'
  append(body, parts)
  root.replaceChildren(body)
}

/** After the page's own: it fills its box as it would fill a window. */
const FILLED =
  '.body { display: flow-root; margin-block: 0; padding-block: 1.5em; min-height: 100%; }'

/** Rules for a whole window as rules for a box in it, with the faces it asks for as the desk has them. */
function insideRules(css: string): string {
  return css
    .replaceAll('"Source Serif 4"', '"Source Serif 4 Variable", "Source Serif 4"')
    .replace(/\bInter,/g, '"Inter Variable", Inter,')
    .replaceAll(':root', ':host')
    .replace(/(^|[\s,{}])(?:html|body)(?=\s*[{,])/g, '$1.body')
    .replace(/@media(?=\s*\((?:max|min)-width)/g, '@container')
}

function partsOf(node: Node): Part[] {
  return [...node.childNodes].flatMap((child): Part[] => {
    if (child.nodeType === 3) return [child.textContent ?? '']
    if (child.nodeType !== 1) return []
    const tag = child.nodeName.toLowerCase()
    if (DROPPED.has(tag)) return []
    const parts = partsOf(child)
    if (!DRAWN.has(tag)) return parts
    const said = (name: string) =>
      child instanceof Element ? (child.getAttribute(name) ?? '') : ''
    const side = said('dir').toLowerCase()
    return [{ tag, classes: said('class'), dir: SIDES.has(side) ? side : '', parts }]
  })
}

function append(into: Element, parts: Part[]): void {
  for (const part of parts) {
    if (typeof part === 'string') {
      into.append(part)
      continue
    }
    // The desk has its own main, and a page has one.
    const element = document.createElement(part.tag === 'main' ? 'div' : part.tag)
    if (part.classes !== '') element.className = part.classes
    if (part.dir !== '') element.dir = part.dir
    append(element, part.parts)
    into.append(element)
  }
}
