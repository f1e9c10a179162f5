import { Refused } from './host'

/** `saving` from the first unsaved letter on, so that `saved` is never said too early. */
export type SaveState = 'saved' | 'saving' | 'failed'

/** Waits this long after the last change. */
const QUIET_MS = 150
/** Never waits longer than this after the first unsaved change. */
const FIRM_MS = 250
/** Waits before trying again: doubled each time, up to the last. */
const RETRY_MS = [250, 500, 1000, 2000]

/** When to save: soon after a change, one save at a time, and again until one succeeds. */
export class Saving {
  state = $state<SaveState>('saved')
  /** When the last save succeeded; null before the first. */
  savedAt = $state<string | null>(null)
  /** Why the last save failed; null when it did not. */
  why = $state.raw<Refused | null>(null)

  #save: () => Promise<string>
  #isDirty = false
  #isDue = false
  #inFlight: Promise<void> | null = null
  #nFailed = 0
  /** Counts what was forgotten: how a save that was under way then ends is nobody's any more. */
  #turn = 0
  #quiet: ReturnType<typeof setTimeout> | undefined
  #firm: ReturnType<typeof setTimeout> | undefined

  /** `save` keeps what stands in the window at the moment it is called, and gives the time it was kept. */
  constructor(save: () => Promise<string>) {
    this.#save = save
  }

  /** True while there is text that no save has kept. */
  get isUnsaved(): boolean {
    return this.#isDirty || this.#inFlight !== null
  }

  /** True when the piece was saved elsewhere: nothing is tried again until the editor has chosen. */
  get isConflict(): boolean {
    return this.why?.code === 'conflict'
  }

  /** Something changed. */
  changed(): void {
    this.#isDirty = true
    if (this.isConflict) return
    if (this.state === 'saved') this.state = 'saving'
    if (this.#nFailed > 0) return
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => void this.#due(), QUIET_MS)
    this.#firm ??= setTimeout(() => void this.#due(), FIRM_MS)
  }

  /** Saves now what is unsaved. **Errors**: the `Refused` of the save; the text stays, and is tried again. */
  async flush(): Promise<void> {
    while (this.isUnsaved) {
      await (this.#inFlight ?? this.#run())
      if (this.why) throw this.why
    }
  }

  /** Waits until no save is under way, however it ends. */
  async settle(): Promise<void> {
    while (this.#inFlight) await this.#inFlight
  }

  /** Forgets all that was unsaved: another piece is shown, or the editor took the other text. */
  reset(savedAt: string | null): void {
    this.#stopWaiting()
    this.#turn += 1
    this.#isDirty = false
    this.#isDue = false
    this.#nFailed = 0
    this.state = 'saved'
    this.savedAt = savedAt
    this.why = null
  }

  /** The editor chose what to do about a conflict: save again. */
  resume(): Promise<void> {
    this.why = null
    this.#nFailed = 0
    this.#isDirty = true
    return this.flush()
  }

  async #due(): Promise<void> {
    this.#stopWaiting()
    if (this.#inFlight) this.#isDue = true
    else if (this.#isDirty) await this.#run()
  }

  #run(): Promise<void> {
    this.#stopWaiting()
    this.#isDirty = false
    this.#isDue = false
    if (this.state === 'saved') this.state = 'saving'
    this.#inFlight = this.#try().finally(() => {
      this.#inFlight = null
      if (this.#isDue && !this.why) void this.#due()
    })
    return this.#inFlight
  }

  async #try(): Promise<void> {
    const turn = this.#turn
    try {
      const savedAt = await this.#save()
      if (turn !== this.#turn) return
      this.savedAt = savedAt
      this.#nFailed = 0
      this.why = null
      this.state = this.#isDirty ? 'saving' : 'saved'
    } catch (cause) {
      if (turn !== this.#turn) return
      this.#isDirty = true
      this.why = Refused.from(cause)
      this.state = 'failed'
      this.#retryLater()
    }
  }

  #retryLater(): void {
    if (this.isConflict) return
    const wait_ms = RETRY_MS[Math.min(this.#nFailed, RETRY_MS.length - 1)]
    this.#nFailed += 1
    this.#stopWaiting()
    this.#firm = setTimeout(() => void this.#due(), wait_ms)
  }

  #stopWaiting(): void {
    clearTimeout(this.#quiet)
    clearTimeout(this.#firm)
    this.#quiet = undefined
    this.#firm = undefined
  }
}
