//! `stet quotes`: who said what in a text.

use crate::ink::Ink;
use crate::input::{self, Text};
use crate::output::Output;
use serde::Serialize;
use std::path::Path;
use stet::error::Result;
use stet::quote::{self, Form, Quote, Reading};
use stet::span::one_line;

#[derive(Serialize)]
struct Reply {
    quotes: Vec<QuoteReply>,
    furniture: Vec<[usize; 2]>,
}

/// One quote in JSON.
#[derive(Serialize)]
pub struct QuoteReply {
    content: Vec<[usize; 2]>,
    marked: Vec<[usize; 2]>,
    text: String,
    form: &'static str,
    stance: &'static str,
    cue: Option<CueReply>,
    speaker: Option<SpeakerReply>,
    rule: &'static str,
}

#[derive(Serialize)]
struct CueReply {
    span: [usize; 2],
    text: String,
}

#[derive(Serialize)]
struct SpeakerReply {
    span: [usize; 2],
    mention: String,
    name: Option<String>,
    unnamed: bool,
    by: &'static str,
    antecedent: Option<[usize; 2]>,
}

impl QuoteReply {
    pub fn new(text: &Text, quote: &Quote) -> QuoteReply {
        let body = text.body();
        let places = |spans: &[_]| spans.iter().map(|&span| text.place(span)).collect();
        QuoteReply {
            content: places(&quote.content),
            marked: places(&quote.marked),
            text: quote.text(body),
            form: quote.form.word(),
            stance: quote.stance.word(),
            cue: quote.cue.map(|cue| CueReply { span: text.place(cue), text: cue.of(body).to_owned() }),
            speaker: quote.speaker.as_ref().map(|speaker| SpeakerReply {
                span: text.place(speaker.mention),
                mention: speaker.mention.of(body).to_owned(),
                name: speaker.name.clone(),
                unnamed: speaker.is_unnamed,
                by: speaker.by.word(),
                antecedent: speaker.antecedent.map(|span| text.place(span)),
            }),
            rule: quote.rule,
        }
    }
}

pub fn run(file: &Path, is_json: bool) -> Result<Output> {
    let text = input::read_text(file)?;
    let reading = quote::find(text.body());
    let output = if is_json { json(&text, &reading) } else { Output::plain(plain(&text, &reading)) };
    Ok(output.warn(text.warnings))
}

/// Who the draft says spoke, for people: *Ines Eze (“She”)*.
pub fn speaker_words(body: &str, quote: &Quote) -> String {
    let Some(speaker) = &quote.speaker else { return "nobody named".into() };
    let mention = speaker.mention.of(body);
    match &speaker.name {
        Some(name) if name != mention => format!("{name} (“{mention}”)"),
        _ => mention.to_owned(),
    }
}

/// The quote's words for people, on one line: in marks when it is direct speech, in corners when its marks were lost.
pub fn content_words(body: &str, quote: &Quote) -> String {
    let words = one_line(&quote.text(body));
    match quote.form {
        Form::Direct => format!("“{words}”"),
        Form::Unmarked => format!("⌜{words}⌟"),
        Form::Mixed | Form::Indirect => words,
    }
}

fn json(text: &Text, reading: &Reading) -> Output {
    Output::json(&Reply {
        quotes: reading.quotes.iter().map(|quote| QuoteReply::new(text, quote)).collect(),
        furniture: reading.furniture.iter().map(|&span| text.place(span)).collect(),
    })
}

fn plain(text: &Text, reading: &Reading) -> String {
    let (ink, body) = (Ink::stdout(), text.body());
    let mut page = String::new();
    for quote in &reading.quotes {
        let form = match quote.form {
            Form::Unmarked => ink.open("unmarked: marks missing"),
            form => ink.quiet(form.word()),
        };
        let cue = quote.cue.map(|cue| format!(" · {}", cue.of(body))).unwrap_or_default();
        page += &format!("{}{} · {form}\n", ink.bold(&speaker_words(body, quote)), ink.quiet(&cue));
        page += &format!("  {}\n", content_words(body, quote));
    }
    let n_furniture = reading.furniture.len();
    page += &format!("{}\n", count(reading.quotes.len(), "quote", "quotes"));
    if n_furniture > 0 {
        page += &format!("{}\n", ink.quiet(&format!("{}: not copy", count(n_furniture, "passage", "passages"))));
    }
    page
}

/// *1 quote*, *3 quotes*.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Words on one line; of many only the first and the last few.
pub fn short(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.as_slice() {
        [first @ .., a, b, c, d] if first.len() > 8 => format!("{} … {a} {b} {c} {d}", first.split_at(4).0.join(" ")),
        words => words.join(" "),
    }
}
