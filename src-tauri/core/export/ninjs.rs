//! News in JSON, IPTC’s ninjs 2 and 3: the piece for a wire or a CMS.
//!
//! The two differ in how names are spelt (`pubstatus`, `pubStatus`). Only properties of the schemas of 2.0 and 3.0 are
//! written; later minor versions take them all.

use super::page::xhtml;
use super::{Correction, Outgoing, html, text};
use crate::draft::{Status, count_words};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    Two,
    Three,
}

/// The piece as JSON. It bears the moment it goes out.
pub fn write(outgoing: &Outgoing, version: Version) -> String {
    let name = |spelt: &str| match version {
        Version::Two => spelt.to_lowercase(),
        Version::Three => spelt.to_owned(),
    };
    let draft = outgoing.draft;
    let number = match version {
        Version::Two => "2.0",
        Version::Three => "3.0",
    };
    let mut item = Map::new();
    let mut set = |spelt: &str, value: Value| {
        let is_empty = value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            item.insert(name(spelt), value);
        }
    };
    let schema = format!("http://www.iptc.org/std/ninjs/ninjs-schema_{number}.json");
    set("uri", json!(outgoing.uri()));
    set("standard", json!({ "name": "ninjs", "version": number, "schema": schema }));
    set("type", json!("text"));
    set("representationType", json!("full"));
    set("version", json!(draft.version.to_string()));
    set("firstCreated", json!(time(draft.created_at)));
    set("versionCreated", json!(time(outgoing.now)));
    set("embargoed", json!(outgoing.embargo().map(time).unwrap_or_default()));
    set("edNote", json!(outgoing.correction.as_ref().map(Correction::words).unwrap_or_default()));
    set("pubStatus", json!(publishing_status(draft.status)));
    set("language", json!("en"));
    set("slugline", json!(outgoing.slug()));
    set("title", json!(draft.copy.hed));
    set("headlines", lines(&[("main", &draft.copy.hed)]));
    set("descriptions", lines(&[("dek", &draft.copy.dek)]));
    set("by", json!(draft.copy.byline));
    set("located", json!(draft.copy.dateline));
    let plain = text::body(&draft.copy);
    let body = |role: &str, media: &str, value: String| {
        let mut body = Map::new();
        body.insert("role".into(), json!(role));
        body.insert(name("contentType"), json!(media));
        body.insert(name("charCount"), json!(plain.trim_end().chars().count()));
        body.insert(name("wordCount"), json!(count_words(&plain)));
        body.insert("value".into(), json!(value));
        Value::Object(body)
    };
    let rich = xhtml(&html::body(&draft.copy));
    let bodies = [("main", "text/plain", plain.clone()), ("richtext", "application/xhtml+xml", rich)];
    set("bodies", bodies.into_iter().map(|(role, media, value)| body(role, media, value)).collect());
    serde_json::to_string_pretty(&item).expect("JSON takes any words") + "\n"
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn lines(parts: &[(&str, &String)]) -> Value {
    let said = parts.iter().filter(|(_, words)| !words.is_empty());
    said.map(|(role, words)| json!({ "role": role, "value": words })).collect()
}

/// What a receiver may do with it: only what is ready is to be used.
pub fn publishing_status(status: Status) -> &'static str {
    match status {
        Status::Ready | Status::Published => "usable",
        Status::Draft | Status::Edit | Status::Legal => "withheld",
        Status::Spiked => "canceled",
    }
}
