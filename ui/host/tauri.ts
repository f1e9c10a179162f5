import { invoke } from '@tauri-apps/api/core'
import type { Entry } from '../host'

/** Asks the core behind the window; rejects with a `Refusal`. */
export function call(name: string, args: unknown): Promise<unknown> {
  return invoke('call', { name, args })
}

/** Opens the system's save dialog; null when it was closed. */
export function pickSavePath(suggested: string): Promise<string | null> {
  return invoke('pick_save_path', { suggested })
}

/** Opens the system's dialog for folders; null when it was closed. */
export function pickFolder(): Promise<string | null> {
  return invoke('pick_folder')
}

/** Opens the system's dialog for a recording; null when it was closed. */
export function pickRecording(): Promise<string | null> {
  return invoke('pick_recording')
}

/** Lets the window have the whole screen; lets it go where it has it. */
export function toggleFullScreen(): Promise<void> {
  return invoke('toggle_full_screen')
}

/** Shows all of the window so large, in percent. */
export function zoomTo(percent: number): Promise<void> {
  return invoke('zoom_to', { percent })
}

/** See `host.ts`. */
export function showMenu(bar: readonly Entry[]): Promise<void> {
  return invoke('show_menu', { bar })
}
