import { call, isWindow, Refused } from '../host'
import { language, say, tell } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { lookUp } from '../trouble.svelte'
import type { NoteView } from '../wire'

/** So often a recording is opened before it is said that it cannot be played. */
const TRIES = 3
/** How fast a recording can be played. */
const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

/** What a kind of recording is called, by its media type. */
const kinds: Record<string, string> = {
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
  'audio/wav': 'WAV',
  'audio/ogg': 'Ogg',
  'audio/flac': 'FLAC',
  'video/mp4': 'MP4',
  'video/webm': 'WebM',
}

/** What plays the recording of a note: one at a time, over all screens. */
class Player {
  /** The note whose recording it has; null while it has none. */
  note = $state.raw<NoteView | null>(null)
  isPlaying = $state(false)
  /** Where it stands, from the beginning. */
  atMs = $state(0)
  /** How long it is; null until that is known. */
  lengthMs = $state.raw<number | null>(null)
  rate = $state.raw(1)
  /** How much of it was read, of 1, while it is read; null once it is there. */
  read = $state.raw<number | null>(null)
  /** Why it cannot be played; null when it can. */
  trouble = $state.raw<string | null>(null)
  #sound: HTMLAudioElement | null = null
  #kind = ''

  /** Where the timecode stands in the note from which it plays; null before the first. */
  readonly place = $derived.by(() => {
    const { note, atMs } = this
    return note?.timecodes.findLast(({ ms }) => ms <= atMs)?.at[0] ?? null
  })

  /** Plays what was said at a place of a note: from the last timecode up to it. */
  async play(note: NoteView, place: number): Promise<void> {
    const { recording } = note
    if (recording === null) {
      toast(say('This note has no recording: attach one on Sources.'))
      return
    }
    if (this.note?.recording?.id !== recording.id || this.trouble !== null) {
      if (!(await this.#load(note))) return
    } else this.note = note
    const ms = note.timecodes.findLast(({ at }) => at[0] <= place)?.ms ?? 0
    if (this.lengthMs !== null && ms > this.lengthMs)
      toast(say('The recording ends before {time}.', { time: timeOf(ms) }))
    else this.#goOn(ms)
  }

  /** The same, for a note that is not at hand. */
  async playNote(id: number, place: number): Promise<void> {
    const note = this.note?.id === id ? this.note : await lookUp(() => call('open_note', { id }))
    if (note) await this.play(note, place)
  }

  /** Pauses, or goes on. */
  toggle(): void {
    if (this.isPlaying) this.#sound?.pause()
    else this.#goOn(this.atMs)
  }

  /** So many seconds on, or back. */
  skip(seconds: number): void {
    this.#seek(this.atMs + seconds * 1000)
  }

  /** To the next timecode of its note, or to the one before. */
  step(by: 1 | -1): void {
    const codes = this.note?.timecodes ?? []
    const at = codes.findIndex(({ at }) => at[0] === this.place)
    const next = codes[Math.max(0, at + by)]
    if (next) this.#seek(next.ms)
  }

  /** Faster by one step, or slower. */
  changeRate(by: 1 | -1): void {
    this.rate = RATES[RATES.indexOf(this.rate) + by] ?? this.rate
    if (this.#sound) this.#sound.playbackRate = this.rate
  }

  /** Lets the recording go, or stops reading it. */
  close(): void {
    const sound = this.#sound
    this.#sound = this.note = this.lengthMs = this.read = this.trouble = null
    this.isPlaying = false
    this.atMs = 0
    if (!sound) return
    sound.pause()
    URL.revokeObjectURL(sound.src)
    sound.removeAttribute('src')
  }

  #goOn(ms: number): void {
    this.#seek(ms)
    void this.#sound?.play().catch((cause: unknown) => {
      // What cannot be played is told by its error; a browser may want to be asked again by a key.
      if (!(cause instanceof DOMException)) this.trouble = Refused.from(cause).message
    })
  }

  #seek(ms: number): void {
    if (!this.#sound || this.read !== null) return
    this.atMs = Math.min(Math.max(0, ms), this.lengthMs ?? Infinity)
    this.#sound.currentTime = this.atMs / 1000
  }

  /** Reads the recording of a note in pieces; true once it is there. */
  async #load(note: NoteView): Promise<boolean> {
    this.close()
    this.note = note
    this.read = 0
    const isLeft = () => this.note !== note
    try {
      const blob = await this.#readAll(note, isLeft)
      if (isLeft() || blob === null) return false
      this.read = null
      await this.#open(blob)
      return !isLeft()
    } catch (cause) {
      if (!isLeft()) {
        this.read = null
        this.trouble = tell(Refused.from(cause).message)
      }
      return false
    }
  }

  async #readAll({ recording }: NoteView, isLeft: () => boolean): Promise<Blob | null> {
    if (recording === null) return null
    const { id, sizeBytes } = recording
    const type = await call('check_recording', { recordingId: id })
    this.#kind = kinds[type] ?? type
    // One stretch of memory: of a blob made of several WebKitGTK plays the last as if it were the first.
    const whole = new Uint8Array(sizeBytes)
    for (let at = 0; at < sizeBytes && !isLeft();) {
      const bytes = bytesOf(await call('read_recording', { recordingId: id, startByte: at }))
      if (bytes.length === 0) break
      whole.set(bytes.subarray(0, sizeBytes - at), at)
      at += bytes.length
      if (!isLeft()) this.read = Math.min(1, at / sizeBytes)
    }
    return new Blob([whole], { type })
  }

  /** Settles once the system knows how long it is, or cannot play it. WebKitGTK has been seen to fail once, and play then. */
  async #open(blob: Blob): Promise<void> {
    for (let n = 0; n < TRIES; n++) {
      if (n > 0 && this.#sound) URL.revokeObjectURL(this.#sound.src)
      if (await this.#begin(blob)) return
    }
    this.trouble = this.#why()
  }

  /** False where the system cannot play it. */
  #begin(blob: Blob): Promise<boolean> {
    const sound = new Audio(URL.createObjectURL(blob))
    this.#sound = sound
    sound.playbackRate = this.rate
    sound.preservesPitch = true
    const isHere = () => this.#sound === sound
    const show = () => {
      if (!isHere()) return
      this.isPlaying = !sound.paused && !sound.ended
      this.atMs = sound.currentTime * 1000
      if (Number.isFinite(sound.duration)) this.lengthMs = sound.duration * 1000
    }
    for (const event of ['play', 'pause', 'ended', 'timeupdate', 'durationchange', 'seeked'])
      sound.addEventListener(event, show)
    return new Promise((settle) => {
      let isKnown = false
      sound.addEventListener('loadedmetadata', () => {
        isKnown = true
        show()
        settle(true)
      })
      sound.addEventListener('error', () => {
        if (isHere()) {
          this.isPlaying = false
          if (isKnown) this.trouble = this.#why()
        }
        settle(!isHere())
      })
    })
  }

  #why(): string {
    if (!isWindow()) return say('This browser cannot play {kind}.', { kind: this.#kind })
    const plugin = /^M[4P][A4]$/.test(this.#kind)
      ? 'gstreamer1.0-plugins-good, gstreamer1.0-libav'
      : 'gstreamer1.0-plugins-good'
    return say('This system cannot play {kind}; it may need {plugin}.', {
      kind: this.#kind,
      plugin,
    })
  }
}

/** The one player. */
export const player = new Player()

/** How fast it plays: `1.25 ×`. */
export function rateWords(rate: number): string {
  return `${rate.toLocaleString(language.locale)} ×`
}

/** A time of a recording: `00:14:03`. */
export function timeOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
