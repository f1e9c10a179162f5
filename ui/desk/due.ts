import { plural } from '../frame/words'
import { language, say } from '../language/language.svelte'
import type { DraftRow } from '../wire'

const MINUTE_MS = 60_000
const HOUR_MIN = 60
const DAY_MIN = 24 * HOUR_MIN
/** From here on a deadline asks to be seen. */
const NEAR_MIN = 2 * HOUR_MIN
/** How days and months begin, in either language: whichever is shown, an editor may write both. */
const days = [
  'sun son so',
  'mon mo',
  'tue di',
  'wed mit mi',
  'thu don do',
  'fri fre fr',
  'sat sam sa',
]
const months = 'jan,feb,mar mär,apr,may mai,jun,jul,aug,sep,oct okt,nov,dec dez'.split(',')

/** How long it is until then: `in 2 h 10 min`, `40 min late`, `now`. */
export function leftWords(at: Date, now: Date): string {
  const minutes = Math.trunc((at.getTime() - now.getTime()) / MINUTE_MS)
  if (minutes === 0) return say('now')
  return minutes > 0
    ? say('in {span}', { span: spanWords(minutes, (n) => plural(n, 'day|ahead', 'days|ahead')) })
    : say('{span} late', { span: spanWords(-minutes, (n) => plural(n, 'day')) })
}

/** `45 min`, `2 h 10 min`, `3 h`, `1 day`, `4 days`. */
function spanWords(minutes: number, daysOf: (n: number) => string): string {
  if (minutes < HOUR_MIN) return `${minutes} min`
  if (minutes < DAY_MIN) {
    const rest = minutes % HOUR_MIN
    return `${Math.trunc(minutes / HOUR_MIN)} h${rest > 0 ? ` ${rest} min` : ''}`
  }
  return daysOf(Math.round(minutes / DAY_MIN))
}

/** Whether the clock of a piece runs: what is out or spiked is due no more. */
export function isRunning({ status }: Pick<DraftRow, 'status'>): boolean {
  return status !== 'published' && status !== 'spiked'
}

/** The clock of a piece: what is left until its deadline, and how loudly it is to be said. None where none runs. */
export function clockOf(
  row: Pick<DraftRow, 'status' | 'deadline'>,
  now: Date,
): { words: string; tone: 'wrong' | 'open' | 'plain' } | null {
  if (row.deadline === null || !isRunning(row)) return null
  const at = new Date(row.deadline)
  const minutes = (at.getTime() - now.getTime()) / MINUTE_MS
  const tone = minutes <= -1 ? 'wrong' : minutes < NEAR_MIN ? 'open' : 'plain'
  return { words: leftWords(at, now), tone }
}

/** Due before the day is over, or late. */
export function isDueToday(row: Pick<DraftRow, 'status' | 'deadline'>, now: Date): boolean {
  if (row.deadline === null || !isRunning(row)) return false
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
  return new Date(row.deadline) < tomorrow
}

/** A time in full, as `readDue` reads it: `Tue 24 Nov 2026 14:00`, `Di 24. Nov 2026 14:00`. */
export function dueWords(at: Date): string {
  const part = (of: Intl.DateTimeFormatOptions) => at.toLocaleString(language.locale, of)
  const month = part({ month: 'short' }).slice(0, 3)
  const date = language.shown === 'de' ? `${at.getDate()}.` : `${at.getDate()}`
  const day = `${part({ weekday: 'short' })} ${date} ${month}`
  return `${day} ${at.getFullYear()} ${part({ hour: '2-digit', minute: '2-digit' })}`
}

/**
 * The time meant by words: `16:30` (tomorrow when that has passed), `tomorrow 9`, `fri 17:00`, `24 nov 14:00`,
 * `2026-11-24 14:00`, `+90 min`, `+2 h`; German words too: `morgen 9`, `fr 17:00`, `24. nov 14:00`, `24.11. 14:00`. A day without a time means its end of office hours, 18:00. Null where they name none.
 */
export function readDue(words: string, now: Date): Date | null {
  let rest = words.trim().toLowerCase().replaceAll(',', ' ')
  if (rest === '') return null
  const from = /^\+\s*(\d{1,4})\s*(min|m|h|d)[a-z]*$/.exec(rest)
  if (from) {
    const unit = { m: 1, h: HOUR_MIN, d: DAY_MIN }[from[2]?.charAt(0) ?? ''] ?? 1
    return new Date(now.getTime() + Number(from[1]) * unit * MINUTE_MS)
  }
  const time = /(?:^|\s)(?:(?:at|um)\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|uhr)?$/.exec(rest)
  // A lone number at the end is an hour, unless it is the year of a date.
  if (time && !/^\d{4}-\d{2}-\d{2}$/.test(rest)) rest = rest.slice(0, time.index).trim()
  const hours = time ? hoursOf(time) : { hour: 18, minute: 0 }
  const day = dayOf(rest, now)
  if (!day || !hours) return null
  const at = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours.hour, hours.minute)
  if (rest !== '' || at > now) return at
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, hours.hour, hours.minute)
}

function hoursOf(time: RegExpExecArray): { hour: number; minute: number } | null {
  const [, written, minutes = '0', half] = time
  const hour =
    half === 'am' || half === 'pm'
      ? (Number(written) % 12) + (half === 'pm' ? 12 : 0)
      : Number(written)
  const minute = Number(minutes)
  return hour < 24 && minute < 60 ? { hour, minute } : null
}

/** The day meant, at its beginning; today where none is named. */
function dayOf(words: string, now: Date): Date | null {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const after = (n: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() + n)
  if (['', 'today', 'heute'].includes(words)) return today
  if (words === 'tomorrow' || words === 'morgen') return after(1)
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words)
  if (iso) return real(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?$/.exec(words)
  if (german) return inYear(german[3], Number(german[2]) - 1, Number(german[1]), today)
  const weekday = days.findIndex((names) => begins(words, names))
  if (weekday >= 0 && /^[a-z]+\.?$/.test(words)) return after((weekday - now.getDay() + 7) % 7 || 7)
  const date = /^(?:[a-z]+\.?\s+)?(\d{1,2})\.?\s+([a-zä]{3})[a-z]*\.?(?:\s+(\d{4}))?$/.exec(words)
  const month = months.findIndex((names) => names.split(' ').includes(date?.[2] ?? ''))
  if (!date || month < 0) return null
  return inYear(date[3], month, Number(date[1]), today)
}

/** A date of the year that was written; without one it is the next of that date. */
function inYear(
  written: string | undefined,
  month: number,
  date: number,
  today: Date,
): Date | null {
  const year = written ? Number(written) : today.getFullYear()
  const day = real(year, month, date)
  return day && !written && day < today ? real(year + 1, month, date) : day
}

/** The whole of a short name, or the first three letters of a long one. */
function begins(words: string, names: string): boolean {
  const bare = words.replace('.', '')
  return names
    .split(' ')
    .some((name) => bare === name || (name.length > 2 && bare.startsWith(name)))
}

/** A day that the calendar has. */
function real(year: number, month: number, date: number): Date | null {
  const day = new Date(year, month, date)
  return day.getMonth() === month && day.getDate() === date ? day : null
}
