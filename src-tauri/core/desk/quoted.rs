//! Words of a note as they come into a draft: as a quote with its attribution, as the note's terms allow it.

use super::{Desk, Edit};
use crate::check::{self, Naming, Withheld};
use crate::draft::{self, DraftId};
use crate::error::{Code, Error, Result};
use crate::import;
use crate::note::{Note, is_asking};
use crate::span::{self, Span, after, before};
use crate::store::{Hit, KeptNote};
use chrono::{DateTime, Utc};

/// Words of a note, made a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    pub edit: Edit,
    /// What an editor has to know of the terms, a sentence each; none where the words may stand with the name.
    pub told: Vec<&'static str>,
}

/// Sentences of one note that may be quoted.
#[derive(Clone, Debug)]
pub struct Passages {
    pub kept: KeptNote,
    /// Each sentence with the words in it that were asked for. Bytes into the note's text; never a label or a timecode.
    pub sentences: Vec<(Span, Vec<Span>)>,
}

/// How many notes are told of.
const MOST: u32 = 40;

impl Desk {
    /// The sentences of notes outside the bin that hold words of the query, those gathered for the piece first; of these
    /// all sentences where nothing is asked. Words of a note's source alone bring all the note says.
    pub fn find_passages(&self, id: DraftId, query: &str) -> Result<Vec<Passages>> {
        if query.trim().is_empty() {
            let own = self.store.list_notes()?.into_iter().filter(|kept| kept.draft_id == Some(id) && !kept.is_in_bin);
            return Ok(own.map(|kept| passages(kept, &[])).collect());
        }
        let mut found = Vec::new();
        for hits in self.store.search(query, MOST)? {
            let Hit::Note { id, .. } = hits.hit else { continue };
            found.push(passages(self.store.open_note(id)?, &hits.spans));
        }
        found.sort_by_key(|passages| passages.kept.draft_id != Some(id));
        Ok(found)
    }
}

fn passages(kept: KeptNote, marks: &[Span]) -> Passages {
    let note = &kept.note;
    let turns =
        note.turns().into_iter().filter(|turn| !turn.label.is_some_and(|label| is_asking(label.of(&note.text))));
    let sentences = turns.flat_map(|turn| sentences_of(&note.text, turn.words)).map(|sentence| {
        let inside: Vec<Span> = marks.iter().copied().filter(|mark| sentence.contains(*mark)).collect();
        (sentence, inside)
    });
    let sentences = sentences.filter(|(_, inside)| marks.is_empty() || !inside.is_empty()).collect();
    Passages { sentences, kept }
}

fn sentences_of(text: &str, words: Span) -> impl Iterator<Item = Span> {
    draft::sentences(words.of(text)).into_iter().map(move |sentence| sentence.shift(words.start))
}

/// A quote of a note's words for a body: in marks, with *said* and who said it, in place of what stands at `at`.
///
/// Marks are curly unless the body has straight ones alone. The attribution stands behind the first sentence, as news has
/// it; before words that begin inside a sentence, which keep their small letter. The source is named as the terms allow: in
/// full, else by a role among the other names, else as *a source*; *TK* stands where the note does not say who spoke.
///
/// Errors: `BadInput` when there are no words, when they are of two voices or a question put to the source, off the
/// record, or for use without attribution, and when the note is in the bin.
pub fn quote_from_note(body: &str, at: Span, kept: &KeptNote, passage: Span, now: DateTime<Utc>) -> Result<Quoted> {
    let note = &kept.note;
    if kept.is_in_bin {
        return refuse("The note is in the bin: no quote is held against it. Take it back first.");
    }
    let picked = Picked::of(note, passage)?;
    let naming = check::naming(note, picked.at);
    match naming {
        Naming::OffTheRecord => {
            return refuse(
                "These words are off the record: they cannot be quoted. Ask the source to say them on the record.",
            );
        }
        Naming::Nobody => {
            return refuse("These words are for use without attribution: say what they tell in words of your own.");
        }
        Naming::Named | Naming::Unnamed => {}
    }
    let speaker = picked.speaker(note, naming);
    let marks = Marks::of(body);
    let sentence = import::as_markdown(&picked.quote(&speaker, &marks));
    let is_apart = |c: char| c.is_whitespace() || "([{—–".contains(c);
    let lead = if before(body, at.start).chars().next_back().is_none_or(is_apart) { "" } else { " " };
    let trail = if after(body, at.end).chars().next().is_none_or(char::is_whitespace) { "" } else { " " };
    Ok(Quoted {
        edit: Edit { at, insert: format!("{lead}{sentence}{trail}") },
        told: told(note, naming, &speaker, now),
    })
}

