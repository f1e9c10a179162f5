import { count, plural } from '../frame/words'
import { language } from '../language/language.svelte'

/** What a piece goes out as: the word of the wire, how the screen says it, and its key. */
export const formats = [
  { format: 'md', name: 'Markdown', use: 'for a site or another desk', key: '1' },
  { format: 'html', name: 'HTML', use: 'one page, ready for the web', key: '2' },
  { format: 'txt', name: 'Plain text', use: 'the words alone', key: '3' },
  { format: 'docx', name: 'Word', use: 'DOCX, for who edits there', key: '4' },
  { format: 'proof', name: 'Proof', use: 'each quote, its evidence', key: '5' },
  { format: 'proof-docx', name: 'Proof for Word', use: 'the same, as comments', key: 'x' },
  { format: 'proof-pdf', name: 'Proof as PDF', use: 'the same, to print', key: 'o' },
  { format: 'odt', name: 'OpenDocument', use: 'ODT, for LibreOffice', key: '6' },
  { format: 'epub', name: 'EPUB', use: 'for a reading device', key: '7' },
  { format: 'pdf', name: 'PDF', use: 'set as pages, to print or send', key: 'p' },
  { format: 'ninjs', name: 'ninjs 3', use: 'JSON, for a wire or a CMS', key: '8' },
  { format: 'ninjs2', name: 'ninjs 2', use: 'JSON, for older readers', key: '9' },
  { format: 'nitf', name: 'NITF', use: 'XML, for an older wire', key: '0' },
] as const

/** A size as it is said: `812 bytes`, `14 kB`, `1.2 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte')
  if (bytes < 1_000_000) return `${count(Math.round(bytes / 1000))} kB`
  const shape = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return `${(bytes / 1_000_000).toLocaleString(language.locale, shape)} MB`
}
