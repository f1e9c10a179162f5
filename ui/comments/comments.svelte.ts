import { begunOf, isOpen, showBegun, threadAtCaret, threadsOf } from '../draft/threads'
import { house } from '../frame/house.svelte'
import { type Args, call } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt } from '../trouble.svelte'
import { inPiece } from '../undoing'
import type { CommentView, Place16, ThreadView } from '../wire'

/** The commands that say something or take it back; each answers with all threads of the piece. */
type Act = 'add_comment' | 'reply' | 'edit_comment' | 'resolve_comment' | 'bin_comment'

/** A comment that is being written, on words of a piece. */
type Begun = {
  pieceId: number
  words: string
  /** Where they stood when it was begun. */
  at: Place16
  text: string
}

/** What is said about words of the open piece, and what is being said. */
class Comments {
  #begun = $state<Begun | null>(null)
  /** The thread that was pressed in the list; the one at the caret is shown where it was not. */
  pressedId = $state<number | null>(null)
  /** Replies that are being written, by thread. */
  replies = $state<Record<number, string>>({})
  /** One's own comment that is said in other words. */
  edited = $state<{ id: number; text: string } | null>(null)

  /** The comment being written on the open piece. */
  get begun(): Begun | null {
    return this.#begun?.pieceId === piece.id ? this.#begun : null
  }

  /** Of the open piece: the open ones first, in the order of the text. */
  get threads(): ThreadView[] {
    const all = threadsOf(piece.state)
    return [...all.filter(isOpen), ...all.filter((thread) => !isOpen(thread))]
  }

  /** The one that is worked on. */
  get current(): ThreadView | undefined {
    const pressed = this.threads.find(({ id }) => id === this.pressedId)
    return pressed ?? threadAtCaret(piece.state)
  }

  get nOpen(): number {
    return threadsOf(piece.state).filter(isOpen).length
  }

  /** True while words stand in a field that nobody has kept. */
  get isUnsaid(): boolean {
    const words = [this.#begun?.text, this.edited?.text, ...Object.values(this.replies)]
    return words.some((text) => text !== undefined && text.trim() !== '')
  }

  /** One may say one's own words anew; nobody else's. */
  isOwn({ by }: CommentView): boolean {
    return by === (house.desk?.editor ?? '')
  }

  /** Begins a comment on words of the open piece; what is being written goes on, on those words. */
  begin([from, to]: Place16): void {
    const { id, body } = piece
    if (id === null || from === to) return
    const words = body.slice(from, to)
    this.#begun = { pieceId: id, words, at: [from, to], text: this.begun?.text ?? '' }
    piece.dispatch({ effects: showBegun.of([from, to]) })
  }

  /** Puts a comment that is being written away; one button brings it back. */
  drop(): void {
    const { begun } = this
    this.#end()
    if (begun?.text.trim())
      toast(say('Comment put away'), () => {
        // What is being written by now goes its own way back.
        this.drop()
        this.#begun = begun
        if (this.begun) piece.dispatch({ effects: showBegun.of(placeOf(begun, piece.body)) })
      })
  }

  /** Keeps the comment that is being written; true when it was kept. */
  async add(): Promise<boolean> {
    const { begun } = this
    if (!begun?.text.trim()) return false
    const { pieceId: id, text } = begun
    const at = begunOf(piece.state) ?? placeOf(begun, piece.body) ?? [0, 0]
    const isKept = await this.#ask('add_comment', id, { id, at, text })
    if (isKept && this.#begun === begun && begun.text === text) this.#end()
    return isKept
  }

  /**
   * Keeps all that is being said, before the window forgets it. A comment whose words are gone comes to stand on the whole
   * of its piece. **Errors**: `Refused`; what was not kept is still being written.
   */
  async keepAll(): Promise<void> {
    const { body } = piece
    const begun = this.#begun
    if (begun?.text.trim()) {
      const { pieceId: id, text } = begun
      const isShown = id === piece.id
      const its = isShown ? body : (await call('open_draft', { id })).body
      const at = (isShown ? begunOf(piece.state) : null) ?? placeOf(begun, its) ?? [0, its.length]
      await call('add_comment', { id, body: its, at, text })
      this.#end()
    }
    const { edited } = this
    if (edited?.text.trim()) {
      await call('edit_comment', { commentId: edited.id, body, text: edited.text })
      this.edited = null
    }
    for (const [id, text] of Object.entries(this.replies)) {
      if (text.trim()) await call('reply', { commentId: Number(id), body, text })
      this.replies[Number(id)] = ''
    }
    void piece.recheck()
  }

  /** Keeps the reply that is being written in a thread. */
  async reply({ id }: ThreadView): Promise<void> {
    const text = this.replies[id] ?? ''
    if (!text.trim()) return
    const isKept = await this.#ask('reply', piece.id, { commentId: id, text })
    if (isKept && this.replies[id] === text) this.replies[id] = ''
  }

  /** Keeps one's own comment as it was said anew. */
  async edit(): Promise<void> {
    const { edited } = this
    if (!edited?.text.trim()) return
    const { id: commentId, text } = edited
    const isKept = await this.#ask('edit_comment', piece.id, { commentId, text })
    if (isKept && this.edited === edited && edited.text === text) this.edited = null
  }

  /** Resolves a thread, or opens it again. */
  async resolve(thread: ThreadView): Promise<void> {
    const wasOpen = isOpen(thread)
    const words = wasOpen ? say('Comment resolved') : say('Comment opened again')
    await this.#undoably(words, (isBack) =>
      this.#ask('resolve_comment', piece.id, {
        commentId: thread.id,
        isResolved: wasOpen !== isBack,
      }),
    )
  }

  /** Begins to say one's own last words of the thread anew; false where one has said nothing in it. */
  beginEdit(): boolean {
    const own = this.current?.said.findLast((comment) => this.isOwn(comment))
    if (own) this.edited = { id: own.id, text: own.text }
    return own !== undefined
  }

  /** Takes away what was last said in the thread one is on. */
  async binLast(): Promise<void> {
    const last = this.current?.said.at(-1)
    if (last) await this.bin(last)
  }

  /** Takes a comment away, the first of a thread with its replies. */
  async bin({ id }: CommentView): Promise<void> {
    await this.#undoably(say('Comment taken away'), (isBack) =>
      this.#ask('bin_comment', piece.id, { commentId: id, isInBin: !isBack }),
    )
  }

  async #undoably(words: string, doing: (isBack: boolean) => Promise<boolean>): Promise<void> {
    const { id } = piece
    if (!(await doing(false)) || piece.id !== id) return
    toast(
      words,
      inPiece(id, () => doing(true)),
    )
  }

  /** Asks and shows the threads as they stand then; true when it was done. */
  async #ask(name: Act, pieceId: number | null, args: object): Promise<boolean> {
    const { body } = piece
    const threads = await attempt(() => call(name, { ...args, body } as Args<Act>))
    if (threads) piece.showThreads(pieceId, body, threads)
    return threads !== null
  }

  #end(): void {
    this.#begun = null
    piece.dispatch({ effects: showBegun.of(null) })
  }
}

/** Where its words stand in a body, nearest to where they stood; null where they do not. */
function placeOf({ words, at: [near] }: Begun, body: string): Place16 | null {
  const before = body.lastIndexOf(words, near)
  const behind = body.indexOf(words, near)
  const isBefore = behind < 0 || (before >= 0 && near - before < behind - near)
  const from = isBefore ? before : behind
  return from < 0 ? null : [from, from + words.length]
}

/** The comments of the open piece. */
export const comments = new Comments()
