import { expect, it } from 'vitest'
import { questionFor } from './question'
import { evidence, quote } from './sample'

it('asks with both readings when a note has the words', () => {
  const text = questionFor(quote({ key: 'a', evidence: [evidence()] }), 'Ferry line up for sale')
  expect(text).toContain('In “Ferry line up for sale” we quote you as saying:')
  expect(text).toContain('“We will sell it by spring”')
  expect(text).toContain('“we may sell it, by the spring”')
  expect(text).toContain('Which of the two is right?')
})

it('asks whether it was said at all when no note has it', () => {
  const text = questionFor(quote({ key: 'a', form: 'indirect' }), '')
  expect(text).toContain('In a piece we are preparing we report you as saying:')
  expect(text).toContain('Did you say this')
})
