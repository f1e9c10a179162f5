import FileDiff from '@lucide/svelte/icons/file-diff'
import LayoutList from '@lucide/svelte/icons/layout-list'
import Library from '@lucide/svelte/icons/library'
import MessageSquareQuote from '@lucide/svelte/icons/message-square-quote'
import Pencil from '@lucide/svelte/icons/pencil'
import Send from '@lucide/svelte/icons/send'
import type { Component } from 'svelte'
import type { English } from '../language/language.svelte'
import type { ScreenName } from '../screen.svelte'

/** The rail, from above to below: also the order of Ctrl+1 … Ctrl+6. */
export const rail: { name: ScreenName; words: English; icon: Component }[] = [
  { name: 'desk', words: 'Desk', icon: LayoutList },
  { name: 'draft', words: 'Draft', icon: Pencil },
  { name: 'check', words: 'Check', icon: MessageSquareQuote },
  { name: 'compare', words: 'Compare', icon: FileDiff },
  { name: 'sources', words: 'Sources', icon: Library },
  { name: 'export', words: 'Export', icon: Send },
]
