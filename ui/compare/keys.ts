import type { Key } from '../keys'
import type { Asked } from './asked'
import type { Comparison } from './comparison.svelte'
import { turnOrder } from './layout.svelte'
import { type Choice, choices } from './merge'
import type { Sight } from './sight.svelte'

/** The keys that go from change to change. */
export function stepKeys(step: (by: 1 | -1) => void): Key[] {
  return [
    [
      'n j',
      'Next change',
      () => {
        step(1)
      },
    ],
    [
      'p k',
      'Previous change',
      () => {
        step(-1)
      },
    ],
  ]
}

/** The keys that go through the changes of a marked text, and that turn their order. */
export function walkKeys(sight: Sight): Key[] {
  return [
    ...stepKeys((by) => {
      sight.step(by)
    }),
    ['v', 'Changes by substance, or as they stand in the text', turnOrder],
  ]
}

/** The keys that decide a conflict. */
export function choiceKeys(choose: (choice: Choice) => void): Key[] {
  return choices.map(({ name, key }) => [
    key,
    `Decide the conflict: ${name}`,
    () => {
      choose(name)
    },
  ])
}

/** The keys that choose what is compared, and that keep or put back a revision. */
export function keysOf(asked: Asked, comparison: Comparison): Key[] {
  const step = (side: 'old' | 'new', by: 1 | -1) => () => {
    if (side === 'old') comparison.stepOld(by)
    else comparison.stepNew(by)
  }
  return [
    ['y', 'What changed since yesterday', asked.sinceYesterday],
    ['l', 'What changed since I last read it', asked.sinceRead],
    ['m', 'I have read it', asked.markRead],
    ['s', 'What changed since a named revision; again for the one before', asked.sinceNamed],
    ['R', 'Restore the whole revision', asked.restore],
    ['ArrowLeft', 'Older side: one revision back', step('old', -1)],
    ['ArrowRight', 'Older side: one revision on', step('old', 1)],
    ['Shift+ArrowLeft', 'Newer side: one revision back', step('new', -1)],
    ['Shift+ArrowRight', 'Newer side: one revision on', step('new', 1)],
    ['o', 'Compare with a file', asked.pickFile],
    ['I', 'Bring back a returned file: its changes as suggestions', asked.bringBack],
    ['Ctrl+Shift+s', 'Name this revision', asked.nameIt],
    ['e', 'Draft the correction notice', asked.correct],
    ['d', 'Send the changes out: Word with tracked changes, or a page', asked.send],
  ]
}