fn refuse<T>(message: &str) -> Result<T> {
    Err(Error::new(Code::BadInput, message))
}

/// What an editor has to know, a sentence each.
fn told(note: &Note, naming: Naming, speaker: &str, now: DateTime<Utc>) -> Vec<&'static str> {
    let is_embargoed = note.embargo.is_some_and(|until| until > now);
    let is_unnamed = naming == Naming::Unnamed;
    let told = [
        (is_unnamed && note.is_confidential, "The source is confidential and stands without the name."),
        (is_unnamed && !note.is_confidential, "On background: the source stands without the name."),
        (speaker == NO_ROLE, "Say who it is as was agreed."),
        (speaker == TK, "The note does not say who spoke: TK stands for the name."),
        (is_embargoed, "The note is under embargo."),
    ];
    told.into_iter().filter_map(|(is_told, words)| is_told.then_some(words)).collect()
}

const NO_ROLE: &str = "a source";
const TK: &str = "TK";

/// The words that were picked in a note.
struct Picked<'a> {
    /// From the first word to the last, labels between them too.
    at: Span,
    /// A line of one voice each: whole words, no label.
    parts: Vec<&'a str>,
    /// Who spoke; none for the note's own source.
    label: Option<&'a str>,
    /// They begin where a sentence does.
    begins_sentence: bool,
}

impl<'a> Picked<'a> {
    fn of(note: &'a Note, passage: Span) -> Result<Picked<'a>> {
        let text = &note.text;
        let voice = |label: Span| label.of(text);
        let mut parts: Vec<Span> = Vec::new();
        let mut labels: Vec<Option<&str>> = Vec::new();
        let mut begins_sentence = false;
        for turn in note.turns().into_iter().filter(|turn| turn.words.overlaps(passage)) {
            let inside = Span::new(turn.words.start.max(passage.start), turn.words.end.min(passage.end));
            let part = whole_words(text, inside.trim(text), turn.words);
            if part.is_empty() {
                continue;
            }
            if parts.is_empty() {
                begins_sentence = sentences_of(text, turn.words).any(|sentence| sentence.start == part.start);
            }
            labels.push(turn.label.map(voice).filter(|label| !check::is_own_voice(note, label)));
            parts.push(part);
        }
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return refuse("No words of the note are chosen. Choose those you want to quote.");
        };
        if labels.iter().any(|label| *label != labels[0]) {
            return refuse("These are the words of more than one voice. Choose words of one.");
        }
        if labels[0].is_some_and(is_asking) {
            return refuse("These words were asked of the source. Choose words of the answer.");
        }
        let at = first.join(*last);
        Ok(Picked { at, parts: parts.iter().map(|part| part.of(text)).collect(), label: labels[0], begins_sentence })
    }

    /// Who said it, as it stands behind *said*.
    fn speaker(&self, note: &Note, naming: Naming) -> String {
        let Some(label) = self.label else {
            return match naming {
                Naming::Named => name(&note.source),
                _ => role(note).unwrap_or_else(|| NO_ROLE.into()),
            };
        };
        match naming {
            Naming::Named => name(label),
            _ => NO_ROLE.into(),
        }
    }

    fn quote(&self, speaker: &str, marks: &Marks) -> String {
        let words = marks.inside(&span::one_line(&self.parts.join(" ")));
        if !self.begins_sentence {
            return format!("{} said {}", with_capital(speaker), marks.around(&ended(&words)));
        }
        let first = draft::sentences(&words).first().copied().unwrap_or(Span::new(0, words.len()));
        let rest = after(&words, first.end).trim();
        let opening = format!("{} said {speaker}.", marks.around(&run_on(&with_capital(first.of(&words)))));
        if rest.is_empty() { opening } else { format!("{opening} {}", marks.around(&ended(rest))) }
    }
}

/// The words a span touches, whole, as far as their line goes.
fn whole_words(text: &str, span: Span, line: Span) -> Span {
    let is_word = |c: &char| c.is_alphanumeric();
    let len = |chars: &mut dyn Iterator<Item = char>| chars.take_while(is_word).map(char::len_utf8).sum::<usize>();
    let begins = span.of(text).starts_with(char::is_alphanumeric);
    let ends = span.of(text).ends_with(char::is_alphanumeric);
    let n_before = len(&mut Span::new(line.start, span.start).of(text).chars().rev());
    let n_after = len(&mut Span::new(span.end, line.end).of(text).chars());
    Span::new(span.start - if begins { n_before } else { 0 }, span.end + if ends { n_after } else { 0 })
}

