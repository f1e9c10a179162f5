import { call, Refused } from '../host'
import { piece } from '../piece.svelte'
import type {
  FileIn,
  ProposalRow,
  RedlineRow,
  RedlineView,
  ReturnedView,
  SuggestionsView,
  SuggestionView,
} from '../wire'
import type { Choice } from './merge'

/** What is done with suggestions. */
export type Act = 'accept' | 'reject' | 'take back' | Choice

/** How long the suggestions wait while the piece is being changed. */
const TYPING_MS = 60

/** The changes of a file that came back for the open piece, and what becomes of them. */
export class Suggesting {
  /** Newest first, without those that were put away. */
  proposals = $state.raw<ProposalRow[]>([])
  view = $state.raw<SuggestionsView | null>(null)
  /** Why they could not be told; null when they could. */
  trouble = $state<string | null>(null)
  /** True once it was asked what came back. */
  isLoaded = $state(false)
  /** Those of one class or one author alone are listed; null for all. */
  onlyClass = $state<string | null>(null)
  onlyAuthor = $state<string | null>(null)

  /** The comparison, with the rows that are listed. */
  readonly redline = $derived.by((): RedlineView | null => {
    const { view } = this
    if (view === null) return null
    const rows = view.redline.rows.filter(
      (row) =>
        (this.onlyClass === null || row.class === this.onlyClass) &&
        (this.onlyAuthor === null || this.authors(row).includes(this.onlyAuthor)),
    )
    return { ...view.redline, rows }
  })
  /** The classes and the authors there are, in the order of the list. */
  readonly classes = $derived(once((this.view?.redline.rows ?? []).map((row) => row.class)))
  readonly allAuthors = $derived(
    once((this.view?.redline.rows ?? []).flatMap((row) => this.authors(row))),
  )

  #pieceId: number | null = null
  #nAsked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** The suggestion of a row. */
  of(row: RedlineRow | null): SuggestionView | null {
    return row?.change == null ? null : (this.view?.each[row.change] ?? null)
  }

  authors(row: RedlineRow): string[] {
    return (this.of(row)?.authors ?? []).map(({ by }) => by)
  }

  isOpen(row: RedlineRow): boolean {
    return this.of(row)?.fate === 'open'
  }

  /** Reads what came back, and shows the suggestions of the one that was shown, else of the last. */
  async load(): Promise<void> {
    clearTimeout(this.#timer)
    const { id } = piece
    if (id === null) return
    this.#turnTo(id)
    const n = ++this.#nAsked
    try {
      await piece.flush()
      const all = await call('list_proposals', { id })
      if (n !== this.#nAsked || id !== piece.id) return
      this.proposals = all.filter((proposal) => !proposal.isInBin)
      const shown = this.proposals.find((proposal) => proposal.id === this.view?.proposal.id)
      const proposal = shown ?? this.proposals[0]
      const view =
        proposal === undefined ? null : await call('suggestions', { proposalId: proposal.id })
      if (n === this.#nAsked && id === piece.id) this.#show(view)
    } catch (cause) {
      if (n === this.#nAsked) this.trouble = Refused.from(cause).message
    }
  }

  /** The piece was changed: where both changed the same words may have changed too. */
  changed(): void {
    clearTimeout(this.#timer)
    if (piece.id !== this.#pieceId) void this.load()
    if (this.view === null) return
    this.#timer = setTimeout(() => void this.load(), TYPING_MS)
  }

  /** Shows the suggestions of another file that came back. **Errors**: `Refused`. */
  async pick(proposalId: number): Promise<void> {
    const n = ++this.#nAsked
    const view = await call('suggestions', { proposalId })
    if (n === this.#nAsked) this.#show(view)
  }

  /** What a file that came back would bring, made of that revision, or of the one the core finds. **Errors**: `Refused`. */
  async look(file: FileIn, baseId: number | null): Promise<ReturnedView | null> {
    const { id } = piece
    if (id === null) return null
    await piece.flush()
    return call('look_at_returned', { id, file, baseId })
  }

  /** Keeps a file that came back, and shows its suggestions. **Errors**: `Refused`; nothing was kept. */
  async bring(file: FileIn, baseId: number | null, by: string): Promise<void> {
    const { id } = piece
    if (id === null) return
    await piece.flush()
    const view = await call('bring_back', { id, file, baseId, by })
    if (id !== piece.id) return
    this.#turnTo(id)
    this.proposals = [view.proposal, ...this.proposals]
    this.#nAsked += 1
    this.#show(view)
  }

  /**
   * Accepts, rejects or takes back, all at once. Gives how many were left open, for the desk changed the same words; null
   * when another piece is open. **Errors**: `Refused`; nothing was changed.
   */
  async act(changes: number[], act: Act): Promise<number | null> {
    const { view } = this
    if (view === null || piece.id !== this.#pieceId) return null
    const { id: proposalId } = view.proposal
    const n = ++this.#nAsked
    const acted = await piece.change(async () => {
      const { version } = view
      const acted = await call('act_on_suggestions', { proposalId, changes, act, version })
      if (n === this.#nAsked && piece.id === this.#pieceId) this.#show(acted.suggestions)
      return acted
    })
    return acted && acted.left
  }

  /** Puts the file that is shown away, or brings one back again. **Errors**: `Refused`. */
  async bin(proposalId: number, isInBin: boolean): Promise<void> {
    await call('bin_proposal', { proposalId, isInBin })
    await this.load()
  }

  #show(view: SuggestionsView | null): void {
    if (view?.proposal.id !== this.view?.proposal.id) this.onlyClass = this.onlyAuthor = null
    this.view = view
    this.trouble = null
    this.isLoaded = true
  }

  /** Forgets what was known of another piece. */
  #turnTo(id: number): void {
    if (id === this.#pieceId) return
    this.#pieceId = id
    this.proposals = []
    this.view = null
    this.trouble = null
    this.isLoaded = false
    this.onlyClass = this.onlyAuthor = null
  }
}

const once = (names: string[]): string[] => [...new Set(names)]
