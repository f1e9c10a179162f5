import { call, Refused } from '../host'
import { attempt } from '../trouble.svelte'
import type { FileIn, FileOrder, HeadView, SeenFile } from '../wire'
import { pieces } from './pieces.svelte'

/** The parts of a head, in their order. */
export const parts = ['hed', 'dek', 'byline', 'dateline'] as const

/** Files that are read sooner are not worth a word. */
const SLOW_MS = 500

/** A file on its way to the desk: what it would bring, and what the editor makes of it. */
export class Coming {
  /** As the editor says it is. */
  head = $state<HeadView>({ hed: '', dek: '', byline: '', dateline: '' })
  isSkipped = $state(false)

  constructor(
    readonly file: FileIn,
    /** None where it cannot be read. */
    readonly seen: SeenFile | null,
    /** Why it cannot be read. */
    readonly refusal: string | null = null,
  ) {
    if (seen) this.head = { ...seen.head }
  }

  /** It has to be looked at before it is taken. */
  get needsLook(): boolean {
    return this.seen?.isSure !== true
  }

  get isTaken(): boolean {
    return this.seen !== null && !this.isSkipped
  }

  get order(): FileOrder {
    const { head, seen } = this
    const isAsRead = parts.every((part) => head[part] === seen?.head[part])
    return { file: this.file, head: isAsRead ? null : { ...head } }
  }
}

/** Files that were picked or dropped, until they are taken or left. */
class Importing {
  isOpen = $state(false)
  /** Those that were read so far, in the order they came. */
  files = $state.raw<Coming[]>([])
  /** How many came. */
  nFiles = $state(0)
  /** The one that is looked at. */
  at = $state(0)
  isTaking = $state(false)
  /** Why they were not taken; none when they were not refused. */
  trouble = $state<string | null>(null)
  #turn = 0

  get isReading(): boolean {
    return this.files.length < this.nFiles
  }

  get taken(): Coming[] {
    return this.files.filter(({ isTaken }) => isTaken)
  }

  /** Reads files one by one; takes them where nothing is to be decided, else shows what they would bring. */
  async bring(files: FileIn[]): Promise<void> {
    const turn = ++this.#turn
    this.files = []
    this.nFiles = files.length
    this.at = 0
    this.trouble = null
    const slow = setTimeout(() => {
      if (turn === this.#turn) this.isOpen = true
    }, SLOW_MS)
    for (const file of files) {
      const coming = await look(file)
      if (turn !== this.#turn) return
      this.files = [...this.files, coming]
    }
    clearTimeout(slow)
    const hasNone = this.files.every(({ seen }) => seen === null)
    if (hasNone || !this.files.some(({ needsLook, isSkipped }) => needsLook || isSkipped)) {
      // Where all are refused the core says why.
      const orders = this.files.map(({ order }) => order)
      this.leave()
      await attempt(() => pieces.take(orders))
      return
    }
    // Who looks at one already is left there.
    if (!this.isOpen) this.at = this.files.findIndex(({ needsLook }) => needsLook)
    this.isOpen = true
  }

  step(by: 1 | -1): void {
    this.at = Math.max(0, Math.min(this.files.length - 1, this.at + by))
  }

  /** Takes those that are not skipped, all or none. */
  async take(): Promise<void> {
    const orders = this.taken.map(({ order }) => order)
    if (this.isTaking || this.isReading || orders.length === 0) return
    const turn = this.#turn
    this.isTaking = true
    try {
      await pieces.take(orders)
      if (turn === this.#turn) this.leave()
    } catch (cause) {
      this.trouble = Refused.from(cause).message
    } finally {
      this.isTaking = false
    }
  }

  /** Leaves them where they are; what is still being read is let go. */
  leave(): void {
    this.#turn++
    this.isOpen = false
    this.files = []
    this.nFiles = 0
  }
}

async function look(file: FileIn): Promise<Coming> {
  try {
    return new Coming(file, await call('look_at_file', { file }))
  } catch (cause) {
    return new Coming(file, null, Refused.from(cause).message)
  }
}

/** The one import there is. */
export const importing = new Importing()
