import { expect, test } from 'vitest'
import { actions } from '../settings/actions'
import { asked } from './farther'

test('each key that may be asked for from elsewhere is a key of its screen', () => {
  const known = actions.map(({ screen, given }) => `${screen} ${given}`)
  const wanted = Object.entries(asked).flatMap(([screen, keys]) =>
    keys.map((given) => `${screen} ${given}`),
  )
  expect(wanted.filter((each) => !known.includes(each))).toEqual([])
})
