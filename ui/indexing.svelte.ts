import { call } from './host'
import type { IndexingView } from './wire'

/** What takes less than this is not worth a word. */
const PATIENCE_MS = 500
const AGAIN_MS = 250
/** The core may be about to begin: so many times in a row it must say that nothing is going on. */
const N_QUIET = 4

/** How far the notes index is, asked only while something may be going on. */
class Indexing {
  /** Null when the index is up to date, or was before anyone would have noticed. */
  progress = $state.raw<IndexingView | null>(null)
  #nQuiet = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Notes may have changed: soon asks how far the index is, and again until it is up to date. */
  watch(): void {
    this.#nQuiet = 0
    this.#timer ??= setTimeout(() => void this.#ask(), PATIENCE_MS)
  }

  async #ask(): Promise<void> {
    try {
      this.progress = await call('indexing', {})
    } catch {
      // Only how far it is stays unknown; what goes wrong is said where something was asked for.
      this.progress = null
    }
    this.#nQuiet = this.progress === null ? this.#nQuiet + 1 : 0
    const isOver = this.#nQuiet >= N_QUIET
    this.#timer = isOver ? undefined : setTimeout(() => void this.#ask(), AGAIN_MS)
  }
}

/** The one notes index. */
export const indexing = new Indexing()