/// A source's name as it stands inside a sentence, without what is said of them behind it; a label in capitals as a name.
fn name(source: &str) -> String {
    let name = source.split([',', ';', '(', '<', '/']).next().unwrap_or_default().trim();
    let is_numbered = |rest: &str| rest.trim().bytes().all(|b| b.is_ascii_digit());
    if name.is_empty() || name.to_lowercase().strip_prefix("speaker").is_some_and(is_numbered) {
        return TK.into();
    }
    let is_shouted = !name.contains(char::is_lowercase) && name.contains(' ');
    let words = name
        .split_whitespace()
        .map(|word| if is_shouted { with_capital(&word.to_lowercase()) } else { word.to_owned() });
    let name = words.collect::<Vec<_>>().join(" ");
    match name.split_once(' ') {
        Some((article @ ("The" | "A" | "An"), rest)) => format!("{} {rest}", article.to_lowercase()),
        _ => name,
    }
}

/// The first of a source's other names that is a role and tells no name: *a harbour pilot*.
fn role(note: &Note) -> Option<String> {
    let hidden = Withheld::of([&Note { is_confidential: true, ..note.clone() }]);
    let roles = note.aliases.iter().map(|alias| with_small_letter(alias.trim()));
    let is_role = |role: &String| !role.is_empty() && check::is_description(role) && hidden.find(role).is_empty();
    roles.filter(is_role).map(|role| with_article(&role)).next()
}

