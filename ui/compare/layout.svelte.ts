import type { Order } from './rows'

/** How comparisons are laid out. One for all of them: who leaves the screen finds it again as it was. */
export const layout = $state({
  /** All the text, or only around changes. */
  isAll: false,
  /** Side by side, or in one text. */
  isColumns: false,
  /** How changes are listed and walked through. */
  order: 'substance' as Order,
})

/** Lists by substance what stood as the text has it, and the other way round. */
export function turnOrder(): void {
  layout.order = layout.order === 'text' ? 'substance' : 'text'
}
