import { call, isWindow, pickSavePath } from '../host'
import { toast } from '../parts/toasts.svelte'
import { attempt } from '../trouble.svelte'
import type { DeskView } from '../wire'

/** The desk as a whole: who works here, and whether it can be written. */
class House {
  desk = $state.raw<DeskView | null>(null)
  isEditorAsked = $state(false)

  async read(): Promise<void> {
    this.desk = await attempt(() => call('desk', {}))
  }

  async setEditor(editor: string): Promise<void> {
    const desk = await attempt(() => call('set_editor', { editor }))
    if (desk) this.desk = desk
  }

  /** Copies the desk, whole, to a path the editor picks; where there is no window to ask, beside the desk. */
  async backup(): Promise<void> {
    const day = new Date().toLocaleDateString('sv')
    const beside = `${this.desk?.path ?? 'stet'}.${day}.backup`
    const path = isWindow() ? await attempt(() => pickSavePath(`stet-${day}.backup`)) : beside
    if (path === null) return
    const done = await attempt(() => call('backup', { path }))
    if (done) toast(`Backed up to ${done.path}`)
  }
}

/** The one desk. */
export const house = new House()
