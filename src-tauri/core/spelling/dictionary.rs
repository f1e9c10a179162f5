//! Hunspell dictionaries: those Stet comes with, and those an editor brings.

use super::word;
use encoding_rs::Encoding;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

/// A language whose dictionary comes with Stet.
///
/// **Source**: SCOWL by Kevin Atkinson and others, as the npm packages `dictionary-en` and `dictionary-en-gb` have it;
/// their licences stand in the `.aff` files beside this one, `pack.sh` makes all of them anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    EnglishUs,
    EnglishGb,
}

impl Language {
    /// All there are.
    pub const ALL: [Language; 2] = [Language::EnglishUs, Language::EnglishGb];

    /// The name its files have.
    pub fn name(self) -> &'static str {
        match self {
            Language::EnglishUs => "en_US",
            Language::EnglishGb => "en_GB",
        }
    }

    pub fn from_name(name: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.name() == name)
    }
}

/// A dictionary's files are no larger than this together, unpacked.
pub const MAX_DICTIONARY_BYTES: usize = 32 << 20;

/// A dictionary that was read.
pub struct Dictionary {
    words: spellbook::Dictionary,
    /// The stretches of 128 characters its words have letters of, in order.
    alphabet: Vec<u32>,
    /// Its words are written without accents: *cafe*, and *café* is the same.
    is_without_accents: bool,
}

const US_AFF: &str = include_str!("en_US.aff");
const US_DIC: &[u8] = include_bytes!("en_US.dic.zst");
const GB_AFF: &str = include_str!("en_GB.aff");
const GB_DIC: &[u8] = include_bytes!("en_GB.dic.zst");

static US: LazyLock<Arc<Dictionary>> = LazyLock::new(|| unpack(US_AFF, US_DIC));
static GB: LazyLock<Arc<Dictionary>> = LazyLock::new(|| unpack(GB_AFF, GB_DIC));

fn unpack(aff: &str, packed: &[u8]) -> Arc<Dictionary> {
    let dic = zstd::stream::decode_all(packed).expect("the dictionaries that come with Stet are whole");
    let dictionary = Dictionary::from_text(aff, &String::from_utf8_lossy(&dic));
    let dictionary = dictionary.expect("the dictionaries that come with Stet are sound");
    Arc::new(Dictionary { is_without_accents: true, ..dictionary })
}

impl Dictionary {
    /// One that comes with Stet; read when it is first asked for, which takes some tens of milliseconds.
    pub fn shipped(language: Language) -> Arc<Dictionary> {
        match language {
            Language::EnglishUs => Arc::clone(&US),
            Language::EnglishGb => Arc::clone(&GB),
        }
    }

    /// Reads a pair of files as text, or says why they are no dictionary, in a sentence.
    pub fn from_text(aff: &str, dic: &str) -> Result<Dictionary, String> {
        if aff.len() + dic.len() > MAX_DICTIONARY_BYTES {
            return Err("They are larger than any dictionary.".into());
        }
        let words = spellbook::Dictionary::new(aff, dic).map_err(|error| format!("They do not fit: {error}."))?;
        let letters = dic.lines().skip(1).flat_map(|line| line.split('/').next().unwrap_or_default().chars());
        let mut alphabet: Vec<u32> =
            letters.filter(|c| c.is_alphabetic()).map(stretch).collect::<HashSet<u32>>().into_iter().collect();
        alphabet.sort_unstable();
        if alphabet.is_empty() {
            return Err("There is no word in them.".into());
        }
        Ok(Dictionary { words, alphabet, is_without_accents: false })
    }

    /// The two files as text: in UTF-8, or in the encoding the first one names.
    pub fn decode(aff: &[u8], dic: &[u8]) -> (String, String) {
        let named = aff.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(b"SET "));
        let label = named.map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).unwrap_or_default();
        // Hunspell writes *ISO8859-1*, *microsoft-cp1251*.
        let label = label.replace("iso8859", "iso-8859").replace("microsoft-cp", "windows-");
        let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        let decoded = |bytes: &[u8]| encoding.decode(bytes).0.replace("\r\n", "\n");
        (decoded(aff), decoded(dic))
    }

    /// Whether a plain word has a letter of its alphabet; of others it can say nothing.
    pub(super) fn can_read(&self, plain: &str) -> bool {
        plain.chars().any(|c| c.is_alphabetic() && self.alphabet.binary_search(&stretch(c)).is_ok())
    }

    /// Whether it has a plain word.
    pub(super) fn has(&self, plain: &str) -> bool {
        self.words.check(plain)
            || self.is_without_accents && word::without_accents(plain).is_some_and(|bare| self.words.check(&bare))
    }

    /// What may be meant by a plain word, the likeliest first.
    pub(super) fn suggest(&self, plain: &str) -> Vec<String> {
        let mut suggestions = Vec::new();
        self.words.suggest(plain, &mut suggestions);
        suggestions
    }
}

fn stretch(c: char) -> u32 {
    u32::from(c) >> 7
}
