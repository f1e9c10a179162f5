import { type English, language, say } from '../language/language.svelte'

/** `14:02:11`, local. */
export function clock(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime())
    ? ''
    : date.toLocaleTimeString(language.locale, {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      })
}

/** When something happened, as short as it can be said: `14:02`, `Yesterday`, `17 Nov`, `17 Nov 2025`. */
export function when(at: string, now: Date = new Date()): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  const days = Math.round((startOf(now) - startOf(date)) / 86_400_000)
  if (days === 0)
    return date.toLocaleTimeString(language.locale, { hour: '2-digit', minute: '2-digit' })
  if (days === 1) return say('Yesterday')
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return date.toLocaleDateString(language.locale, { day: 'numeric', month: 'short', year })
}

/** When something was said: a date, or a date and time, in full; other words as they are. */
export function saidAt(written: string, month: 'long' | 'short' = 'long'): string {
  const date = new Date(written)
  if (!/^\d{4}-\d{2}-\d{2}/.test(written) || Number.isNaN(date.getTime())) return written
  const isDay = written.length === 10
  return date.toLocaleString(language.locale, {
    day: 'numeric',
    month,
    year: 'numeric',
    ...(isDay ? { timeZone: 'UTC' } : { hour: '2-digit', minute: '2-digit' }),
  })
}

/** `1,820`. */
export function count(n: number): string {
  return n.toLocaleString(language.locale)
}

/** `1 piece`, `2 pieces`: in the catalogue as `{n} piece` and `{n} pieces`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return say(`{n} ${n === 1 ? one : many}` as English, { n })
}

function startOf(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
