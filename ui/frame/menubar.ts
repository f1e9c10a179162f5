import type { Entry } from '../host'
import { keysOf } from '../keys'
import { type English, say } from '../language/language.svelte'
import { writeKey } from '../parts/keynames'
import { screen } from '../screen.svelte'
import { type Action, actions, idOf } from '../settings/actions'
import { keyset } from '../settings/keyset.svelte'
import { fartherActions } from './farther'
import { locking } from './locking.svelte'

/**
 * A menu: its title, the screen its keys are of, and what stands in it: menus, and keys as they come with a space
 * between, `-` for a line, `all:Ctrl+k` for the key of another screen.
 */
type Menu = [title: English, of: string, ...parts: (string | Menu)[]]

/** Every action stands here once, by the first of its keys. */
const bar: Menu[] = [
  [
    'Piece',
    'desk',
    'n i - draft:Ctrl+s all:Ctrl+Alt+s compare:Ctrl+Shift+s - all:Shift+Delete - window:close',
  ],
  [
    'Edit',
    'system',
    'history:undo history:redo all:Ctrl+Shift+z - cut copy paste all - draft:Ctrl+f',
  ],
  [
    'View',
    'all',
    'Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+4 Ctrl+5 Ctrl+6 - Ctrl+k / - draft:Shift+F11 draft:Alt+t F11',
    '- Ctrl+= Ctrl+- Ctrl+0 - Ctrl+Alt+= Ctrl+Alt+- Ctrl+Alt+0 - Ctrl+,',
  ],
  [
    'Desk',
    'desk',
    'Enter d e Delete u - c Shift+ArrowRight Shift+ArrowLeft -',
    ['Go on', 'desk', 'j k l h'],
    ['Choose several', 'desk', 'Space J K Ctrl+a'],
    ['Show', 'desk', 'Alt+1 Alt+2 Alt+3 - f b o O'],
    ['Views', 'desk', 'v V - 1 2 3 4 5 6 7 8 9 - s S r X'],
    '- all:Ctrl+Shift+e all:Ctrl+Shift+d all:Ctrl+Shift+y all:Ctrl+Shift+u all:Ctrl+Shift+x',
    '- all:Ctrl+Shift+h all:Ctrl+Shift+b all:Ctrl+Shift+p all:Ctrl+Shift+l',
  ],
  [
    'Draft',
    'draft',
    'Enter - F8 Shift+F8 F2 Shift+F2 -',
    ['Put in', 'draft', 'Alt+k Alt+n Alt+p Alt+q'],
    [
      'Move',
      'draft',
      'Alt+ArrowLeft Alt+ArrowRight - Alt+Shift+ArrowLeft Alt+Shift+ArrowRight Alt+ArrowUp Alt+ArrowDown',
    ],
    ['Comments', 'draft', 'Ctrl+Alt+m Alt+e Alt+r Alt+Shift+r - F9 Shift+F9'],
    ['Suggestions', 'draft', 'Alt+g Alt+Shift+g Alt+z - F4 Shift+F4'],
    ['Spelling', 'draft', 'F6 Shift+F6 - Alt+w Alt+i'],
    ['House style', 'draft', 'F7 Shift+F7 - Alt+f Alt+Shift+f Alt+s Alt+x'],
    '-',
    ['The piece beside', 'draft', 'Alt+b Alt+o Alt+a Alt+Shift+b'],
    ['Panel', 'draft', 'Alt+1 Alt+2 Alt+3 Alt+4 Alt+5'],
  ],
  ['Check', 'check', 's j k - w c u r m a Ctrl+z - n o l S e - p P'],
  [
    'Compare',
    'compare',
    'y l s o - m R -',
    ['The two sides', 'compare', 'ArrowLeft ArrowRight - Shift+ArrowLeft Shift+ArrowRight'],
    'f t b - n p v x - r g c -',
    ['Suggestions', 'compare', 'I i - a z u - A Z C H - Delete'],
    ['Three-way', 'compare', 'w - 1 2 3 4 - Ctrl+Enter'],
    '- e d',
  ],
  [
    'Sources',
    'sources',
    'n i e Ctrl+Enter q - j k h S R - Delete u - Alt+1 Alt+2 g -',
    [
      'Recording',
      'sources',
      'a A - l Alt+ArrowUp Alt+ArrowDown - all:Alt+m all:Alt+j all:Alt+, all:Alt+. all:Alt+Shift+m',
    ],
  ],
  [
    'Export',
    'export',
    ['Goes out as', 'export', '1 2 3 4 6 7 p 8 9 0 - 5 x o'],
    '- v w q - g b - Ctrl+Enter c',
  ],
  ['Help', 'all', 'F1 ? Shift+F1'],
]

/** What no screen binds, with the key the system or the text has for it. */
const others: Record<string, { words: English; key: string }> = {
  'history undo': { words: 'Undo', key: 'Ctrl+z' },
  'history redo': { words: 'Redo', key: 'Ctrl+y' },
  'window close': { words: 'Close the window', key: '' },
  'system cut': { words: 'Cut', key: 'Ctrl+x' },
  'system copy': { words: 'Copy', key: 'Ctrl+c' },
  'system paste': { words: 'Paste', key: 'Ctrl+v' },
  'system all': { words: 'Select all', key: 'Ctrl+a' },
}

/** The menu bar as it is now. */
export function menubar(): Entry[] {
  const offered = new Set([...keysOf(screen.name), ...fartherActions()].map(idOf))
  const isOpen = locking.isLocked === false

  const itemOf = (told: string): Entry => {
    const other = others[told]
    if (other) {
      const named = { told, words: say(other.words), key: writeKey(other.key) }
      return told.startsWith('system')
        ? { kind: 'system', ...named }
        : { kind: 'item', ...named, isOffered: isOpen || told === 'window close' }
    }
    const all = meant(told)
    const [action] = all
    const [key = ''] = keyset.of(action).split(' ')
    return {
      kind: 'item',
      told,
      words: say(action.label),
      key: writeKey(key),
      // What a key holds, a menu cannot.
      isOffered: isOpen && all.some((each) => offered.has(idOf(each))) && told !== 'sources h',
    }
  }
  const entriesOf = (of: string, parts: (string | Menu)[]): Entry[] =>
    parts.flatMap((part) =>
      typeof part === 'string'
        ? part.split(' ').map((key): Entry => {
            if (key === '-') return { kind: 'line' }
            const [where, named] = key.split(':')
            return itemOf(named === undefined ? `${of} ${key}` : `${where} ${named}`)
          })
        : [menuOf(part)],
    )
  const menuOf = ([title, of, ...parts]: Menu): Entry => ({
    kind: 'menu',
    words: say(title),
    entries: entriesOf(of, parts),
  })
  return bar.map(menuOf)
}

/** The actions that are told by a screen and a key; where the key does not hold everywhere, `all` is each screen that has it. */
function meant(told: string): [Action, ...Action[]] {
  const [where, key = ''] = told.split(' ')
  const all = actions.filter(({ given }) => given.split(' ').includes(key))
  const own = all.filter(({ screen }) => screen === where)
  const [first, ...more] = own.length > 0 || where !== 'all' ? own : all
  if (!first) throw new Error(`the menu names a key nobody binds: ${told}`)
  return [first, ...more]
}
