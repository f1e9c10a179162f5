/** What a piece goes out as: the word of the wire, and how the screen says it. */
export const formats = [
  { format: 'md', name: 'Markdown', use: 'for a site or another desk' },
  { format: 'html', name: 'HTML', use: 'one page, ready for the web' },
  { format: 'txt', name: 'Plain text', use: 'the words alone' },
  { format: 'docx', name: 'Word', use: 'DOCX, for who edits there' },
  { format: 'proof', name: 'Proof', use: 'each quote, its evidence' },
] as const

/** A size as it is said: `812 bytes`, `14 kB`, `1.2 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`
  if (bytes < 1_000_000) return `${String(Math.round(bytes / 1000))} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
