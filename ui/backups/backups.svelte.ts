import { readFiles } from '../frame/files'
import { house } from '../frame/house.svelte'
import { locking } from '../frame/locking.svelte'
import { comments } from '../comments/comments.svelte'
import { call, pickFolder, Refused } from '../host'
import { say } from '../language/language.svelte'
import { toast } from '../parts/toasts.svelte'
import { piece } from '../piece.svelte'
import { notes } from '../sources/notes.svelte'
import type { BackupPreview, BackupsView, FileIn, SalvageView } from '../wire'

/** The desk's backups and the desks that were set aside, and the one that is looked at. */
class Backups {
  isOpen = $state(false)
  list = $state.raw<BackupsView | null>(null)
  /** The name of the one that is looked at. */
  selected = $state<string | null>(null)
  /** What putting it back would change; null until that is known. */
  preview = $state.raw<BackupPreview | null>(null)
  /** What a salvage brought, shown beside the desk it made. */
  salvaged = $state.raw<SalvageView | null>(null)
  /** What was refused last. */
  why = $state<string | null>(null)
  isBusy = $state(false)

  async open(): Promise<void> {
    this.isOpen = true
    this.selected = this.preview = this.why = null
    // What cannot be saved now is told by its own banner.
    await piece.flush().catch(() => undefined)
    await this.read()
  }

  /** Asks which there are, and where a copy of each goes. */
  async read(): Promise<void> {
    await this.#try(async () => {
      this.#show(await call('list_backups', {}))
    })
  }

  /** Looks at one: asks what putting it back would change. */
  async select(name: string | undefined): Promise<void> {
    if (name === undefined || name === this.selected) return
    this.selected = name
    this.preview = this.why = null
    if (name === this.salvaged?.name) return
    try {
      const preview = await call('preview_backup', { name })
      if (this.selected === name) this.preview = preview
    } catch (cause) {
      if (this.selected === name) this.why = Refused.from(cause).message
    }
  }

  /** The one after or before the one that is looked at. */
  async step(by: 1 | -1): Promise<void> {
    const all = this.list?.backups ?? []
    const at = all.findIndex(({ name }) => name === this.selected)
    await this.select(all[Math.min(all.length - 1, Math.max(0, at + by))]?.name)
  }

  async make(): Promise<void> {
    await this.#try(async () => {
      const isNew = await call('make_backup', {})
      toast(isNew ? say('Backed up') : say('Nothing has changed since the last backup'))
      if (this.isOpen) this.#show(await call('list_backups', {}))
    })
    await house.look()
  }

  /** Brings what can be read of a damaged desk into a new one, and shows it in the list. */
  async salvage(): Promise<void> {
    this.isOpen = true
    this.selected = this.preview = this.why = null
    await this.#try(async () => {
      const salvaged = await call('salvage', {})
      this.salvaged = salvaged
      this.selected = salvaged.name
      this.#show(await call('list_backups', {}))
    })
  }

  async chooseSecond(): Promise<void> {
    const folder = await pickFolder()
    if (folder !== null) await this.setSecond(folder)
  }

  /** Chooses the folder that gets a copy of each backup; empty for none. */
  async setSecond(folder: string): Promise<void> {
    await this.#try(async () => {
      this.#show(await call('set_backup_folder', { folder }))
    })
  }

  /**
   * Puts one in the desk's place and begins anew with it. What was typed is saved first; what a desk that can only be
   * read did not take comes as a piece of its own.
   */
  async putBack(name: string): Promise<void> {
    await this.#try(async () => {
      if (notes.isDirty && !(await notes.save()))
        throw new Refused('conflict', 'A note is not saved yet. Save it, or leave it, first.')
      if (comments.isUnsaid) await comments.keepAll()
      const unsaved = await unsavedPiece()
      await call('restore_backup', { name })
      if (unsaved) await call('import_drafts', { files: [unsaved], intoId: null })
      piece.close()
      this.isOpen = false
      locking.forgetAll()
    })
  }

  #show(list: BackupsView): void {
    this.list = list
    if (!this.isOpen) return
    const isThere = list.backups.some(({ name }) => name === this.selected)
    if (!isThere) void this.select(list.backups[0]?.name)
  }

  async #try(doing: () => Promise<void>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.why = null
    try {
      await doing()
    } catch (cause) {
      this.why = Refused.from(cause).message
    }
    this.isBusy = false
  }
}

/** What stands in the window and cannot be saved, as a file; null when all is saved. */
async function unsavedPiece(): Promise<FileIn | null> {
  try {
    await piece.flush()
    return null
  } catch {
    const { slug, hed, dek } = piece.fields
    const words = `---\nslug: ${slug}-unsaved\nhed: ${hed}\ndek: ${dek}\n---\n${piece.body}`
    const [file] = await readFiles([new File([words], `${slug}-unsaved.md`)])
    return file ?? null
  }
}

/** The backups of the one desk. */
export const backups = new Backups()
