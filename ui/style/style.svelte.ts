import { leaveSlip, type Slip, slipAtCaret, slipsOf } from '../draft/slips'
import { call } from '../host'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { attempt } from '../trouble.svelte'
import type { StyleView } from '../wire'
import { house } from '../frame/house.svelte'
import { plural } from '../frame/words'
import { say } from '../language/language.svelte'

/** The house style: its rules, and what an editor does about a slip. */
class HouseStyle {
  /** None until it was asked for. */
  view = $state.raw<StyleView | null>(null)
  isRulesOpen = $state(false)
  /** The slip an exception is asked for; none while none is. */
  excepted = $state.raw<Slip | null>(null)

  async read(): Promise<void> {
    this.view = await attempt(() => call('house_style', {}))
  }

  /** Opens the rules. */
  async open(): Promise<void> {
    await this.read()
    this.isRulesOpen = this.view !== null
  }

  /** Keeps rules; what was is one button away. Says whether they were kept: a line that is none is told, and none is lost. */
  async keep(text: string): Promise<boolean> {
    const before = this.view?.text
    if (!(await this.#keep(text))) return false
    if (before !== undefined && before !== text)
      toast(say('{rules} kept', { rules: plural(this.view?.nRules ?? 0, 'rule') }), () =>
        this.#keep(before),
      )
    return true
  }

  async #keep(text: string): Promise<boolean> {
    const kept = await attempt(() => call('set_style', { text }))
    if (kept) this.#take(kept)
    return kept !== null
  }

  async setOn(isOn: boolean): Promise<void> {
    const kept = await attempt(() => call('set_style_on', { isOn }))
    if (kept) this.#take(kept)
  }

  /** Off where it is on, on where it is off. */
  async toggle(): Promise<void> {
    await this.read()
    if (!this.view) return
    await this.setOn(!this.view.isOn)
    toast(this.view.isOn ? say('House style is on') : say('House style is off'))
  }

  /** Writes the rules to a file the editor picks; where there is no window to ask, beside the desk. */
  async write(): Promise<void> {
    const path = await house.askWhere('house-style.txt')
    if (path === null) return
    const done = await attempt(() => call('write_style', { path }))
    if (done) toast(say('Rules written to {path}', { path: done.path }))
  }

  /** Sets what is preferred in place of a slip; of all slips of its rule where that is asked. */
  async fix(slip: Slip | undefined, isWholeRule = false): Promise<void> {
    if (!slip) return
    // What was typed since may have made speech of the words around it.
    if (piece.slippedBody !== piece.body) await piece.recheck()
    if (piece.slippedBody !== piece.body) return
    const asked = slipsOf(piece.state).filter((other) =>
      isWholeRule ? other.line === slip.line : other.at[0] === slip.at[0],
    )
    const edits = asked.flatMap(({ at, preferred }) =>
      preferred === null ? [] : [{ at, insert: preferred }],
    )
    if (edits.length > 0) piece.apply(edits)
  }

  /** Lets a slip stand while the piece is open. */
  leave(slip: Slip | undefined): void {
    if (slip) piece.dispatch({ effects: leaveSlip.of(slip) })
  }

  /** Asks in which words the rule of a slip lets it stand. */
  ask(slip: Slip | undefined): void {
    this.excepted = slip ?? null
  }

  /** Adds an exception to the rule of the slip that was asked for. */
  async except(phrase: string): Promise<void> {
    const slip = this.excepted
    if (!slip) return
    const before = (await attempt(() => call('house_style', {})))?.text
    const kept = await attempt(() => call('except_from_style', { line: slip.line, phrase }))
    if (!kept) return
    this.excepted = null
    this.#take(kept)
    if (before !== undefined)
      toast(say('“{phrase}” may stand from now on', { phrase }), () => this.#keep(before))
  }

  /** The slip at the caret. */
  get atCaret(): Slip | undefined {
    return slipAtCaret(piece.state)
  }

  #take(view: StyleView): void {
    this.view = view
    void piece.recheck()
  }
}

/** The one house style of the desk. */
export const houseStyle = new HouseStyle()
