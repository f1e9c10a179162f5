import { cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { note as noteOf } from '../check/sample'
import { type Host, Refused, setHostForTest } from '../host'
import { toasts } from '../parts/toasts.svelte'
import type { NoteView } from '../wire'
import { notes } from './notes.svelte'
import NotePage from './NotePage.svelte'
import { player } from './player.svelte'
import PlayerBar from './PlayerBar.svelte'

const text = '[00:00:10] We may sell it.\n[00:02:00] By the spring.'
const note: NoteView = noteOf({
  text,
  timecodes: [
    { at: [0, 10], ms: 10_000 },
    { at: [27, 37], ms: 120_000 },
  ],
  recording: { id: 5, name: 'eze.mp3', sizeBytes: 10 },
})

/** What the system plays, as far as the page asks. */
class Sound extends EventTarget {
  static last: Sound
  static isPlayable = true
  /** So often it fails first. */
  static nFailing = 0
  currentTime = 0
  duration = 300
  playbackRate = 1
  paused = true
  ended = false

  constructor(public src: string) {
    super()
    Sound.last = this
    const isHeard = Sound.isPlayable && Sound.nFailing-- <= 0
    queueMicrotask(() => this.dispatchEvent(new Event(isHeard ? 'loadedmetadata' : 'error')))
  }
  play(): Promise<void> {
    this.paused = false
    this.dispatchEvent(new Event('play'))
    return Promise.resolve()
  }
  pause(): void {
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }
  removeAttribute(): void {
    this.src = ''
  }
}

let blobs: Blob[] = []
let refusal: Refused | null = null
let asked: string[] = []
const bytes = 'ID3 ABCDEF'
const host: Host = (name, args) => {
  asked.push(name)
  if (refusal) return Promise.reject(refusal)
  if (name === 'check_recording') return Promise.resolve('audio/mpeg')
  const { startByte } = args as { startByte: number }
  return Promise.resolve(btoa(bytes.slice(startByte, startByte + 4)))
}

beforeEach(() => {
  blobs = []
  asked = []
  refusal = null
  Sound.isPlayable = true
  Sound.nFailing = 0
  vi.stubGlobal('Audio', Sound)
  URL.createObjectURL = (blob) => `blob:${String(blobs.push(blob as Blob))}`
  URL.revokeObjectURL = () => undefined
  setHostForTest(host)
})
afterEach(() => {
  player.close()
  player.rate = 1
  cleanup()
  toasts.splice(0)
  notes.shown = null
  vi.unstubAllGlobals()
  setHostForTest(null)
})

test('a recording comes in pieces, whole, and plays from the timecode before the words', async () => {
  await player.play(note, 40)
  expect(blobs.map(({ size, type }) => [size, type])).toEqual([[10, 'audio/mpeg']])
  expect([Sound.last.currentTime, player.isPlaying, player.place]).toEqual([120, true, 27])
  await player.play(note, 3)
  expect([Sound.last.currentTime, player.place]).toEqual([10, 0])
  expect(asked.filter((name) => name === 'check_recording')).toHaveLength(1)
})

test('it pauses, goes back, keeps its rate within bounds and walks from timecode to timecode', async () => {
  await player.play(note, 40)
  player.toggle()
  expect([Sound.last.paused, player.isPlaying]).toEqual([true, false])
  player.skip(-5)
  expect([Sound.last.currentTime, player.place]).toEqual([115, 0])
  player.skip(-500)
  expect([Sound.last.currentTime, player.place]).toEqual([0, null])
  for (let n = 0; n < 9; n++) player.changeRate(1)
  expect([Sound.last.playbackRate, player.rate]).toEqual([2, 2])
  for (let n = 0; n < 9; n++) player.changeRate(-1)
  expect(Sound.last.playbackRate).toBe(0.5)
  player.step(1)
  player.step(1)
  expect(player.place).toBe(27)
  player.step(-1)
  expect(player.place).toBe(0)
})

test('the line that is played is marked in its note, and no line of another', async () => {
  render(NotePage, { note, onquote: vi.fn(), onlisten: vi.fn() })
  await player.play(note, 40)
  await waitFor(() => {
    const marked = document.querySelectorAll('[aria-current]')
    expect([...marked].map(({ textContent }) => textContent)).toEqual(['[00:02:00] By the spring.'])
  })
  cleanup()
  render(NotePage, { note: { ...note, id: 8 }, onquote: vi.fn(), onlisten: vi.fn() })
  expect(document.querySelector('[aria-current]')).toBeNull()
})

test('a system that fails once and plays then, plays', async () => {
  Sound.nFailing = 1
  await player.play(note, 0)
  expect(player.trouble).toBeNull()
  expect(Sound.last.paused).toBe(false)
})

test('why it cannot be played is said, and it is asked again', async () => {
  render(PlayerBar)
  refusal = new Refused('io', 'The recording is not where it was attached from.')
  await player.play(note, 0)
  await page.findByText('The recording is not where it was attached from.')
  refusal = null
  Sound.isPlayable = false
  await player.play(note, 0)
  await page.findByText('This browser cannot play MP3.')
  Sound.isPlayable = true
  await player.play(note, 0)
  await page.findByRole('button', { name: 'Pause' })
})

test('put away while it is read, nothing more of it is asked for', async () => {
  const playing = player.play(note, 0)
  player.close()
  await playing
  expect(asked).toEqual(['check_recording'])
  expect([player.note, player.isPlaying, blobs]).toEqual([null, false, []])
})

test('a note without a recording says how to get one; beyond the end nothing is played', async () => {
  await player.play({ ...note, recording: null }, 0)
  const late = { ...note, timecodes: [{ at: [0, 10] as [number, number], ms: 900_000 }] }
  await player.play(late, 0)
  expect(toasts.map(({ words }) => words)).toEqual([
    'This note has no recording: attach one on Sources.',
    'The recording ends before 00:15:00.',
  ])
  expect(player.isPlaying).toBe(false)
})

test('the name of a confidential source’s file is veiled', async () => {
  const veiled = { ...note, isConfidential: true }
  render(PlayerBar)
  await player.play(veiled, 0)
  const name = await page.findByRole('img', { name: 'a confidential name' })
  expect(name.textContent).toContain('eze.mp3')
  await fireEvent.click(page.getByRole('button', { name: 'Put the recording away' }))
  expect(page.queryByRole('region', { name: 'Recording' })).toBeNull()
})
