import { call } from '../host'
import { say } from '../language/language.svelte'
import { isSameName, tidy } from '../parts/names'
import { toast } from '../parts/toasts.svelte'
import { attempt, lookUp } from '../trouble.svelte'
import { shown } from './shown.svelte'
import { builtIn, isShownAs, readViews, type View, withOwnNames, writeViews } from './view'

type Change = (kept: readonly View[]) => View[]

/** So many letters a name may have. */
const N_LETTERS = 80

/** The views of the desk: those that come with Stet and, behind them, those an editor kept. */
class Views {
  kept = $state.raw<readonly View[]>([])
  /** Why views that the desk keeps are left out; null when none is. */
  warning = $state<string | null>(null)
  /** The name that is asked for: of a new view, or another one of the picked view. */
  asked = $state<'keep' | 'rename' | null>(null)
  #name = $state<string | null>(null)
  /** What could not be read: it is kept as it stands. */
  #unread: readonly unknown[] = []
  #isRead = false
  /** Counts what is written, so that nothing read before takes its place. */
  #nWrites = 0
  #writing: Promise<unknown> = Promise.resolve()

  readonly all = $derived([...builtIn, ...this.kept])
  /** The view that was picked last, also when the desk is shown otherwise by now; else one as it is shown. */
  readonly picked = $derived(
    this.all.find(({ name }) => name === this.#name) ??
      this.all.find((view) => isShownAs(view, shown.view)),
  )
  readonly isChanged = $derived(this.picked !== undefined && !isShownAs(this.picked, shown.view))
  /** The picked view, if an editor kept it. */
  readonly own = $derived(this.kept.find((view) => view === this.picked))

  /** Reads what the desk keeps. */
  async read(): Promise<void> {
    const n = this.#nWrites
    const text = await lookUp(() => call('kept_views', {}))
    if (text === null || n !== this.#nWrites) return
    const { views, unread, why } = readViews(text)
    this.kept = views
    this.#unread = unread
    this.#isRead = true
    this.warning =
      why.length === 0
        ? null
        : say(
            'Kept views that cannot be read are left out, and stay in the desk as they are: {why}.',
            { why: why.join('; ') },
          )
  }

  pick(view: View | undefined): void {
    if (!view) return
    this.#name = view.name
    shown.show(view)
  }

  /** Picks the next view (`1`) or the one before, round and round. */
  step(by: 1 | -1): void {
    const at = this.all.findIndex((view) => view === this.picked)
    this.pick(this.all.at((at + by) % this.all.length))
  }

  /** Why a view cannot be called so; null when it can. */
  whyNot(name: string): string | null {
    if (tidy(name) === '') return say('A view needs a name.')
    if (tidy(name).length > N_LETTERS)
      return say('A name has at most {n} letters.', { n: N_LETTERS })
    const isItself = this.asked === 'rename' && isSameName(name, this.own?.name ?? '')
    const isTaken = this.all.some((view) => isSameName(view.name, name))
    return isTaken && !isItself ? say('There is a view of that name already.') : null
  }

  /** Keeps the desk as it is shown under a name; true when it is kept. */
  async keep(words: string): Promise<boolean> {
    const view = { name: tidy(words), ...shown.view }
    const isDone = await this.#change(
      (kept) => [...kept, view],
      say('View “{name}” kept', { name: view.name }),
      (kept) => kept.filter(({ name }) => name !== view.name),
    )
    if (isDone) this.#name = view.name
    return isDone
  }

  /** Gives the picked view another name; true when it has it. */
  async rename(words: string): Promise<boolean> {
    const view = this.#ownOrSay()
    if (!view) return false
    const renamed = { ...view, name: tidy(words) }
    if (renamed.name === view.name) return true
    const isDone = await this.#change(
      put(view, renamed),
      say('View “{before}” is now “{after}”', { before: view.name, after: renamed.name }),
      put(renamed, view),
    )
    if (isDone) this.#name = renamed.name
    return isDone
  }

  /** Has the picked view show what is shown now. */
  async replace(): Promise<void> {
    const view = this.#ownOrSay()
    if (!view || !this.isChanged) return
    const replaced = { name: view.name, ...shown.view }
    await this.#change(
      put(view, replaced),
      say('View “{name}” replaced', { name: view.name }),
      put(replaced, view),
    )
  }

  /** Takes the picked view out of the list. */
  async remove(): Promise<void> {
    const view = this.#ownOrSay()
    if (!view) return
    const at = this.kept.indexOf(view)
    await this.#change(
      (kept) => kept.filter(({ name }) => name !== view.name),
      say('View “{name}” removed', { name: view.name }),
      (kept) => kept.toSpliced(at, 0, view),
    )
  }

  /** Asks for the name of a new view, or for another one of the picked view. */
  ask(what: 'keep' | 'rename'): void {
    if (what === 'keep' || this.#ownOrSay()) this.asked = what
  }

  #ownOrSay(): View | undefined {
    if (!this.own)
      toast(say('Pick a view you kept first: those that come with Stet stay as they are.'))
    return this.own
  }

  /** Changes what is kept, and says so with a way back; true when it is kept. */
  async #change(change: Change, told: string, back: Change): Promise<boolean> {
    const isDone = await this.#write(change)
    if (isDone) toast(told, () => this.#write(back))
    return isDone
  }

  /** Writes what is kept with a change, one change after the other; true when it is written, false where nothing changes. */
  #write(change: Change): Promise<boolean> {
    const written = this.#writing.then(async () => {
      // What the desk keeps would be lost, if it were not known.
      if (!this.#isRead) await this.read()
      if (!this.#isRead) return false
      const kept = withOwnNames(change(this.kept))
      // As where a key was pressed twice.
      if (JSON.stringify(kept) === JSON.stringify(this.kept)) return false
      this.#nWrites++
      const text = await attempt(() => call('keep_views', { text: writeViews(kept, this.#unread) }))
      this.#nWrites++
      if (text !== null) this.kept = kept
      return text !== null
    })
    this.#writing = written
    return written
  }
}

/** Puts one view where another is. */
function put(old: View, now: View): Change {
  return (kept) => kept.map((view) => (view.name === old.name ? now : view))
}

/** The one list of views. */
export const views = new Views()
