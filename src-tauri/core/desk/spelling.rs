//! Spelling at a desk: by which dictionary it reads, which words it knows besides, and the misspellings of a draft.

use super::Desk;
use super::checked::Live;
use super::notes::{Indexed, Snapshot};
use crate::check::Notes;
use crate::draft::DraftId;
use crate::error::{Code, Error, Result};
use crate::spelling::{self, Care, Dictionary, Known, Language, MAX_DICTIONARY_BYTES, Misspelling};
use crate::store::{JudgementKind, Store};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The setting that names the language; *off* where nothing is read.
const LANGUAGE: &str = "spelling";
const OFF: &str = "off";
const CAPITALS: &str = "spelling_capitals";
/// Words that were learned, a word a line.
const WORDS: &str = "spelling_words";
/// Dictionaries an editor brought, a line each: name, space, hash. Their words are kept by the hash.
const DICTIONARIES: &str = "dictionaries";

/// How a desk reads for spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The name of the dictionary; none where nothing is read.
    pub language: Option<String>,
    /// Those there are: the shipped ones, then the editor's own by name.
    pub languages: Vec<String>,
    pub care: Care,
    /// Learned, by the alphabet.
    pub words: Vec<String>,
}

/// What was made for spelling and is good for the next time: a dictionary with the words it judged, and what is known.
#[derive(Default)]
pub struct Memory {
    /// By the name of a shipped dictionary, or the hash of one that is kept.
    reader: Mutex<Option<(String, spelling::Live, Arc<Dictionary>)>>,
    /// As of the notes it was made of.
    names: Mutex<(Weak<Notes>, Arc<Names>)>,
    /// As of the list it was made of.
    learned: Mutex<(String, Arc<Known>)>,
}

/// Names of the notes.
#[derive(Default)]
struct Names {
    open: Known,
    /// Of confidential sources: known, and never suggested.
    withheld: Known,
}

/// Where a dictionary is.
enum Source {
    Shipped(Language),
    /// One that is kept; its packed words where nobody has read them yet.
    Kept {
        hash: String,
        packed: Option<String>,
    },
}

impl Source {
    fn key(&self) -> &str {
        match self {
            Source::Shipped(language) => language.name(),
            Source::Kept { hash, .. } => hash,
        }
    }

    fn open(&self) -> Option<Arc<Dictionary>> {
        match self {
            Source::Shipped(language) => Some(Dictionary::shipped(*language)),
            Source::Kept { packed, .. } => packed.as_deref().and_then(unpack).map(Arc::new),
        }
    }
}

/// All that reading a text for spelling needs, so that it can be done without holding the desk.
pub struct Speller {
    source: Option<Source>,
    care: Care,
    learned: Arc<Known>,
    /// The words of the piece's quotes that are marked cq.
    said: Known,
    notes: Snapshot,
    live: Arc<Live>,
    memory: Arc<Memory>,
}

impl Speller {
    /// The misspellings of a body, in order; none where spelling is off. The reading is shared with the check.
    pub fn find(&self, body: &str) -> Vec<Misspelling> {
        let Some(source) = &self.source else { return Vec::new() };
        let reading = self.live.read(body);
        let names = self.memory.names(&self.notes.indexed());
        let known = [&*self.learned, &self.said, &names.open, &names.withheld];
        self.memory.with_reader(source, |live, _| live.find(body, &reading, &known, self.care)).unwrap_or_default()
    }

    /// What may have been meant by a word, the likeliest first. Slow: the dictionary is gone through.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let Some(source) = &self.source else { return Vec::new() };
        let names = self.memory.names(&self.notes.indexed());
        // Asked without the reader, which the next look at the text needs.
        let dictionary = self.memory.with_reader(source, |_, dictionary| Arc::clone(dictionary));
        dictionary.map(|it| spelling::suggest(word, &it, &[&self.learned, &names.open])).unwrap_or_default()
    }
}

