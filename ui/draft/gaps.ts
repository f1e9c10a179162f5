import { type Extension } from '@codemirror/state'
import { Decoration } from '@codemirror/view'
import { decoratedLines } from './lines'

const between = Decoration.line({ class: 'between' })

/**
 * Sets the blank line after a graf low, as the space between grafs.
 *
 * The last line never is: there the next graf is about to be written, and it must not jump with its first letter.
 */
export const gaps: Extension = decoratedLines(between, (line, doc) => {
  const isBlank = line.length === 0 && line.number > 1 && line.number < doc.lines
  return isBlank && doc.line(line.number - 1).length > 0
})
