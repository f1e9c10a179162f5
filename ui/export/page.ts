/** A piece of a page that was read: words, or an element with what stands in it. */
export type Part = string | Element

/** An element that may be drawn: a tag of the list below, and nothing else of what the page said. */
export type Element = {
  tag: string
  /** Its class names, each with `out-` before it, so that no rule of the desk's own can take hold of them. */
  classes: string
  parts: Part[]
}

/** What may stand in a page that goes out; anything else is left out, and what it holds is kept. */
const DRAWN = new Set(
  (
    'h1 h2 h3 h4 h5 h6 p blockquote em strong b i u s del ins mark small sub sup code pre br hr ul ol li dl dt dd ' +
    'table caption thead tbody tfoot tr th td section article header footer main aside div span figure figcaption ' +
    'cite q time abbr address details summary'
  ).split(' '),
)

/** What is left out with everything in it. */
const DROPPED = new Set([
  'script',
  'style',
  'head',
  'template',
  'noscript',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
])

/** Reads a page into what may be drawn. Links lose their target, and no attribute but the class is kept. */
export function readPage(page: string): Part[] {
  return partsOf(new DOMParser().parseFromString(page, 'text/html').body)
}

function partsOf(node: Node): Part[] {
  return [...node.childNodes].flatMap((child): Part[] => {
    if (child.nodeType === 3) return child.textContent === null ? [] : [child.textContent]
    if (child.nodeType !== 1) return []
    const tag = child.nodeName.toLowerCase()
    if (DROPPED.has(tag)) return []
    const parts = partsOf(child)
    if (tag === 'a') return [{ tag: 'span', classes: 'out-link', parts }]
    if (!DRAWN.has(tag)) return parts
    return [{ tag, classes: classesOf(child as HTMLElement), parts }]
  })
}

function classesOf(element: HTMLElement): string {
  const names = (element.getAttribute('class') ?? '').split(/\s+/).filter((name) => name !== '')
  return names.map((name) => `out-${name}`).join(' ')
}