/// What another thread left behind is whole: it is only ever put in place whole.
fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    /// Does something with the reader of a dictionary; none where its words are nowhere.
    fn with_reader<T>(
        &self,
        source: &Source,
        work: impl FnOnce(&mut spelling::Live, &Arc<Dictionary>) -> T,
    ) -> Option<T> {
        let mut reader = guard(&self.reader);
        if reader.as_ref().is_none_or(|(key, ..)| key != source.key()) {
            let dictionary = source.open()?;
            *reader = Some((source.key().to_owned(), spelling::Live::new(Arc::clone(&dictionary)), dictionary));
        }
        reader.as_mut().map(|(_, live, dictionary)| work(live, dictionary))
    }

    fn has(&self, key: &str) -> bool {
        guard(&self.reader).as_ref().is_some_and(|(kept, ..)| kept == key)
    }

    fn names(&self, indexed: &Indexed) -> Arc<Names> {
        let mut names = guard(&self.names);
        if names.0.upgrade().is_none_or(|notes| !Arc::ptr_eq(&notes, &indexed.notes)) {
            let of = |is_confidential: bool| {
                let notes = indexed.notes.all().filter(|note| note.is_confidential == is_confidential);
                Known::of_words(notes.flat_map(|note| [&note.source].into_iter().chain(&note.aliases)))
            };
            *names = (Arc::downgrade(&indexed.notes), Arc::new(Names { open: of(false), withheld: of(true) }));
        }
        Arc::clone(&names.1)
    }

    fn learned(&self, words: String) -> Arc<Known> {
        let mut learned = guard(&self.learned);
        if learned.0 != words {
            let known = Arc::new(Known::of_words(words.lines()));
            *learned = (words, known);
        }
        Arc::clone(&learned.1)
    }
}

impl Desk {
    /// How this desk reads for spelling.
    pub fn spelling(&self) -> Result<Spelling> {
        let own = self.own_dictionaries()?;
        let shipped = Language::ALL.into_iter().map(|language| language.name().to_owned());
        let mut words: Vec<String> = learned_words(&self.store)?.lines().map(str::to_owned).collect();
        words.sort_by_cached_key(|word| (word.to_lowercase(), word.clone()));
        Ok(Spelling {
            language: self.language()?,
            languages: shipped.chain(own.into_iter().map(|(name, _)| name)).collect(),
            care: self.care()?,
            words,
        })
    }

    /// Says by which dictionary drafts are read, none for not at all, and with how much care.
    ///
    /// Errors: `BadInput` where there is no such dictionary.
    pub fn set_spelling(&mut self, language: Option<&str>, care: Care) -> Result<()> {
        if let Some(name) = language.filter(|name| !self.has_dictionary(name).unwrap_or_default()) {
            let message = format!("There is no dictionary “{name}” on this desk. Bring its .aff and .dic first.");
            return Err(Error::new(Code::BadInput, message));
        }
        self.store.all_or_none(|store| {
            store.set_setting(LANGUAGE, language.unwrap_or(OFF))?;
            store.set_setting(CAPITALS, if care.reads_capitals { "1" } else { "0" })
        })
    }

    /// Has the desk know a word from now on.
    ///
    /// Errors: `BadInput` where it is not one word.
    pub fn learn_word(&mut self, word: &str) -> Result<()> {
        let word = one_word(word)?;
        let mut words = learned_words(&self.store)?;
        if words.lines().any(|known| known == word) {
            return Ok(());
        }
        words += &format!("{word}\n");
        self.store.set_setting(WORDS, &words)
    }

    /// Takes a learned word back. One that is not known is let be.
    pub fn forget_word(&mut self, word: &str) -> Result<()> {
        let word = one_word(word)?;
        let words = learned_words(&self.store)?;
        let left: String = words.lines().filter(|known| *known != word).map(|known| format!("{known}\n")).collect();
        if left == words { Ok(()) } else { self.store.set_setting(WORDS, &left) }
    }

