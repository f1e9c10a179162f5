//! A note together with its card.

use super::card::{self, Card, CardMaker};
use super::terms::{self, Bars};
use super::voices::{self, Goes};
use crate::note::{Note, NoteId, Terms};
use std::sync::{LazyLock, OnceLock};

/// A note that has been read for the index.
pub struct Filed {
    pub note: Note,
    pub(super) card: Card,
    /// What its voices go by: its own source first, then each label of the card.
    pub(super) names: Vec<Goes>,
    /// What its source said about its use; read when first asked for.
    bars: OnceLock<Bars>,
}

impl Filed {
    /// A note and its card.
    fn new(note: Note, card: Card) -> Filed {
        let names = voices::of_note(&note, &card.labels);
        Filed { note, card, names, bars: OnceLock::new() }
    }

    /// A note whose card was kept; none when the bytes are no card. The card is taken at its word: it must be this note's.
    pub fn from_card(note: Note, card: &[u8]) -> Option<Filed> {
        Some(Filed::new(note, Card::from_bytes(card)?))
    }

    /// The card, to be kept.
    pub fn card(&self) -> Vec<u8> {
        self.card.to_bytes()
    }

    /// How many blocks its words make.
    pub(super) fn n_blocks(&self) -> usize {
        self.card.blocks.len()
    }

    pub(super) fn bars(&self) -> &Bars {
        self.bars.get_or_init(|| terms::bars(&self.note.text))
    }
}

/// By which rules cards are made: other words when a note would get another card.
///
/// Made by reading a note that has some of everything, so that no one need remember to change it.
pub fn card_maker() -> &'static str {
    static MAKER: LazyLock<String> = LazyLock::new(|| {
        let probe = Note {
            id: NoteId(0),
            name: String::new(),
            source: "Ines Eze, the mayor's chief of staff".into(),
            kind: String::new(),
            place: String::new(),
            said_at: String::new(),
            terms: Terms::OnTheRecord,
            terms_words: String::new(),
            embargo: None,
            is_confidential: false,
            aliases: vec!["Eze".into()],
            text: include_str!("words/probe.txt").into(),
        };
        let card = Filer::default().file(probe).card();
        format!("{}-{:016x}", env!("CARGO_PKG_VERSION"), card::sum(&card))
    });
    &MAKER
}

/// Reads notes for the index, and grows faster at it by the words it has met.
pub struct Filer {
    maker: CardMaker,
}

impl Default for Filer {
    fn default() -> Filer {
        Filer { maker: CardMaker::new() }
    }
}

impl Filer {
    /// Reads a note. Cost: linear.
    pub fn file(&mut self, note: Note) -> Filed {
        let card = self.maker.make(&note);
        Filed::new(note, card)
    }
}
