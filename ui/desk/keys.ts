import type { Key } from '../keys'
import type { English } from '../language/language.svelte'
import { views } from './views.svelte'

/** So many views of the list have a key of their own. */
export const N_NUMBERED = 9

/** The keys that pick a view, keep one and change it. */
export const viewKeys: Key[] = [
  [
    'v',
    'Next view',
    () => {
      views.step(1)
    },
  ],
  [
    'V',
    'The view before',
    () => {
      views.step(-1)
    },
  ],
  ...Array.from({ length: N_NUMBERED }, (_, at): Key => [
    String(at + 1),
    `View ${at + 1} of the list` as English,
    () => {
      views.pick(views.all[at])
    },
  ]),
  [
    's',
    'Keep as view …',
    () => {
      views.ask('keep')
    },
  ],
  ['S', 'Replace the view with what is shown', () => void views.replace()],
  [
    'r',
    'Rename the view',
    () => {
      views.ask('rename')
    },
  ],
  ['X', 'Remove the view', () => void views.remove()],
]
