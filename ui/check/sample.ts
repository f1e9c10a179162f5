import type { AlarmView, CheckView, EvidenceView, NoteView, QuoteView } from '../wire'

/** A quote for tests: right, verbatim and said by Ines Eze, but for what is given. */
export function quote(given: Partial<QuoteView> & { key: string }): QuoteView {
  return {
    content: [[0, 4]],
    marked: [],
    text: 'We will sell it by spring',
    form: 'direct',
    stance: 'said',
    cue: null,
    cueWords: '',
    mention: null,
    mentionWords: '',
    speaker: 'Ines Eze',
    isUnnamed: false,
    resolvedBy: '“Ines Eze” named here',
    rule: 'quote, comma, name, told',
    verdict: 'verbatim',
    weight: 'right',
    alarms: [],
    terms: 'ok',
    isTermsOk: true,
    termsWhy: '',
    doubt: '',
    evidence: [],
    changes: [],
    aligned: [],
    passed: [],
    folded: '',
    cq: null,
    stale: null,
    needsEditor: false,
    ...given,
  }
}

/** An alarm for tests. */
export function alarm(words: string): AlarmView {
  return { kind: 'hedge', draft: [0, 0], note: [0, 0], words }
}

/** A passage for tests. */
export function evidence(given: Partial<EvidenceView> = {}): EvidenceView {
  return {
    noteId: 7,
    source: 'Ines Eze',
    line: 'call, telephone, 10 November 2026',
    terms: 'on the record',
    isConfidential: false,
    at: [0, 26],
    words: 'we may sell it, by the spring',
    isOwn: true,
    ...given,
  }
}

/** A note for tests. */
export function note(given: Partial<NoteView> = {}): NoteView {
  return {
    id: 7,
    name: 'eze-call.md',
    source: 'Ines Eze',
    kind: 'call',
    place: 'telephone',
    saidAt: '2026-11-10',
    terms: 'on the record',
    termsWords: 'on the record',
    embargo: null,
    isConfidential: false,
    aliases: [],
    text: '',
    draftId: null,
    timecodes: [],
    recording: null,
    ...given,
  }
}

/** What a check says of these quotes, counted as the core counts. */
export function checked(quotes: QuoteView[]): CheckView {
  const n = (is: (quote: QuoteView) => boolean): number => quotes.filter(is).length
  return {
    quotes,
    furniture: [],
    tks: [],
    words: 100,
    policy: 'strict',
    title: 'ferry-sale',
    counts: {
      quotes: quotes.length,
      wrong: n((each) => each.needsEditor && each.stale === null && each.weight !== 'open'),
      alarms: n(({ needsEditor, alarms }) => needsEditor && alarms.length > 0),
      open: n((each) => each.needsEditor && each.stale === null && each.weight === 'open'),
      stale: n((each) => each.stale !== null),
      right: n((each) => !each.needsEditor),
      cq: n((each) => each.cq !== null),
    },
  }
}
