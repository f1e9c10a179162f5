import { afterEach, expect, test } from 'vitest'
import { call, Refused, setHostForTest } from './host'

afterEach(() => {
  setHostForTest(null)
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
