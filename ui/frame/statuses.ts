/** What may be said of how far a piece is, in order. */
export const statuses = ['draft', 'edit', 'legal', 'ready', 'published', 'spiked'] as const