/// *a harbour pilot*, *an official*; what has an article or is of many stays as it is.
fn with_article(role: &str) -> String {
    const DETERMINERS: [&str; 14] = [
        "a", "an", "the", "one", "another", "his", "her", "their", "its", "our", "people", "someone", "somebody", "two",
    ];
    const BEHIND_THE_HEAD: [&str; 12] =
        ["of", "in", "at", "on", "for", "from", "with", "near", "to", "who", "close", "familiar"];
    let words: Vec<&str> = role.split_whitespace().collect();
    let head = words.iter().take_while(|word| !BEHIND_THE_HEAD.contains(word)).last().copied().unwrap_or_default();
    let is_plural = head.ends_with('s') && !head.ends_with("ss");
    if words.first().is_none_or(|first| DETERMINERS.contains(first)) || is_plural {
        return role.into();
    }
    format!("{} {role}", if role.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}

/// The words with the comma before *said*; a question or a cry keeps its mark.
fn run_on(words: &str) -> String {
    let (words, closing) = without_closing(words);
    // The point of *U.S.* and the last of *…* written as points belong to the word.
    let is_of_word =
        words.rsplit(' ').next().is_some_and(|word| word.trim_end_matches('.').contains('.') || word.ends_with(".."));
    let comma = if words.ends_with(['?', '!', '—', '–']) { "" } else { "," };
    let words = if is_of_word { words } else { words.trim_end_matches(['.', ',', ';', ':']) };
    format!("{words}{comma}{closing}")
}

/// The words with the mark a sentence ends with.
fn ended(words: &str) -> String {
    let (words, closing) = without_closing(words);
    let words = words.trim_end_matches([',', ';', ':']);
    let is_ended = words.ends_with(draft::ENDS) || words.ends_with(['—', '–']);
    format!("{words}{}{closing}", if is_ended { "" } else { "." })
}

/// What stands before the quote marks the words end with, and these.
fn without_closing(words: &str) -> (&str, &str) {
    let words_alone = words.trim_end_matches(['’', '\'']);
    (words_alone, after(words, words_alone.len()))
}

fn with_capital(words: &str) -> String {
    changed_initial(words, |c| c.to_uppercase().collect())
}

fn with_small_letter(words: &str) -> String {
    changed_initial(words, |c| c.to_lowercase().collect())
}

fn changed_initial(words: &str, change: impl Fn(char) -> String) -> String {
    let Some((at, initial)) = words.char_indices().find(|(_, c)| c.is_alphanumeric()) else { return words.into() };
    format!("{}{}{}", before(words, at), change(initial), after(words, at + initial.len_utf8()))
}

/// The quote marks of a draft: outer and inner, opening and closing.
struct Marks {
    outer: [&'static str; 2],
    inner: [&'static str; 2],
}

impl Marks {
    /// Those a body has; curly where it has none or both.
    fn of(body: &str) -> Marks {
        if body.contains('"') && !body.contains(['“', '”']) {
            return Marks { outer: ["\"", "\""], inner: ["'", "'"] };
        }
        Marks { outer: ["“", "”"], inner: ["‘", "’"] }
    }

    fn around(&self, words: &str) -> String {
        let [open, close] = self.outer;
        format!("{open}{words}{close}")
    }

    /// The words with their own marks made inner ones.
    fn inside(&self, words: &str) -> String {
        let mut inside = String::with_capacity(words.len());
        for c in words.chars() {
            let opens = inside
                .chars()
                .next_back()
                .is_none_or(|last| !last.is_alphanumeric() && !last.is_ascii_punctuation() && last != '…');
            match c {
                '“' | '‘' => inside += self.inner[0],
                '”' | '’' => inside += self.inner[1],
                '"' if opens => inside += self.inner[0],
                // The apostrophe of *'tis* and *'90s* is taken for an opening mark, as everywhere.
                '\'' if opens => inside += self.inner[0],
                '"' | '\'' => inside += self.inner[1],
                c => inside.push(c),
            }
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Notes, Policy, TermsFinding, Verdict};
    use crate::import::open_notes;
    use crate::quote;

    const BODY: &str = "The county wants to sell its ferry.\n\n";

    /// A note as a file writes it; `source: Ines Eze` where it says nothing else.
    fn note(front: &str, text: &str) -> Note {
        let file = format!("---\n{front}\n---\n{text}\n");
        let (note, _) = open_notes("note.md", file.as_bytes()).expect("a note").remove(0);
        Note { source: if front.contains("source:") { note.source } else { "Ines Eze".into() }, ..note }
    }

    fn kept(note: &Note) -> KeptNote {
        let (note, now) = (note.clone(), DateTime::UNIX_EPOCH);
        KeptNote { note, draft_id: None, is_in_bin: false, created_at: now, changed_at: now }
    }

    fn quoted(body: &str, note: &Note, words: &str) -> Result<Quoted> {
        let start = note.text.find(words).expect("the words are the note's");
        let passage = Span::new(start, start + words.len());
        quote_from_note(body, Span::new(body.len(), body.len()), &kept(note), passage, DateTime::UNIX_EPOCH)
    }

    /// What comes into the draft; that it is found there and stands as the note has it.
    fn check_in(body: &str, front: &str, text: &str, words: &str, want: &str) {
        let note = note(front, text);
        let insert = quoted(body, &note, words).expect("they may be quoted").edit.insert;
        assert_eq!(insert, want);
        let draft = format!("{body}{insert}\n");
        let quotes = quote::find(&draft).quotes;
        let notes = Notes::new(vec![note]);
        let findings = check::check(&draft, &quotes, &notes, Policy::default(), DateTime::UNIX_EPOCH);
        assert!(!findings.is_empty(), "the quote is found: {draft}");
        for finding in &findings {
            assert_eq!((finding.verdict, finding.terms), (Verdict::Verbatim, TermsFinding::Ok), "of {draft}");
        }
    }

    fn check(front: &str, text: &str, words: &str, want: &str) {
        check_in(BODY, front, text, words, want);
    }

    fn refused(front: &str, text: &str, words: &str, want: &str) {
        let error = quoted(BODY, &note(front, text), words).expect_err("it is refused");
        assert!(error.message.contains(want), "{} tells {want}", error.message);
    }

    const CALL: &str = "We may sell it by the spring. You can love a ferry and still count. Who would pay for it?";

    #[test]
    fn a_sentence_comes_in_marks_with_who_said_it() {
        let whole = "We may sell it by the spring.";
        check("kind: call", CALL, whole, "“We may sell it by the spring,” said Ines Eze.");
        check("kind: call", CALL, "Who would pay for it?", "“Who would pay for it?” said Ines Eze.");
        check("kind: call", CALL, "may sell it by the spr", "Ines Eze said “may sell it by the spring.”");
        check("kind: call", "we may sell it by the spring", "we may", "“We may,” said Ines Eze.");
        check(
            "kind: call",
            "We sell it in the U.S. and here.",
            "We sell it in the U.S.",
            "“We sell it in the U.S.,” said Ines Eze.",
        );
    }

    #[test]
    fn the_attribution_stands_behind_the_first_of_several_sentences() {
        let want = "“We may sell it by the spring,” said Ines Eze. “You can love a ferry and still count. Who would pay for it?”";
        check("kind: call", CALL, CALL, want);
    }

    #[test]
    fn marks_are_those_of_the_draft_and_marks_of_the_note_go_inside() {
        let text = "He called it \"a *fine* ferry\" and we don't sell it.";
        check("kind: call", text, text, "“He called it ‘a \\*fine\\* ferry’ and we don’t sell it,” said Ines Eze.");
        let body = "The \"old\" ferry.\n\n";
        check_in(
            body,
            "kind: call",
            text,
            text,
            "\"He called it 'a \\*fine\\* ferry' and we don't sell it,\" said Ines Eze.",
        );
        check("kind: call", "They said “no.” We left.", "They said “no.”", "“They said ‘no,’” said Ines Eze.");
    }

    #[test]
    fn it_stands_apart_from_the_words_around_it() {
        check_in("The county sells.", "kind: call", CALL, "We may sell", " “We may sell,” said Ines Eze.");
        let body = "One.Two.";
        let passage = Span::new(0, 11);
        let edit =
            quote_from_note(body, Span::new(4, 4), &kept(&note("kind: call", CALL)), passage, DateTime::UNIX_EPOCH)
                .expect("it is quoted")
                .edit;
        assert_eq!(edit.insert, " “We may sell,” said Ines Eze. ");
    }

    #[test]
    fn a_transcript_names_its_voices_without_labels_and_timecodes() {
        let text = "[00:01:02] Q: Will you sell it?\n[00:01:09] INES EZE: We may sell it.\n[00:01:15] LARS MOREAU: Nobody will pay for the ferry.";
        check("kind: interview", text, "We may sell it.", "“We may sell it,” said Ines Eze.");
        check("kind: interview", text, "Nobody will pay", "“Nobody will pay,” said Lars Moreau.");
        refused("kind: interview", text, "Will you sell it?", "asked of the source");
        refused("kind: interview", text, "sell it.\n[00:01:15] LARS MOREAU: Nobody", "more than one voice");
        refused("kind: interview", text, "[00:01:02]", "No words");
    }

    #[test]
    fn what_is_said_of_a_source_behind_the_name_stays_out() {
        check("source: Ines Eze, mayor", CALL, "We may sell", "“We may sell,” said Ines Eze.");
        check("source: The harbour office", CALL, "We may sell", "“We may sell,” said the harbour office.");
        assert_eq!(name("MAYOR EZE"), "Mayor Eze");
        assert_eq!((name("NATO"), name("SPEAKER 2"), name("")), ("NATO".into(), TK.into(), TK.into()));
    }

    #[test]
    fn a_source_that_is_not_named_stands_as_a_role() {
        let front = "terms: background\naliases: [Eze, harbour pilot]";
        check(front, CALL, "We may sell", "“We may sell,” said a harbour pilot.");
        let front = "confidential: yes\naliases: [Tobias, an official close to the talks]";
        check(front, CALL, "We may sell", "“We may sell,” said an official close to the talks.");
        check("terms: background", CALL, "may sell it by the spring", "A source said “may sell it by the spring.”");
        assert_eq!(
            (with_article("officials in the port"), with_article("engineer")),
            ("officials in the port".into(), "an engineer".into())
        );
    }

    #[test]
    fn the_terms_are_told() {
        let told = |front: &str| quoted(BODY, &note(front, CALL), "We may").expect("it may be quoted").told.join(" ");
        assert_eq!(told("kind: call"), "");
        assert!(told("terms: background").starts_with("On background: the source stands without the name. Say who"));
        assert!(told("confidential: yes").starts_with("The source is confidential"));
        assert_eq!(told("embargo: 2026-11-23T00:00:00Z"), "The note is under embargo.");
    }

    #[test]
    fn what_may_not_be_quoted_is_refused() {
        refused("terms: off the record", CALL, "We may", "off the record");
        refused("terms: deep background", CALL, "We may", "without attribution");
        refused("kind: call", "We may sell it. That is off the record.", "We may", "off the record");
        let note = note("kind: call", CALL);
        let binned = KeptNote { is_in_bin: true, ..kept(&note) };
        let error = quote_from_note(BODY, Span::new(0, 0), &binned, Span::new(0, 6), DateTime::UNIX_EPOCH);
        assert!(
            error.expect_err("it is refused").message.contains("bin"),
            "a quote of a binned note would stand alone"
        );
    }
}
