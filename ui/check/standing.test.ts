import { describe, expect, it } from 'vitest'
import type { QuoteView } from '../wire'
import { evidence, quote } from './sample'
import { otherChanges, standingOf } from './standing'

describe('how a quote stands', () => {
  it('says who did say it', () => {
    const given = { key: 'a', verdict: 'other speaker', evidence: [evidence()] }
    expect(standingOf(quote(given))).toEqual({
      verdict: 'other speaker',
      beside: ['Ines Eze said it'],
    })
  })

  it('never tells the name of a confidential source', () => {
    const secret = evidence({ source: 'Rosa Haddad', isConfidential: true })
    const told = standingOf(quote({ key: 'a', verdict: 'other speaker', evidence: [secret] }))
    expect(JSON.stringify(told)).not.toContain('Haddad')
  })

  it('says why it is stale, and no cq that does not hold', () => {
    const cq = { by: 'SB', reason: '', at: '' }
    expect(
      standingOf(quote({ key: 'a', stale: 'the note changed 13:40', cq, needsEditor: true })),
    ).toEqual({
      verdict: 'stale',
      beside: ['the note changed 13:40'],
    })
    expect(standingOf(quote({ key: 'a', form: 'unmarked', cq })).beside).toEqual([
      'marks missing',
      'cq SB',
    ])
  })
})

it('lists the changes that neither an alarm nor the policy tells, with both readings', () => {
  const body = 'We will sell it by spring'
  const note = 'we may sell it by the spring'
  const changes = [
    { kind: 'word', draft: [3, 7], note: [3, 6] },
    { kind: 'dropped', draft: [19, 19], note: [18, 22] },
    { kind: 'folded', draft: [0, 2], note: [0, 2] },
    { kind: 'dropped', draft: [0, 0], note: [0, 2], isPassed: true },
  ].map((change) => ({ isPassed: false, ...change })) as QuoteView['changes']
  const alarms = [
    { kind: 'hedge', words: 'may lost', draft: [3, 7], note: [3, 6] },
  ] satisfies ReturnType<typeof quote>['alarms']
  expect(otherChanges(quote({ key: 'a', changes, alarms }), body, note)).toEqual([
    { kind: 'dropped', words: ['the'] },
  ])
  expect(otherChanges(quote({ key: 'a', changes }), body, note)[0]).toEqual({
    kind: 'word',
    words: ['may → will'],
  })
})

it('shows a long stretch by its ends', () => {
  const note = `We have asked ${'again and '.repeat(30)}nobody has answered.`
  const changes = [
    { kind: 'dropped', draft: [0, 0], note: [0, note.length], isPassed: false },
  ] satisfies ReturnType<typeof quote>['changes']
  const [dropped] = otherChanges(quote({ key: 'a', changes }), '', note)
  expect(dropped?.words[0]).toMatch(/^We have asked again .* … .*nobody has answered\.$/)
  expect(dropped?.words[0]?.length).toBeLessThan(80)
})
