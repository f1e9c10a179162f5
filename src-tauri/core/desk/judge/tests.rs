use super::*;
use crate::check::Evidence;
use crate::note::Terms;
use crate::quote::{By, Form, Speaker, Stance};
use crate::span::Span;

/// A draft whose every line is one quote: `words | cue | mention | name | verdict`, resting on note 1 where it is right.
fn judged(lines: &str, notes: &[Note], settled: &[Settled]) -> Vec<Judged> {
    let (mut quotes, mut findings) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in lines.lines() {
        let mut parts = line.split(" | ").map(|part| {
            let span = Span::new(start, start + part.len());
            start = span.end + " | ".len();
            (span, part)
        });
        let mut next = || parts.next().expect("a line has five parts");
        let ((content, _), (cue, _), (mention, _), (_, name), (_, verdict)) = (next(), next(), next(), next(), next());
        start = start + 1 - " | ".len();
        let name = Some(name.to_owned());
        quotes.push(Quote {
            content: vec![content],
            marked: Vec::new(),
            cue: Some(cue),
            speaker: Some(Speaker { mention, name, by: By::Name, antecedent: None, is_unnamed: false }),
            form: Form::Direct,
            stance: Stance::Said,
            rule: "test",
        });
        let verdict = Verdict::from_words(verdict).expect("a verdict");
        let evidence = match verdict.weight() {
            Weight::Open => Vec::new(),
            _ => notes
                .iter()
                .take(1)
                .map(|note| Evidence { note: note.id, span: Span::new(0, 4), is_own: true })
                .collect(),
        };
        let (alarms, namesakes, changes, passed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        findings.push(Finding { verdict, alarms, terms: TermsFinding::Ok, evidence, namesakes, changes, passed });
    }
    judge(lines, quotes, findings, &Notes::new(notes.to_vec()), settled, |_| None)
}

fn note(text: &str) -> Note {
    Note {
        id: NoteId(1),
        name: "call.md".into(),
        source: "Ines Eze".into(),
        kind: "call".into(),
        place: String::new(),
        said_at: "2026-11-10".into(),
        terms: Terms::OnTheRecord,
        terms_words: String::new(),
        embargo: None,
        is_confidential: false,
        aliases: Vec::new(),
        text: text.into(),
    }
}

fn cq(judged: &Judged) -> Settled {
    let settlement = Settlement::Cq { by: "SB".into(), reason: "heard the tape".into() };
    Settled { id: JudgementId(1), reading: judged.reading.clone(), settlement, settled_at: DateTime::UNIX_EPOCH }
}

fn kept(judged: &Judged) -> Settled {
    Settled { settlement: Settlement::Verdict(judged.finding.verdict), ..cq(judged) }
}

const ALTERED: &str = "we will sell it by the spring | told | Ines Eze | Ines Eze | altered";
const VERBATIM: &str = "we may sell it by the spring | told | Ines Eze | Ines Eze | verbatim";

#[test]
fn a_cq_holds_through_what_print_changes_and_unrelated_edits() {
    let notes = [note("we may sell it by the spring")];
    let settled = [cq(&judged(ALTERED, &notes, &[])[0])];
    for lines in [
        ALTERED,
        "“We will  sell *it*, by the Spring” | told | Ines Eze | Ines Eze | altered",
        &format!("another one | said | Lars Moreau | Lars Moreau | no note\n{ALTERED}"),
    ] {
        let now = judged(lines, &notes, &settled);
        let last = now.last().expect("a quote");
        assert!(last.is_cq() && !last.needs_editor(), "{lines}");
    }
}

#[test]
fn a_cq_goes_stale_with_its_words_its_attribution_or_its_note_and_comes_back() {
    let notes = [note("we may sell it by the spring")];
    let settled = [cq(&judged(ALTERED, &notes, &[])[0])];
    let stale = |lines: &str, notes: &[Note]| judged(lines, notes, &settled)[0].cq_stale;
    let changed = [note("we might sell it by the spring")];
    let retermed = [Note { terms: Terms::Background, ..notes[0].clone() }];
    for (lines, notes, why) in [
        ("we shall sell it by the spring | told | Ines Eze | Ines Eze | altered", &notes, Stale::Words),
        ("we will sell it by the spring | warned | Ines Eze | Ines Eze | altered", &notes, Stale::Attribution),
        ("we will sell it by the spring | told | Lars Moreau | Lars Moreau | altered", &notes, Stale::Attribution),
        ("we will sell it by the spring | told | Ines Eze | Rosa Haddad | altered", &notes, Stale::Attribution),
        (ALTERED, &changed, Stale::Note(None)),
        (ALTERED, &retermed, Stale::Note(None)),
    ] {
        assert_eq!(stale(lines, notes), Some(why), "{lines}");
    }
    assert_eq!(stale(ALTERED, &[]), Some(Stale::NoteGone));
    assert_eq!(stale(ALTERED, &notes), None, "it comes back when the change is undone");
}

#[test]
fn a_fuller_name_elsewhere_does_not_change_who_spoke() {
    let notes = [note("words")];
    let settled = [cq(&judged("we will sell it | said | Eze | Eze | altered", &notes, &[])[0])];
    let now = judged("we will sell it | said | Eze | Ines Eze | altered", &notes, &settled);
    assert!(now[0].is_cq());
}

#[test]
fn a_cq_without_a_note_goes_stale_when_a_note_comes_in() {
    let settled = [cq(&judged("we will sell it | said | Eze | Eze | no note", &[], &[])[0])];
    let now = judged("we will sell it | said | Eze | Eze | altered", &[note("words")], &settled);
    assert_eq!(now[0].cq_stale, Some(Stale::NoteCame));
}

#[test]
fn a_right_verdict_goes_stale_only_when_it_is_no_longer_right_or_its_note_changed() {
    let notes = [note("we may sell it by the spring")];
    let settled = [kept(&judged(VERBATIM, &notes, &[])[0])];
    let now = |lines: &str, notes: &[Note]| judged(lines, notes, &settled).remove(0);
    let shorter = now("we may sell it | told | Ines Eze | Ines Eze | verbatim", &notes);
    assert_eq!(shorter.stale(), None, "other words that are right need nobody");
    let altered = now(ALTERED, &notes);
    assert_eq!((altered.stale(), altered.heap()), (Some(Stale::Words), Heap::Wrong), "wrong weighs more than stale");
    let changed = now(VERBATIM, &[note("we may sell it by the spring, or not")]);
    assert_eq!((changed.stale(), changed.heap()), (Some(Stale::Note(None)), Heap::Stale));
    let worse = now("we may sell it by the spring | told | Ines Eze | Ines Eze | other speaker", &notes);
    assert_eq!(worse.stale(), Some(Stale::Notes));
}

#[test]
fn a_settlement_whose_quote_is_gone_waits_and_marks_no_other() {
    let notes = [note("words")];
    let settled = [cq(&judged(ALTERED, &notes, &[])[0])];
    let now = judged("the boat is thirty-four years old | said | Ines Eze | Ines Eze | no note", &notes, &settled);
    assert_eq!((now[0].cq.as_ref(), now[0].stale()), (None, None));
}

#[test]
fn equal_quotes_are_told_apart_and_one_may_go() {
    let twice =
        "never again | said | Ines Eze | Ines Eze | no note\nnever again | said | Ines Eze | Ines Eze | no note";
    let first = judged(twice, &[], &[]);
    assert_ne!(first[0].reading.key(), first[1].reading.key());
    let settled = [cq(&first[1])];
    let now = judged(twice, &[], &settled);
    assert_eq!((now[0].is_cq(), now[1].is_cq()), (false, true));
    let once = judged("never again | said | Ines Eze | Ines Eze | no note", &[], &settled);
    assert!(once[0].is_cq(), "the words and the attribution are what was signed for");
}

#[test]
fn broken_terms_stand_above_a_cq() {
    let notes = [note("words")];
    let mut judged = judged(ALTERED, &notes, &[cq(&super::tests::judged(ALTERED, &notes, &[])[0])]).remove(0);
    assert_eq!(judged.heap(), Heap::Right);
    judged.finding.terms = TermsFinding::OffTheRecord;
    assert_eq!((judged.heap(), judged.needs_editor()), (Heap::Wrong, true));
}
