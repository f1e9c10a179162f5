import { afterEach, expect, test, vi } from 'vitest'
import { call, Refused, setHostForTest, writeTo } from './host'

const pickSavePath = vi.hoisted(() => vi.fn<(suggested: string) => Promise<string | null>>())
vi.mock('./host/tauri', () => ({ pickSavePath }))

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
