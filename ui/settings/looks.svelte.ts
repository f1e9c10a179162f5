import { MediaQuery } from 'svelte/reactivity'
import { keep, readKept } from './kept'

/** How the window may look, each way as it is said in English; the first is how Stet comes. */
export const ways = {
  theme: [
    { name: 'system', words: 'System' },
    { name: 'light', words: 'Light' },
    { name: 'dark', words: 'Dark' },
    { name: 'high-light', words: 'High contrast' },
    { name: 'high-dark', words: 'High contrast, dark' },
  ],
  /** The type of what is read: the piece, its quotes, the notes. */
  type: [
    { name: 'serif', words: 'Serif' },
    { name: 'sans', words: 'Sans' },
  ],
  size: [
    { name: 'small', words: 'Small' },
    { name: 'usual', words: 'Usual' },
    { name: 'large', words: 'Large' },
    { name: 'larger', words: 'Larger' },
  ],
  lines: [
    { name: 'short', words: 'Short' },
    { name: 'usual', words: 'Usual' },
    { name: 'long', words: 'Long' },
  ],
  typewriter: [
    { name: 'off', words: 'Off' },
    { name: 'on', words: 'On' },
  ],
  /** Quotes and dashes as one types. */
  quotes: [
    { name: 'curly', words: 'Curly' },
    { name: 'straight', words: 'As typed' },
  ],
} as const

/** What can be chosen, and what was. */
export type Chosen = { [K in keyof typeof ways]: (typeof ways)[K][number]['name'] }

const usual: Chosen = {
  theme: 'system',
  type: 'serif',
  size: 'usual',
  lines: 'usual',
  typewriter: 'off',
  quotes: 'curly',
}
const KEPT = 'stet-looks'
const KEPT_ZOOM = 'stet-zoom'

/** How large all of the window can be, in percent. */
export const zooms = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200]

/** How the window looks. Outlasts the window. */
export class Looks {
  chosen = $state.raw<Chosen>(read())
  /** How large all of the window is, in percent; a browser has a way of its own. */
  zoom = $state.raw(readZoom())
  readonly #isDark = new MediaQuery('prefers-color-scheme: dark')
  readonly #isHigh = new MediaQuery('prefers-contrast: more')

  /** The theme that is shown: what the editor chose, else what the system asks for. */
  get theme(): Exclude<Chosen['theme'], 'system'> {
    const { theme } = this.chosen
    if (theme !== 'system') return theme
    const lightness = this.#isDark.current ? 'dark' : 'light'
    return this.#isHigh.current ? `high-${lightness}` : lightness
  }

  choose(some: Partial<Chosen>): void {
    this.chosen = { ...this.chosen, ...some }
    keep(KEPT, this.chosen)
  }

  /** The next size of what is read, or the one before; the last stays. */
  step(by: 1 | -1): void {
    const at = ways.size.findIndex(({ name }) => name === this.chosen.size)
    const next = ways.size[at + by]
    if (next) this.choose({ size: next.name })
  }

  /** Shows all of the window so large. */
  chooseZoom(percent: number): void {
    this.zoom = percent
    keep(KEPT_ZOOM, { percent: String(percent) })
  }

  /** All of the window larger by a step, or smaller; the last stays. */
  stepZoom(by: 1 | -1): void {
    const next = zooms[zooms.indexOf(this.zoom) + by]
    if (next !== undefined) this.chooseZoom(next)
  }

  /** Says at the root of the page how it looks; `theme.css` does the rest. */
  show(root: HTMLElement): void {
    Object.assign(root.dataset, this.chosen, { theme: this.theme })
  }
}

/** What was kept, as far as it is still a way to look. */
function read(): Chosen {
  const known = readKept(KEPT).filter(([what, name]) =>
    Object.entries(ways).some(
      ([way, names]) => way === what && names.some((each) => each.name === name),
    ),
  )
  return { ...usual, ...Object.fromEntries(known) }
}

function readZoom(): number {
  const [, percent] = readKept(KEPT_ZOOM).find(([what]) => what === 'percent') ?? []
  return zooms.find((each) => String(each) === percent) ?? 100
}

/** How this window looks. */
export const looks = new Looks()