    /// Keeps a dictionary in the desk, in place of one of that name, and has drafts read by it.
    ///
    /// Errors: `BadInput` where the name is a shipped one's or none, or the files are no dictionary; nothing is changed.
    pub fn add_dictionary(&mut self, name: &str, aff: &[u8], dic: &[u8]) -> Result<()> {
        let name: String = name.trim().chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect();
        let is_taken = name == OFF || Language::from_name(&name).is_some();
        if name.is_empty() || name.len() > 60 || is_taken || name.contains(char::is_control) {
            let message = format!("A dictionary cannot be called “{name}” here. Give both files another name.");
            return Err(Error::new(Code::BadInput, message));
        }
        if aff.len() + dic.len() > MAX_DICTIONARY_BYTES {
            return Err(no_dictionary(&name, "They are larger than any dictionary."));
        }
        let (aff, dic) = Dictionary::decode(aff, dic);
        Dictionary::from_text(&aff, &dic).map_err(|why| no_dictionary(&name, &why))?;
        let packed = pack(&aff, &dic);
        let hash = blake3::hash(packed.as_bytes()).to_hex().to_string();
        let mut own = self.own_dictionaries()?;
        let before = own.iter().position(|(kept, _)| *kept == name).map(|at| own.remove(at).1);
        own.push((name.clone(), hash.clone()));
        own.sort();
        let care = self.care()?;
        self.store.all_or_none(|store| {
            if let Some(before) = before.filter(|before| *before != hash) {
                store.set_setting(&kept_as(&before), "")?;
            }
            store.set_setting(&kept_as(&hash), &packed)?;
            store.set_setting(DICTIONARIES, &listed(&own))
        })?;
        self.set_spelling(Some(&name), care)
    }

    /// Takes a dictionary an editor brought out of the desk; where drafts are read by it, they are read by American
    /// English. One that is not there is let be.
    pub fn drop_dictionary(&mut self, name: &str) -> Result<()> {
        let mut own = self.own_dictionaries()?;
        let Some(at) = own.iter().position(|(kept, _)| kept == name) else { return Ok(()) };
        let (_, hash) = own.remove(at);
        let is_other = own.iter().all(|(_, kept)| *kept != hash);
        let is_used = self.language()?.as_deref() == Some(name);
        self.store.all_or_none(|store| {
            if is_other {
                store.set_setting(&kept_as(&hash), "")?;
            }
            if is_used {
                store.set_setting(LANGUAGE, Language::EnglishUs.name())?;
            }
            store.set_setting(DICTIONARIES, &listed(&own))
        })
    }

    /// What reading a text for spelling needs; of a piece, with the words of its cq.
    pub fn speller(&self, id: Option<DraftId>) -> Result<Speller> {
        let judgements = id.map_or_else(|| Ok(Vec::new()), |id| self.store.list_judgements(id))?;
        let cq = judgements.into_iter().filter(|judgement| judgement.kind == JudgementKind::Cq);
        Ok(Speller {
            source: self.language()?.map(|name| self.source(&name)).transpose()?.flatten(),
            care: self.care()?,
            learned: self.spelling.learned(learned_words(&self.store)?),
            said: Known::of_folded(cq.map(|judgement| judgement.words)),
            notes: self.snapshot()?,
            live: Arc::clone(&self.live),
            memory: Arc::clone(&self.spelling),
        })
    }

    /// The same by another dictionary than the desk's. Errors: `BadInput` where there is none of that name.
    pub fn speller_by(&self, id: Option<DraftId>, name: &str) -> Result<Speller> {
        let source = self.source(name)?.ok_or_else(|| {
            let names = self.spelling().map(|spelling| spelling.languages.join(", ")).unwrap_or_default();
            Error::new(Code::BadInput, format!("There is no dictionary “{name}”. There are {names}."))
        })?;
        Ok(Speller { source: Some(source), ..self.speller(id)? })
    }

