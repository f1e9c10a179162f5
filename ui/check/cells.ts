import { say, tell } from '../language/language.svelte'
import type { AlignedView } from '../wire'

/** A word of the draft over the note's, or the number of words that are folded away. */
export type Cell = AlignedView & { key: number; nFolded: number }

/** Words of one fate in a row beyond this are folded to their number. */
const FOLD_FROM = 12
/** How many of them stay at both ends. */
const KEPT = 4

/** The cells of an alignment, long rows of words that are all the same, dropped or added folded in their middle. */
export function cellsOf(aligned: readonly AlignedView[]): Cell[] {
  const cells: Cell[] = []
  let row: Cell[] = []
  const close = (): void => {
    const [first] = row.slice(KEPT)
    if (first === undefined || row.length < FOLD_FROM) cells.push(...row)
    else {
      const folded = { ...first, draft: '', note: '', nFolded: row.length - 2 * KEPT }
      cells.push(...row.slice(0, KEPT), folded, ...row.slice(-KEPT))
    }
    row = []
  }
  aligned.forEach((each, key) => {
    if (row[0] !== undefined && row[0].kind !== each.kind) close()
    row.push({ ...each, key, nFolded: 0 })
  })
  close()
  return cells
}

/** What is said where words are folded. */
export function foldedWords(cell: Cell): string {
  return cell.kind === 'same'
    ? say('… {n} the same …', { n: cell.nFolded })
    : say('… {n} more {kind} …', { n: cell.nFolded, kind: tell(cell.kind) })
}
