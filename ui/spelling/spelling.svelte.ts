import { SvelteMap } from 'svelte/reactivity'
import {
  type Misspelling,
  misspellingAtCaret,
  misspellingsOf,
  passWord,
} from '../draft/misspellings'
import { readFiles } from '../frame/files'
import { type Args, call } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt, lookUp } from '../trouble.svelte'
import { inPiece } from '../undoing'
import type { SpellingView } from '../wire'

/** A word somebody spoke that is about to be put right. */
type Asked = { misspelling: Misspelling; meant: string }

/** Spelling at the desk: by which dictionary, and what an editor does about a word no dictionary knows. */
class Spelling {
  /** None until it was asked for. */
  view = $state.raw<SpellingView | null>(null)
  isOpen = $state(false)
  /** The words of somebody that are to be changed, until an editor says so; none while none are. */
  asked = $state.raw<Asked | null>(null)
  /** By word, what may have been meant. */
  readonly #meant = new SvelteMap<string, string[]>()
  /** Counts what was kept: what was asked before it may be meant otherwise now. */
  #nKept = 0

  async read(): Promise<void> {
    this.view = await attempt(() => call('spelling', {}))
  }

  /** Opens the dictionary and the learned words. */
  async open(): Promise<void> {
    await this.read()
    this.isOpen = this.view !== null
  }

  /** The misspelling at the caret. */
  get atCaret(): Misspelling | undefined {
    return misspellingAtCaret(piece.state)
  }

  /** What may have been meant by a word, the likeliest first; none before the core has answered. */
  meantBy(word: string): string[] | undefined {
    return this.#meant.get(word)
  }

  /** Asks what may have been meant by a word, where that is not known yet. */
  async suggest(word: string): Promise<void> {
    if (this.#meant.has(word)) return
    const nKept = this.#nKept
    const meant = await lookUp(() => call('suggest_spelling', { word }))
    if (meant && nKept === this.#nKept) this.#meant.set(word, meant)
  }

  /**
   * Sets what was meant in place of a misspelling; where somebody spoke it, asks first. False when that is still to be
   * said, or the words are no longer there.
   */
  async choose(misspelling: Misspelling, meant: string): Promise<boolean> {
    // What was typed since may have made speech of the words around it.
    if (piece.spelledBody !== piece.body) await piece.recheck()
    if (piece.spelledBody !== piece.body) return false
    const found = misspellingsOf(piece.state).find(({ at }) => at[0] === misspelling.at[0])
    if (found?.word !== misspelling.word) return false
    if (found.isQuoted) {
      this.asked = { misspelling: found, meant }
      return false
    }
    piece.apply([{ at: found.at, insert: meant }])
    return true
  }

  /** Changes what somebody said, for an editor said so. */
  put(): void {
    const { asked } = this
    this.asked = null
    const found = misspellingsOf(piece.state).find(({ at }) => at[0] === asked?.misspelling.at[0])
    if (asked && found?.word === asked.misspelling.word)
      piece.apply([{ at: found.at, insert: asked.meant }])
  }

  /** Has the desk know a word; one key takes it back. Says whether it was kept. */
  async learn(word: string | undefined): Promise<boolean> {
    if (word === undefined) return false
    const before = this.view?.words ?? (await attempt(() => call('spelling', {})))?.words
    return this.#keep(
      () => call('learn_word', { word }),
      ({ words }) => {
        const learned = words.find((known) => !before?.includes(known))
        if (learned)
          toast(say('“{learned}” is known from now on', { learned }), () =>
            this.#keep(() => forget(learned)),
          )
      },
    )
  }

  /** Takes a learned word back; one key has the desk know it again. */
  async forget(word: string): Promise<void> {
    await this.#keep(
      () => forget(word),
      () => {
        toast(say('“{word}” is no longer known', { word }), () =>
          this.#keep(() => call('learn_word', { word })),
        )
      },
    )
  }

  /** Lets a word stand while the piece is open; one key takes it back. */
  pass(word: string | undefined): void {
    const { id } = piece
    if (word === undefined) return
    piece.dispatch({ effects: passWord.of({ word, isPassed: true }) })
    toast(
      say('“{word}” stands in this piece', { word }),
      inPiece(id, () => {
        piece.dispatch({ effects: passWord.of({ word, isPassed: false }) })
      }),
    )
  }

  /** Reads drafts by a dictionary, null for none; one key takes it back. */
  async set(language: string | null, readsCapitals: boolean): Promise<void> {
    await this.#keep(() => call('set_spelling', { language, readsCapitals }), this.#changeFrom())
  }

  /** Brings a dictionary, its two files picked together; one key reads by the one before again. */
  async add(picked: FileList | null | undefined): Promise<void> {
    const files = await attempt(() => readFiles(picked ?? []))
    if (files?.length) await this.#keep(() => call('add_dictionary', { files }), this.#changeFrom())
  }

  /** Takes a dictionary that was added out of the desk. */
  async drop(name: string): Promise<void> {
    await this.#keep(
      () => call('drop_dictionary', { name }),
      () => {
        toast(say('{name} was taken out. Add its files to have it again', { name }))
      },
    )
  }

  /** Tells by what drafts are read now, and how to read by what stands before the change. */
  #changeFrom(): (view: SpellingView) => void {
    const before = this.view
    return ({ language }) => {
      const told =
        language === null
          ? say('Spelling is off')
          : say('Drafts are read by {language}', { language })
      if (before) toast(told, () => this.#keep(() => call('set_spelling', settingOf(before))))
    }
  }

  /** Has the core keep something, tells of it, and reads the piece anew by it. Says whether it was kept. */
  async #keep(
    ask: () => Promise<SpellingView>,
    tell?: (view: SpellingView) => void,
  ): Promise<boolean> {
    const kept = await attempt(ask)
    if (!kept) return false
    this.view = kept
    this.#nKept += 1
    this.#meant.clear()
    tell?.(kept)
    await piece.recheck()
    return true
  }
}

const forget = (word: string) => call('forget_word', { word })

function settingOf({ language, readsCapitals }: SpellingView): Args<'set_spelling'> {
  return { language, readsCapitals }
}

/** The one spelling of the desk. */
export const spelling = new Spelling()
