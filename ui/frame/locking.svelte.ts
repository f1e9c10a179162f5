import { comments } from '../comments/comments.svelte'
import { beside } from '../draft/beside.svelte'
import { call, onLocked, Refused, setTitle } from '../host'
import { piece } from '../piece.svelte'
import { notes } from '../sources/notes.svelte'
import { attempt, trouble } from '../trouble.svelte'
import { whereabouts } from '../whereabouts.svelte'
import { house } from './house.svelte'

/** How often idle time is looked at. */
const LOOK_MS = 5_000
/** The clock went on without us: the machine slept. A window nobody sees is asked once a minute only. */
const SLEPT_MS = 90_000

/** Whether the desk is locked, and when it is to be. */
class Locking {
  /** Null until the core has answered for the first time. */
  isLocked = $state<boolean | null>(null)
  /** Why it could not be unlocked. */
  why = $state.raw<Refused | null>(null)
  isAsked = $state(false)
  /** Forgets everything the page knows: a page that is loaded anew has no word in it. A test puts its own here. */
  forgetAll = (): void => {
    location.reload()
  }

  /** Asks the core whether the desk is open. */
  async begin(): Promise<void> {
    onLocked(() => {
      this.#cover()
    })
    await house.read()
    this.isLocked ??= false
    if (!this.isLocked) await this.#return()
  }

  /** Saves what is unsaved, then locks. What cannot be saved keeps the desk open, and the banner says why. */
  async lock(): Promise<void> {
    if (this.isLocked !== false || house.desk?.hasPassphrase !== true) return
    try {
      await piece.flush()
      if (notes.isDirty && !(await notes.save())) return
      if (comments.isUnsaid) await comments.keepAll()
      await call('lock', {})
    } catch (cause) {
      trouble.say(cause)
      return
    }
    this.#cover()
  }

  /** By key: a desk without a passphrase is asked for one first. */
  async lockOrAsk(): Promise<void> {
    if (house.desk?.hasPassphrase) await this.lock()
    else this.isAsked = true
  }

  async unlock(passphrase: string): Promise<void> {
    try {
      await call('unlock', { passphrase })
      this.why = null
    } catch (cause) {
      this.why = Refused.from(cause)
      return
    }
    await house.read()
    this.isLocked = false
    await this.#return()
  }

  /** Sets, changes or takes off (`next` empty) the passphrase. **Errors**: `Refused`; nothing was changed. */
  async setPassphrase(old: string, next: string): Promise<void> {
    await piece.flush()
    house.desk = await call('set_passphrase', { old, new: next })
  }

  async setLockAfter(minutes: number): Promise<void> {
    const desk = await attempt(() => call('set_lock_after', { minutes }))
    if (desk) house.desk = desk
  }

  /** Locks when nobody has touched the window for as long as the desk says, or the machine slept. Call what comes back to stop. */
  watch(page: Window): () => void {
    let touchedAt = Date.now()
    let lookedAt = touchedAt
    const touch = () => (touchedAt = Date.now())
    const look = () => {
      const now = Date.now()
      const after_min = house.desk?.lockAfterMin
      const isIdle = after_min != null && now - touchedAt >= after_min * 60_000
      if (isIdle || now - lookedAt >= SLEPT_MS) void this.lock()
      lookedAt = now
    }
    const timer = setInterval(look, LOOK_MS)
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'input']
    for (const kind of kinds) page.addEventListener(kind, touch, { capture: true, passive: true })
    return () => {
      clearInterval(timer)
      for (const kind of kinds) page.removeEventListener(kind, touch, { capture: true })
    }
  }

  #cover(): void {
    if (this.isLocked) return
    const wasOpen = this.isLocked === false
    whereabouts.leave()
    this.isLocked = true
    setTitle(null)
    if (wasOpen) this.forgetAll()
  }

  /** To where the editor was when the desk was open last. */
  async #return(): Promise<void> {
    const { desk } = house
    if (!desk) return
    beside.restore(desk.path)
    await whereabouts.restore(desk.path)
  }
}

/** The one lock. */
export const locking = new Locking()
