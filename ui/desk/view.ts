import { statuses } from '../frame/statuses'
import { type English, say, tell } from '../language/language.svelte'
import { isSameName, tidy } from '../parts/names'
import { columns, type Condition, conditions, type Filter, noFilter, type Order } from './rows'

/** The desk as it is shown, under a name. */
export type View = {
  /** No other view has it, in whatever case. */
  name: string
  filter: Filter
  /** Null for a view that comes with Stet: it leaves order and shape as they are. */
  layout: { order: Order; isBoard: boolean } | null
}

/** The views that come with Stet. */
export const builtIn: readonly View[] = [
  { name: 'All pieces' satisfies English, filter: noFilter, layout: null },
  ...conditions.map(({ name, view }) => ({
    name: view,
    filter: { ...noFilter, only: name },
    layout: null,
  })),
]

/** Whether the desk is shown as a view has it. */
export function isShownAs(view: View, shown: Omit<View, 'name'>): boolean {
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  return (
    isSame(view.filter, shown.filter) && (view.layout === null || isSame(view.layout, shown.layout))
  )
}

/** What a view shows: `status legal, “ferry”; by due; board`. */
export function viewWords({ filter, layout }: Omit<View, 'name'>): string {
  const asked = [
    filter.only === '' ? undefined : say(toldOf(filter.only)),
    filter.status === '' ? undefined : say('status {status}', { status: tell(filter.status) }),
    filter.text === '' ? undefined : `“${filter.text}”`,
  ].filter((words) => words !== undefined)
  const what = asked.join(', ') || say('every piece')
  if (layout === null) return what
  const { column, isDown } = layout.order
  const by = say('by {column} {arrow}', { column: say(column), arrow: isDown ? '↓' : '↑' })
  return [what, by, layout.isBoard ? say('board') : say('table')].join('; ')
}

/** What a view is called: those that come with Stet in the language that is shown, an editor's own as it was named. */
export function calledOf({ name }: View): string {
  return builtIn.some((view) => view.name === name) ? say(name as English) : name
}

function toldOf(only: Condition): English {
  return conditions.find(({ name }) => name === only)?.told ?? 'every piece'
}

/** The views with a name each: one whose name another has gets a number behind it. */
export function withOwnNames(views: readonly View[]): View[] {
  const named: View[] = []
  for (const view of views) {
    let { name } = view
    for (let n = 2; [...builtIn, ...named].some((other) => isSameName(other.name, name)); n++)
      name = `${view.name} ${n}`
    named.push({ ...view, name })
  }
  return named
}

/** The views as the desk keeps them; `unread` is what `readViews` could not read, and stays as it was. */
export function writeViews(views: readonly View[], unread: readonly unknown[]): string {
  const written = views.map(({ name, filter, layout }) => ({
    name,
    ...filter,
    order: layout?.order.column,
    isDown: layout?.order.isDown,
    shape: layout?.isBoard === true ? 'board' : 'table',
  }))
  return JSON.stringify([...written, ...unread], null, 2)
}

/** The views a desk keeps, what of them could not be read, and why, a few words each. */
export function readViews(text: string): { views: View[]; unread: unknown[]; why: string[] } {
  const views: View[] = []
  const unread: unknown[] = []
  const why: string[] = []
  for (const one of parse(text)) {
    const read = readView(one)
    if (typeof read !== 'string') views.push(read)
    else {
      unread.push(one)
      why.push(read)
    }
  }
  return { views: withOwnNames(views), unread, why }
}

function parse(text: string): unknown[] {
  try {
    const told: unknown = JSON.parse(text || '[]')
    return Array.isArray(told) ? told : [told]
  } catch {
    return [text]
  }
}

/** A view, or the words that say what of it cannot be read. */
function readView(one: unknown): View | string {
  const told: Record<string, unknown> = typeof one === 'object' && one !== null ? { ...one } : {}
  const { name, text, isDown, shape } = told
  if (typeof name !== 'string' || tidy(name) === '') return say('one without a name')
  const odd = (what: string) =>
    `“${tidy(name)}” (${what} ${JSON.stringify(told[what]) ?? say('missing')})`
  const status = ['', ...statuses].find((known) => known === told['status'])
  const only = (['', ...conditions.map((each) => each.name)] as const).find(
    (known) => known === told['only'],
  )
  const column = columns.find((known) => known === told['order'])
  if (typeof text !== 'string') return odd('text')
  if (status === undefined) return odd('status')
  if (only === undefined) return odd('only')
  if (column === undefined) return odd('order')
  if (typeof isDown !== 'boolean') return odd('isDown')
  if (shape !== 'board' && shape !== 'table') return odd('shape')
  return {
    name: tidy(name),
    filter: { text, status, only },
    layout: { order: { column, isDown }, isBoard: shape === 'board' },
  }
}