    fn source(&self, name: &str) -> Result<Option<Source>> {
        if let Some(language) = Language::from_name(name) {
            return Ok(Some(Source::Shipped(language)));
        }
        let Some((_, hash)) = self.own_dictionaries()?.into_iter().find(|(kept, _)| kept == name) else {
            return Ok(None);
        };
        let packed = if self.spelling.has(&hash) { None } else { self.store.setting(&kept_as(&hash))? };
        Ok(Some(Source::Kept { hash, packed }))
    }

    /// American English until said otherwise, as the house style Stet comes with is.
    fn language(&self) -> Result<Option<String>> {
        let kept = self.store.setting(LANGUAGE)?.unwrap_or_else(|| Language::EnglishUs.name().into());
        Ok(Some(kept).filter(|name| name != OFF))
    }

    fn care(&self) -> Result<Care> {
        Ok(Care { reads_capitals: self.store.setting(CAPITALS)?.as_deref() == Some("1") })
    }

    fn has_dictionary(&self, name: &str) -> Result<bool> {
        let is_own = |own: Vec<(String, String)>| own.iter().any(|(kept, _)| kept == name);
        Ok(Language::from_name(name).is_some() || is_own(self.own_dictionaries()?))
    }

    /// Name and hash of each dictionary an editor brought, by name.
    fn own_dictionaries(&self) -> Result<Vec<(String, String)>> {
        let kept = self.store.setting(DICTIONARIES)?.unwrap_or_default();
        let read = |line: &str| line.rsplit_once(' ').map(|(name, hash)| (name.to_owned(), hash.to_owned()));
        Ok(kept.lines().filter_map(read).collect())
    }
}

fn learned_words(store: &Store) -> Result<String> {
    Ok(store.setting(WORDS)?.unwrap_or_default())
}

fn one_word(words: &str) -> Result<String> {
    spelling::one_word(words).ok_or_else(|| {
        Error::new(Code::BadInput, "That is not one word. Choose a word alone, without spaces and digits.")
    })
}

fn no_dictionary(name: &str, why: &str) -> Error {
    let message = format!("{name}.aff and {name}.dic are no Hunspell dictionary. {why} Nothing was kept.");
    Error::new(Code::BadInput, message)
}

fn kept_as(hash: &str) -> String {
    format!("dictionary {hash}")
}

fn listed(own: &[(String, String)]) -> String {
    own.iter().map(|(name, hash)| format!("{name} {hash}\n")).collect()
}

/// A pair of files as a setting holds them: how long the first is, then both, packed, in letters. A quarter of their size.
fn pack(aff: &str, dic: &str) -> String {
    let bytes = [&(aff.len() as u64).to_le_bytes(), aff.as_bytes(), dic.as_bytes()].concat();
    let packed = zstd::stream::encode_all(&bytes[..], 12).expect("bytes in memory can be packed");
    STANDARD.encode(packed)
}

