//! Spelling.

use super::{Now, read_file};
use crate::desk::{Desk, Speller};
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::span::Utf16;
use crate::spelling::Care;
use crate::wire::view::{FileIn, MisspellingView, SpellingView};
use crate::wire::{Begun, write_reply};
use serde::Deserialize;

pub fn find_misspellings(desk: &mut Desk, _now: Now, id: i64, body: String) -> Result<Vec<MisspellingView>> {
    Ok(misspelling_views(&body, &desk.speller(Some(DraftId(id)))?))
}

/// The arguments of `find_misspellings`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MisspellingArgs {
    id: i64,
    body: String,
}

/// The same as `find_misspellings`, with the reading left for later.
pub fn begin_misspellings(desk: &mut Desk, args: MisspellingArgs) -> Result<Begun> {
    let speller = desk.speller(Some(DraftId(args.id)))?;
    Ok(Begun(Box::new(move || write_reply(&misspelling_views(&args.body, &speller)))))
}

fn misspelling_views(body: &str, speller: &Speller) -> Vec<MisspellingView> {
    let (places, found) = (Utf16::new(body), speller.find(body));
    let view = |it: crate::spelling::Misspelling| MisspellingView {
        at: places.span(it.span),
        word: it.span.of(body).to_owned(),
        is_quoted: it.is_quoted,
    };
    found.into_iter().map(view).collect()
}

pub fn suggest_spelling(desk: &mut Desk, _now: Now, word: String) -> Result<Vec<String>> {
    Ok(desk.speller(None)?.suggest(&word))
}

/// The arguments of `suggest_spelling`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestArgs {
    word: String,
}

/// The same as `suggest_spelling`, with the dictionary left for later.
pub fn begin_suggestions(desk: &mut Desk, args: SuggestArgs) -> Result<Begun> {
    let speller = desk.speller(None)?;
    Ok(Begun(Box::new(move || write_reply(&speller.suggest(&args.word)))))
}

pub fn spelling(desk: &mut Desk, _now: Now) -> Result<SpellingView> {
    let spelling = desk.spelling()?;
    Ok(SpellingView {
        language: spelling.language,
        languages: spelling.languages,
        reads_capitals: spelling.care.reads_capitals,
        words: spelling.words,
    })
}

pub fn set_spelling(desk: &mut Desk, now: Now, language: Option<String>, reads_capitals: bool) -> Result<SpellingView> {
    desk.set_spelling(language.as_deref(), Care { reads_capitals })?;
    spelling(desk, now)
}

pub fn learn_word(desk: &mut Desk, now: Now, word: String) -> Result<SpellingView> {
    desk.learn_word(&word)?;
    spelling(desk, now)
}

pub fn forget_word(desk: &mut Desk, now: Now, word: String) -> Result<SpellingView> {
    desk.forget_word(&word)?;
    spelling(desk, now)
}

pub fn add_dictionary(desk: &mut Desk, now: Now, files: Vec<FileIn>) -> Result<SpellingView> {
    let (mut aff, mut dic) = (None, None);
    for file in files {
        let file = read_file(file)?;
        match file.name.rsplit_once('.').map(|(name, ending)| (name.to_owned(), ending.to_lowercase())) {
            Some((name, ending)) if ending == "aff" => aff = Some((name, file.bytes)),
            Some((_, ending)) if ending == "dic" => dic = Some(file.bytes),
            _ => {}
        }
    }
    let (Some((name, aff)), Some(dic)) = (aff, dic) else {
        return Err(Error::new(
            Code::BadInput,
            "A dictionary is two files, .aff and .dic. Pick both of them together.",
        ));
    };
    desk.add_dictionary(&name, &aff, &dic)?;
    spelling(desk, now)
}

pub fn drop_dictionary(desk: &mut Desk, now: Now, name: String) -> Result<SpellingView> {
    desk.drop_dictionary(&name)?;
    spelling(desk, now)
}
