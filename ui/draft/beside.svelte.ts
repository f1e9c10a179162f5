import { standardKeymap } from '@codemirror/commands'
import {
  EditorSelection,
  EditorState,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { tick, untrack } from 'svelte'
import { MediaQuery } from 'svelte/reactivity'
import { call, Refused } from '../host'
import { say } from '../language/language.svelte'
import { type Back, type Left, piece } from '../piece.svelte'
import { keep, readKept } from '../settings/kept'
import { attempt } from '../trouble.svelte'
import type { DraftRow, DraftView } from '../wire'
import { bodyExtensions, hasNothingToCopy, setting } from './body'
import { changeBetween } from './change'
import { showSelected } from './marks'
import { showing, type Sight, sightOf, TOP } from './sight'

/** What is shown of the piece beside, above its body. */
export type Head = Pick<DraftView, 'hed' | 'dek' | 'byline' | 'dateline'>

/** By the path of a desk: `7`, or `7 left`. Numbers, never a word. */
const KEPT = 'stet-beside'

/** Words that are read, selected and copied, and not typed into. */
const reading: Extension = [
  keymap.of(standardKeymap),
  setting,
  EditorState.readOnly.of(true),
  EditorView.domEventHandlers({
    // Refused before it is done, so that not even a letter flashes up.
    beforeinput: (event) => {
      event.preventDefault()
      return true
    },
    copy: hasNothingToCopy,
  }),
  EditorView.contentAttributes.of(() => ({
    'aria-label': say('Body of {slug}', { slug: beside.slug }),
    spellcheck: 'false',
    lang: 'en',
  })),
]

/** The piece that stands beside the one that is edited: to be read, and to change over with it. */
class Beside {
  /** None while the piece that is edited stands alone. */
  id = $state<number | null>(null)
  /** As far as it is known. */
  slug = $state('')
  /** None until it was read. */
  head = $state.raw<Head | null>(null)
  /** Why it could not be read; null when it could. */
  why = $state.raw<Refused | null>(null)
  /** Left of the piece that is edited, else right of it. */
  isLeft = $state(false)
  /** Where the window is too narrow for all: only its head stands, for the panel or the piece that is edited. */
  isFolded = $state(false)
  /** The picker is open. */
  isChoosing = $state(false)
  readonly #isNarrow = new MediaQuery('max-width: 720px')

  #state = $state.raw(EditorState.create({ extensions: reading }))
  #view: EditorView | null = null
  /** Null where it is not known: the caret is shown then. */
  #sight: Sight | null = TOP
  /** As it was left when it was edited last; null where it was only read. */
  #left: Pick<Left, 'version' | 'state'> | null = null
  #desk = ''
  #nReads = 0

  get body(): string {
    return this.#state.doc.toString()
  }

  /** True where nobody wrote anything in it yet. */
  get isEmpty(): boolean {
    return this.#state.doc.length === 0
  }

  /** For the column: what it starts from. */
  get state(): EditorState {
    return this.#state
  }

  /** What a window this narrow shows in place of the piece that is edited. */
  get isCovering(): boolean {
    return this.id !== null && !this.isFolded && this.#isNarrow.current
  }

  /** Puts a piece beside the one that is edited, in place of another that stood there. The column reads it. */
  open(id: number, slug = ''): void {
    if (id === piece.id) return
    if (id !== this.id) this.#stand(id, slug)
    this.isFolded = false
  }

  /** The piece that is edited stands alone again. */
  close(): void {
    this.isLeft = false
    this.#stand(null)
  }

  /** Reads it anew, as it is on the desk now. What is gone or in the bin is not shown. */
  async read(): Promise<void> {
    const { id } = this
    const n = ++this.#nReads
    if (id === null) return
    try {
      const draft = await call('open_draft', { id })
      if (n !== this.#nReads) return
      if (draft.place === 'bin') this.close()
      else this.#show(draft)
    } catch (cause) {
      if (n !== this.#nReads) return
      const why = Refused.from(cause)
      if (why.code === 'notFound') this.close()
      else this.why = why
    }
  }

  /**
   * It is edited from now on, and the other stands beside, each on its own side. What was typed is saved first; where
   * that is refused the banner says so, and both stay as they are. True when it is done.
   */
  async changeOver(): Promise<boolean> {
    const { id } = this
    if (id === null) return false
    const isDone = (await attempt(() => piece.open(id))) ?? false
    if (isDone) this.uncover()
    return isDone
  }

  /** True while the caret is in the column. */
  get hasFocus(): boolean {
    return this.#view?.hasFocus ?? false
  }

  /** The caret into the column. */
  async focus(): Promise<void> {
    this.isFolded = false
    await tick()
    this.#view?.focus()
  }

  /** Where it stands in place of the piece that is edited, it no longer does. */
  uncover(): void {
    if (untrack(() => this.isCovering)) this.isFolded = true
  }

  /** What was said of a piece from outside: what goes into the bin does not stay beside. */
  routed({ id, place }: DraftRow): void {
    if (place === 'bin') this.forget(id)
  }

  /** A piece is gone. */
  forget(id: number): void {
    if (id === this.id) this.close()
  }

  /** What stood beside when the desk was open last, on this machine. */
  restore(desk: string): void {
    this.#desk = desk
    const kept = readKept(KEPT).find(([path]) => path === desk)?.[1]
    const [, id, side] = /^(\d+)( left)?$/.exec(String(kept)) ?? []
    this.isLeft = side !== undefined
    this.#stand(id === undefined || Number(id) === piece.id ? null : Number(id))
  }

  /** For the column: it is shown. */
  attach(view: EditorView): void {
    this.#view = view
    view.dispatch({ effects: showing(this.#sight, this.#state.selection.main.head) })
  }

  /** For the column: it is gone; the state stays. */
  detach(view: EditorView): void {
    if (this.#view === view) this.#view = null
  }

  /** For the column: the selection moved, or the words. */
  moved(state: EditorState): void {
    this.#state = state
  }

  /** For the column: what a double click chose is let go, so that no letter that is typed next replaces it. */
  collapse(): void {
    this.#dispatch({ selection: { anchor: this.#state.selection.main.from } })
  }

  /** For the column: it was scrolled. */
  scrolled(): void {
    if (this.#view) this.#sight = sightOf(this.#view)
  }

  /** A piece takes the place of the one that is edited. Where it stood beside, the other goes there. */
  takeBack(next: DraftView, left: Left | null): Back | null {
    if (next.id !== this.id) return null
    const back = this.#back(next)
    if (left) {
      this.isLeft = !this.isLeft
      this.#stand(left.id, left.fields.slug)
      this.#left = { version: left.version, state: left.state }
      this.#sight = left.sight
      this.head = left.fields
      this.#set(readingOf(left.state.doc.toString(), left.state.selection))
    } else this.close()
    return back
  }

  /** The piece beside as it is edited on: with its history where the desk has what was left, with its caret where it has what was read. */
  #back({ body, version }: DraftView): Back {
    const isAsLeft = this.#left?.version === version && this.#left.state.doc.toString() === body
    const state =
      this.#left && isAsLeft
        ? this.#left.state
        : EditorState.create({ doc: body, extensions: bodyExtensions })
    const isAsRead = body === this.body
    const selection = isAsRead ? this.#state.selection : undefined
    const begun = state.update({ selection, effects: showSelected.of(null) }).state
    const sight = this.#view && isAsRead ? sightOf(this.#view) : this.#sight
    return { state: begun, sight: isAsRead ? sight : null }
  }

  #show(draft: DraftView): void {
    const isRead = this.head !== null
    this.why = null
    this.head = draft
    this.slug = draft.slug
    if (!isRead) this.#set(readingOf(draft.body))
    // As an edit: caret and place stay with their words.
    else if (draft.body !== this.body)
      this.#dispatch({ changes: changeBetween(this.body, draft.body) })
  }

  #stand(id: number | null, slug = ''): void {
    this.#nReads += 1
    this.id = id
    this.slug = slug
    this.head = null
    this.why = null
    this.#left = null
    this.#sight = TOP
    this.#set(readingOf(''))
    this.#keep()
  }

  #keep(): void {
    const others = readKept(KEPT).filter(([desk]) => desk !== this.#desk)
    const own = this.id === null ? [] : [[this.#desk, `${this.id}${this.isLeft ? ' left' : ''}`]]
    keep(KEPT, Object.fromEntries([...others, ...own]) as Record<string, string>)
  }

  #dispatch(spec: TransactionSpec): void {
    if (this.#view) this.#view.dispatch(spec)
    else this.#state = this.#state.update(spec).state
  }

  #set(state: EditorState): void {
    this.#state = state
    this.#view?.setState(state)
  }
}

function readingOf(body: string, selection = EditorSelection.single(0)): EditorState {
  return EditorState.create({ doc: body, selection, extensions: reading })
}

/** The one piece beside. */
export const beside = new Beside()

piece.takeBack = (next, left) => beside.takeBack(next, left)
