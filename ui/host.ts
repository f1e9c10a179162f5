import { say } from './language/language.svelte'
import type { Commands, Refusal } from './wire'
import * as serve from './host/serve'

/** The name of a call. */
export type Name = keyof Commands
/** What a call is given. */
export type Args<K extends Name> = Commands[K]['args']
/** What a call gives back. */
export type Reply<K extends Name> = Commands[K]['reply']
/** Answers calls: the window's core, the loopback twin, or a test. */
export type Host = (name: Name, args: unknown) => Promise<unknown>

/** One thing in the window’s menu bar, in the language that is shown. */
export type Entry =
  | { kind: 'line' }
  /** What the system does itself. */
  | { kind: 'system'; told: string; words: string; key: string }
  /** What the page is told when it is chosen, see `listenToMenu`, and the key that does the same; grey where it can do nothing now. */
  | { kind: 'item'; told: string; words: string; key: string; isOffered: boolean }
  | { kind: 'menu'; words: string; entries: Entry[] }

/** A call that was refused; `message` is for an editor. Nothing was changed. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }

  /** What came back from a host, as a refusal: a `Refusal`, an `Error`, or anything else. */
  static from(cause: unknown): Refused {
    if (cause instanceof Refused) return cause
    if (isRefusal(cause)) return new Refused(cause.code, cause.message)
    const words = cause instanceof Error ? cause.message : String(cause)
    return new Refused(
      'host',
      say('Stet could not be reached: {why}. Your text is kept here.', { why: words }),
    )
  }
}

let testHost: Host | null = null
let sayLocked = (): void => undefined

/** What to do when the core says that the desk is locked. */
export function onLocked(work: () => void): void {
  sayLocked = work
}

/** Puts a host of the test's own in place of the real one; null takes it away again. */
export function setHostForTest(host: Host | null): void {
  testHost = host
}

/** Asks the core. **Errors**: `Refused`, always. */
export async function call<K extends Name>(name: K, args: Args<K>): Promise<Reply<K>> {
  try {
    return (await ask(name, args)) as Reply<K>
  } catch (cause) {
    const refused = Refused.from(cause)
    if (refused.code === 'locked') sayLocked()
    throw refused
  }
}

/** Asks where to save; null when the editor thought better of it or there is no window to ask. */
export async function pickSavePath(suggested: string): Promise<string | null> {
  if (testHost || !isWindow()) return null
  const tauri = await import('./host/tauri')
  return tauri.pickSavePath(suggested)
}

/**
 * Writes a file. A place that no dialog led to is refused by the core: then one asks, beginning there. `isAsked`: the
 * dialog has asked about a file that is there. Null when the editor thought better of it.
 */
export function writeTo<T>(
  path: string,
  write: (path: string, isAsked: boolean) => Promise<T>,
): Promise<T | null> {
  return whereChosen(path, write, pickSavePath)
}

/** Reads a recording. One that no dialog led to is refused by the core: then one asks. Null when the editor thought better of it. */
export function readRecording<T>(
  path: string,
  read: (path: string) => Promise<T>,
): Promise<T | null> {
  return whereChosen(path, read, pickRecording)
}

async function whereChosen<T>(
  path: string,
  act: (path: string, isAsked: boolean) => Promise<T>,
  pick: (suggested: string) => Promise<string | null>,
): Promise<T | null> {
  try {
    return await act(path, false)
  } catch (cause) {
    if (Refused.from(cause).code !== 'unchosen') throw cause
    const picked = await pick(path)
    return picked === null ? null : act(picked, true)
  }
}

/** Asks for a folder; null when the editor thought better of it or there is no window to ask. */
export async function pickFolder(): Promise<string | null> {
  if (testHost || !isWindow()) return null
  const tauri = await import('./host/tauri')
  return tauri.pickFolder()
}

/** Asks for the file of a recording; null when the editor thought better of it or there is no window to ask. */
export async function pickRecording(): Promise<string | null> {
  if (testHost || !isWindow()) return null
  const tauri = await import('./host/tauri')
  return tauri.pickRecording()
}

/** Has the window show this menu bar. */
export async function showMenu(bar: readonly Entry[]): Promise<void> {
  if (testHost || !isWindow()) return
  const tauri = await import('./host/tauri')
  await tauri.showMenu(bar)
}

/** Lets the window have the whole screen; lets it go where it has it. */
export async function toggleFullScreen(): Promise<void> {
  if (testHost) return
  if (isWindow()) await (await import('./host/tauri')).toggleFullScreen()
  else if (document.fullscreenElement) await document.exitFullscreen()
  else await document.documentElement.requestFullscreen()
}

/** Shows all of the window so large, in percent. A browser zooms by itself. */
export async function zoomTo(percent: number): Promise<void> {
  if (testHost || !isWindow()) return
  const tauri = await import('./host/tauri')
  await tauri.zoomTo(percent)
}

/** True inside the desktop window, where a save dialog can be had. */
export function isWindow(): boolean {
  return '__TAURI_INTERNALS__' in globalThis
}

/** Names the window after the piece, as the core says it may be; the shell follows the document's title. */
export function setTitle(title: string | null): void {
  document.title = title ? `${title} · Stet` : 'Stet'
}

async function ask(name: Name, args: unknown): Promise<unknown> {
  if (testHost) return testHost(name, args)
  if (!isWindow()) return serve.call(name, args)
  const tauri = await import('./host/tauri')
  return tauri.call(name, args)
}

function isRefusal(cause: unknown): cause is Refusal {
  return (
    typeof cause === 'object' &&
    cause !== null &&
    'code' in cause &&
    'message' in cause &&
    typeof cause.code === 'string' &&
    typeof cause.message === 'string' &&
    !(cause instanceof DOMException)
  )
}
