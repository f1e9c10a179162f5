//! Reads labelled articles (one JSON object a line, with `id` and `text`) and prints what the finder reports of each,
//! one JSON object a line, in characters; the pace goes to standard error.
//!
//! `cargo run --release --example read_articles -- ARTICLES.jsonl > PREDICTED.jsonl`

use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};
use stet::quote::{Quote, find};
use stet::span::Span;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read_articles ARTICLES.jsonl")?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut n_bytes, mut spent) = (0, Duration::ZERO);
    find("The lists are read once, before the clock starts, he said.");
    for line in std::fs::read_to_string(path)?.lines() {
        let article: Value = serde_json::from_str(line)?;
        let text = article["text"].as_str().unwrap_or_default();
        let started = Instant::now();
        let reading = find(text);
        spent += started.elapsed();
        n_bytes += text.len();
        let chars = Chars::new(text);
        let preds: Vec<Value> = reading.quotes.iter().map(|quote| prediction(quote, text, &chars)).collect();
        writeln!(out, "{}", json!({ "id": article["id"], "preds": preds }))?;
    }
    out.flush()?;
    let pace = n_bytes as f64 / 1e6 / spent.as_secs_f64();
    eprintln!("{:.1} MB in {:.2} s: {pace:.1} MB/s", n_bytes as f64 / 1e6, spent.as_secs_f64());
    Ok(())
}

fn prediction(quote: &Quote, text: &str, chars: &Chars) -> Value {
    json!({
        "spans": quote.content.iter().map(|span| chars.span(*span)).collect::<Vec<_>>(),
        "speaker_span": quote.speaker.as_ref().map(|speaker| chars.span(speaker.mention)),
        "speaker": quote.speaker.as_ref().and_then(|speaker| speaker.name.clone()),
        "cue": quote.cue.map(|cue| cue.of(text)),
        "form": quote.form.word(),
        "rule": quote.rule,
    })
}

/// Bytes to characters: how many characters begin before each byte.
struct Chars(Vec<usize>);

impl Chars {
    fn new(text: &str) -> Chars {
        let mut n_chars = vec![0; text.len() + 1];
        for (n, (at_byte, _)) in text.char_indices().enumerate() {
            n_chars[at_byte] = n;
        }
        n_chars[text.len()] = text.chars().count();
        Chars(n_chars)
    }

    fn span(&self, span: Span) -> [usize; 2] {
        [self.0[span.start], self.0[span.end]]
    }
}
