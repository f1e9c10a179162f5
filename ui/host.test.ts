import { afterEach, expect, test, vi } from 'vitest'
import { call, readRecording, Refused, setHostForTest, writeTo } from './host'

const { pickSavePath, pickRecording } = vi.hoisted(() => ({
  pickSavePath: vi.fn<(suggested: string) => Promise<string | null>>(),
  pickRecording: vi.fn<() => Promise<string | null>>(),
}))
vi.mock('./host/tauri', () => ({ pickSavePath, pickRecording }))

afterEach(() => {
  setHostForTest(null)
  vi.unstubAllGlobals()
})

test('a refusal keeps its code and its sentence', async () => {
  setHostForTest(() =>
    Promise.reject({ code: 'disk_full', message: 'The disk has no room. Free some and go on.' }),
  )
  const refused = await call('desk', {}).catch((cause: unknown) => cause)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused).toMatchObject({
    code: 'disk_full',
    message: 'The disk has no room. Free some and go on.',
  })
})

test('a host that is gone is a refusal too, and says that the text is kept', async () => {
  setHostForTest(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(call('desk', {})).rejects.toMatchObject({
    code: 'host',
    message: expect.stringContaining('Your text is kept here'),
  })
})

test('where no dialog led yet it asks, beginning there, and writes where it is told', async () => {
  vi.stubGlobal('__TAURI_INTERNALS__', {})
  const chosen = new Set(['/home/a/old.md'])
  const write = (path: string, isAsked: boolean) =>
    chosen.has(path)
      ? Promise.resolve({ path, isAsked })
      : Promise.reject(new Refused('unchosen', 'No dialog led there.'))
  expect(await writeTo('/home/a/old.md', write)).toEqual({ path: '/home/a/old.md', isAsked: false })
  expect(pickSavePath).not.toHaveBeenCalled()

  pickSavePath.mockImplementation(() => {
    chosen.add('/home/b/new.md')
    return Promise.resolve('/home/b/new.md')
  })
  expect(await writeTo('/etc/new.md', write)).toEqual({ path: '/home/b/new.md', isAsked: true })
  expect(pickSavePath).toHaveBeenCalledWith('/etc/new.md')

  pickSavePath.mockResolvedValue(null)
  expect(await writeTo('/etc/new.md', write)).toBeNull()
  const full = () => Promise.reject(new Refused('diskFull', 'The disk has no room.'))
  await expect(writeTo('/home/a/old.md', full)).rejects.toMatchObject({ code: 'diskFull' })
})

test('a recording no dialog led to is asked for, and the one that is chosen is read', async () => {
  vi.stubGlobal('__TAURI_INTERNALS__', {})
  pickRecording.mockResolvedValue('/home/a/call.mp3')
  const read = (path: string) =>
    path === '/home/a/call.mp3'
      ? Promise.resolve(path)
      : Promise.reject(new Refused('unchosen', 'No dialog led there.'))
  expect(await readRecording('/etc/passwd', read)).toBe('/home/a/call.mp3')
  pickRecording.mockResolvedValue(null)
  expect(await readRecording('/etc/passwd', read)).toBeNull()
})
