import { pieces } from './desk/pieces.svelte'
import { layout, type Tab, tabNames } from './draft/layout.svelte'
import { type Spot, spots } from './draft/spots'
import { call, Refused } from './host'
import { piece } from './piece.svelte'
import { go, screen, type ScreenName, screenNames } from './screen.svelte'
import { keep, readKept } from './settings/kept'
import { trouble } from './trouble.svelte'
import type { DraftView } from './wire'

/** By the path of a desk, what `write` puts together: screen, panel and numbers, never a word of a piece. */
const KEPT = 'stet-whereabouts'
/** Nobody scrolled, typed or went anywhere for this long. */
const REST_MS = 300

/** Where an editor was when the window went. */
type Whereabouts = {
  screen: ScreenName
  tab: Tab
  /** The piece that was open, and how often it had been saved. */
  piece: { id: number; version: number } | null
  spots: [id: number, spot: Spot][]
}

/** Where the editor is: screen, panel, piece, and the place in it. Kept by desk on this machine, so that a start leads back. */
class WhereaboutsKeeper {
  /** Null while nothing is kept: until the editor is back, and while the desk is locked. */
  #desk: string | null = null

  /**
   * To where the editor was on this desk when it was open last. Who goes elsewhere meanwhile is left there; a piece that
   * is gone, in the bin, or of an older desk than the one that was open is not shown, and the desk is.
   */
  async restore(desk: string): Promise<void> {
    this.#desk = null
    const kept = read(desk)
    spots.reset(kept?.spots)
    layout.tab = kept?.tab ?? 'check'
    if (kept?.piece) await this.#reopen(kept.screen, kept.piece)
    else if (kept?.screen === 'sources') go(kept.screen)
    this.#desk = desk
  }

  /** Keeps where the editor is, and nothing of what comes then: the desk is locked. */
  leave(): void {
    this.keep()
    this.#desk = null
  }

  /** Keeps where the editor is now. */
  keep(): void {
    const desk = this.#desk
    if (desk === null) return
    const { id } = piece
    if (id !== null) spots.keep(id, piece.spot)
    const others = readKept(KEPT).filter(([path]) => path !== desk)
    const now: Whereabouts = {
      screen: screen.name,
      tab: layout.tab,
      piece: id === null ? null : { id, version: piece.edit?.version ?? 0 },
      spots: spots.all,
    }
    keep(KEPT, Object.fromEntries([...others, [desk, write(now)]]) as Record<string, string>)
  }

  /** For an effect of the page: keeps where the editor is once they rest there, and when the window goes. */
  watch(page: Window): () => void {
    const keepNow = () => {
      this.keep()
    }
    page.addEventListener('pagehide', keepNow)
    $effect(() => {
      void [screen.name, layout.tab, piece.id, piece.state, piece.sight]
      const timer = setTimeout(keepNow, REST_MS)
      return () => {
        clearTimeout(timer)
      }
    })
    return () => {
      page.removeEventListener('pagehide', keepNow)
    }
  }

  async #reopen(name: ScreenName, { id, version }: { id: number; version: number }): Promise<void> {
    go(name)
    const { at } = screen
    const isOpen = await piece
      .openFrom(async () => {
        const draft = await call('open_draft', { id })
        if (isLost(draft, version)) throw new Refused('notFound', '')
        return draft
      })
      .catch((cause: unknown) => {
        if (Refused.from(cause).code !== 'notFound') trouble.say(cause)
        return false
      })
    if (isOpen) pieces.selectedId ??= id
    else if (screen.at === at && name !== 'sources') go('desk')
  }
}

/** In the bin; or saved less often than the piece of this number was, so that it is another, or the same long before. */
function isLost({ place, version }: DraftView, kept: number): boolean {
  return place === 'bin' || version < kept
}

/** `["draft","outline",7,12,[7,104,104,88,-12]]`: the piece and its saves, then of each piece caret and sight. */
function write({ screen: name, tab, piece: open, spots: all }: Whereabouts): string {
  const rows = all.map(([id, { anchor, head, sight }]) => [
    id,
    anchor,
    head,
    sight.at,
    Math.round(sight.below),
  ])
  return JSON.stringify([name, tab, open?.id ?? -1, open?.version ?? -1, ...rows])
}

/** Null where nothing was kept, or what cannot be read. */
function read(desk: string): Whereabouts | null {
  const kept = readKept(KEPT).find(([path]) => path === desk)?.[1]
  const [name, tab, id, version, ...rows] = listIn(kept)
  if (!isOneOf(screenNames, name) || !isOneOf(tabNames, tab) || !isCount(version)) return null
  const found = rows.flatMap((row): [number, Spot][] => {
    const [of, anchor, head, at, below] = Array.isArray(row) ? (row as unknown[]) : []
    if (![of, anchor, head, at].every((each) => isCount(each)) || !Number.isFinite(below)) return []
    const spot = { anchor, head, sight: { at, below } } as Spot
    return [[of as number, spot]]
  })
  return { screen: name, tab, piece: isCount(id) ? { id, version } : null, spots: found }
}

function listIn(kept: unknown): unknown[] {
  try {
    const list: unknown = JSON.parse(String(kept))
    return Array.isArray(list) ? list : []
  } catch {
    // What cannot be read is as good as never kept.
    return []
  }
}

function isOneOf<T>(all: readonly T[], one: unknown): one is T {
  return all.some((each) => each === one)
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0
}

/** The one keeper. */
export const whereabouts = new WhereaboutsKeeper()
