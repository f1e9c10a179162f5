import type { Sight } from './sight'

/** Where in a piece an editor was: the caret, and what was in sight. Numbers, never a word. */
export type Spot = {
  /** What is selected, in UTF-16 code units of the body: from here … */
  anchor: number
  /** … to the caret. */
  head: number
  sight: Sight
}

/** How many pieces are remembered. */
const N_SPOTS = 20

/** Where an editor was in the pieces they had open, the last one at the end. */
class Spots {
  #all = new Map<number, Spot>()

  /** Null for a piece nobody had open lately. */
  get(id: number): Spot | null {
    return this.#all.get(id) ?? null
  }

  /** A piece was left there. */
  keep(id: number, spot: Spot): void {
    this.#all.delete(id)
    this.#all.set(id, spot)
    const [oldest] = this.#all.keys()
    if (this.#all.size > N_SPOTS && oldest !== undefined) this.#all.delete(oldest)
  }

  get all(): [id: number, spot: Spot][] {
    return [...this.#all]
  }

  /** Those of another time, in place of what is remembered. */
  reset(all: readonly (readonly [id: number, spot: Spot])[] = []): void {
    this.#all = new Map(all.slice(-N_SPOTS))
  }
}

/** One for all pieces. */
export const spots = new Spots()
