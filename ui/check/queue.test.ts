import { describe, expect, it } from 'vitest'
import { heapOf, nextNeeding, queueOf, quoteAt, stepFrom } from './queue'
import { alarm, quote } from './sample'

const right = quote({ key: 'right' })
const wrong = quote({ key: 'wrong', verdict: 'other speaker', weight: 'wrong', needsEditor: true })
const alarmed = quote({
  key: 'alarmed',
  weight: 'wrong',
  needsEditor: true,
  alarms: [alarm('may lost')],
})
const open = quote({ key: 'open', verdict: 'not found', weight: 'open', needsEditor: true })
const stale = quote({ key: 'stale', stale: 'the words changed', needsEditor: true })
const keys = (quotes: readonly { key: string }[]): string[] => quotes.map((each) => each.key)

describe('the queue', () => {
  it('has the worst first: alarmed, wrong, open, stale, right', () => {
    const queue = queueOf([right, stale, open, wrong, alarmed])
    expect(keys(queue)).toEqual(['alarmed', 'wrong', 'open', 'stale', 'right'])
  })

  it('keeps the order of the text inside a heap', () => {
    expect(keys(queueOf([quote({ key: 'b' }), quote({ key: 'a' })]))).toEqual(['b', 'a'])
  })

  it('takes a wrong quote with a cq that holds for right, as the core says', () => {
    const cq = { by: 'SB', reason: 'heard the tape', at: '2026-11-23T10:00:00Z' }
    expect(heapOf(quote({ key: 'a', verdict: 'altered', weight: 'wrong', cq }))).toBe('right')
  })

  it('leaves a quote wrong though the verdict it once had is stale, unless it was a cq', () => {
    const was = {
      verdict: 'altered',
      weight: 'wrong',
      stale: 'the words changed',
      needsEditor: true,
    }
    expect(heapOf(quote({ key: 'a', ...was }))).toBe('wrong')
    const cq = { by: 'SB', reason: 'heard the tape', at: '2026-11-23T10:00:00Z' }
    expect(heapOf(quote({ key: 'a', ...was, cq }))).toBe('stale')
  })

  it('puts broken terms among the wrong ones though every word is right', () => {
    const named = quote({ key: 'a', terms: 'name withheld', isTermsOk: false, needsEditor: true })
    expect(heapOf(named)).toBe('wrong')
  })

  it('steps to the ends and no further', () => {
    const queue = [wrong, open]
    expect(stepFrom(queue, 'wrong', 1)).toBe('open')
    expect(stepFrom(queue, 'open', 1)).toBe('open')
    expect(stepFrom(queue, 'wrong', -1)).toBe('wrong')
    expect(stepFrom(queue, null, 1)).toBe('wrong')
    expect(stepFrom([], null, 1)).toBeNull()
  })

  it('goes round to the next one that needs an editor', () => {
    const queue = [wrong, open, right]
    expect(nextNeeding(queue, 'wrong')).toBe('open')
    expect(nextNeeding(queue, 'open')).toBe('wrong')
    expect(nextNeeding([right, quote({ key: 'last' })], 'right')).toBe('last')
  })

  it('finds a quote again by its place when its words have changed', () => {
    const moved = [quote({ key: 'a', content: [[4, 9]] }), quote({ key: 'b', content: [[40, 60]] })]
    expect(quoteAt(moved, 38)?.key).toBe('b')
    expect(quoteAt([], 3)).toBeNull()
  })
})