/// The dictionary again; none where these are not the letters of one, or were harmed.
fn unpack(packed: &str) -> Option<Dictionary> {
    let packed = STANDARD.decode(packed).ok()?;
    let mut bytes = Vec::new();
    let unpacker = zstd::stream::read::Decoder::new(&packed[..]).ok()?;
    unpacker.take(2 * MAX_DICTIONARY_BYTES as u64).read_to_end(&mut bytes).ok()?;
    let (length, files) = bytes.split_first_chunk::<8>()?;
    let (aff, dic) = files.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    Dictionary::from_text(std::str::from_utf8(aff).ok()?, std::str::from_utf8(dic).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Note, NoteId, Terms};
    use chrono::DateTime;

    fn told(desk: &Desk, body: &str) -> Vec<String> {
        let found = desk.speller(None).expect("a speller").find(body);
        found.into_iter().map(|misspelling| misspelling.span.of(body).to_owned()).collect()
    }

    fn note(source: &str, is_confidential: bool) -> Note {
        Note {
            id: NoteId(0),
            name: source.to_owned(),
            source: source.to_owned(),
            kind: "call".into(),
            place: String::new(),
            said_at: "2026-11-10".into(),
            terms: Terms::OnTheRecord,
            terms_words: String::new(),
            embargo: None,
            is_confidential,
            aliases: vec!["Qvisty".into()],
            text: "It is so.".into(),
        }
    }

    #[test]
    fn a_word_is_learned_and_taken_back() {
        let mut desk = Desk::open_in_memory().expect("a desk");
        assert_eq!(told(&desk, "The blorp’s blorp."), ["blorp’s", "blorp"]);
        desk.learn_word("blorp’s").expect("learned");
        assert_eq!(told(&desk, "The blorp’s blorp. Blorp!"), [""; 0], "the word without its ending");
        assert_eq!(desk.spelling().expect("it is readable").words, ["blorp"]);
        desk.forget_word("blorp").expect("forgotten");
        assert_eq!(told(&desk, "The blorp."), ["blorp"]);
        for word in ["", "two words", "x2", "a\nb", "…"] {
            assert_eq!(desk.learn_word(word).expect_err("no word").code, Code::BadInput, "{word:?}");
        }
    }

    #[test]
    fn names_of_the_notes_are_known_as_they_come_and_a_withheld_one_is_never_suggested() {
        let mut desk = Desk::open_in_memory().expect("a desk");
        let body = "Qvisty met Tove Lundqvistz.";
        assert_eq!(told(&desk, body), ["Qvisty", "Tove", "Lundqvistz"]);
        desk.save_note(&note("Tove Lundqvistz", true), true, None, DateTime::UNIX_EPOCH).expect("kept");
        assert_eq!(told(&desk, body), [""; 0]);
        let suggested = |desk: &Desk| desk.speller(None).expect("a speller").suggest("Lundqvitsz");
        assert!(!suggested(&desk).contains(&"Lundqvistz".to_owned()));
        desk.save_note(&note("Ole Lundqvistz", false), true, None, DateTime::UNIX_EPOCH).expect("kept");
        assert_eq!(suggested(&desk).first().map(String::as_str), Some("Lundqvistz"));
    }

    #[test]
    fn a_dictionary_is_brought_used_replaced_and_taken_out() {
        let mut desk = Desk::open_in_memory().expect("a desk");
        desk.add_dictionary("nl tiny", b"SET UTF-8\n", b"2\nboot\nde\n").expect("it is one");
        let spelling = desk.spelling().expect("it is readable");
        assert_eq!(spelling.language.as_deref(), Some("nl_tiny"));
        assert_eq!(spelling.languages, ["en_US", "en_GB", "nl_tiny"]);
        assert_eq!(told(&desk, "de boot vaart"), ["vaart"]);
        desk.add_dictionary("nl_tiny", b"", b"3\nboot\nde\nvaart\n").expect("it is one");
        assert_eq!(told(&desk, "de boot vaart"), [""; 0]);
        assert_eq!(told(&desk, "de boot"), [""; 0], "read from what is kept in memory");
        for (name, dic) in [("en_US", "1\nword\n"), ("off", "1\nword\n"), ("", "1\nword\n"), ("x", "no dictionary")] {
            assert_eq!(desk.add_dictionary(name, b"", dic.as_bytes()).expect_err("refused").code, Code::BadInput);
        }
        desk.drop_dictionary("nl_tiny").expect("out");
        assert_eq!(desk.spelling().expect("it is readable").language.as_deref(), Some("en_US"));
        assert!(desk.set_spelling(Some("nl_tiny"), Care::default()).is_err());
        desk.set_spelling(None, Care::default()).expect("off");
        assert_eq!(told(&desk, "teh"), [""; 0]);
    }
}
