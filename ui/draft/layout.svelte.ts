/** What may stand beside the draft, in the order of Alt+1 … Alt+5. */
export const tabNames = ['check', 'notes', 'outline', 'style', 'comments'] as const

/** What stands beside the draft. */
export type Tab = (typeof tabNames)[number]

/** How the draft is laid out. One for all pieces: who leaves the screen finds it again as it was. */
export const layout = $state({
  tab: 'check' as Tab,
})
