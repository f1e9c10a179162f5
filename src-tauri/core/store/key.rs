//! How a passphrase becomes the key of a locked desk, and the sixteen bytes that tell how.
//!
//! SQLCipher begins a file with sixteen bytes of salt that are not encrypted. Stet chooses them, so that a locked desk
//! says by itself that it is one and which work its passphrase costs, and every copy of it opens alone: no second file
//! can be lost. **The head**: three bytes of mark, one that numbers the cost, eight of chance (RFC 9106, section 3.1 with
//! section 4: 64 bits where room is short), four that tell a wrong passphrase from a damaged file. Those four come from
//! Argon2id as the key does, but from other bytes of it: who guesses passphrases has to do the same work either way.
//!
//! Tried and left: a data key kept in a file beside the desk, wrapped by the passphrase's. A new passphrase would cost
//! one small write instead of a copy of the desk, but a desk copied without that file is lost for good, and whoever has
//! an old copy of the file and its old passphrase opens the desk of today.

use crate::error::{Code, Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::Connection;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// How a locked desk begins: no text does.
const MARK: [u8; 3] = [0x8f, b'S', b't'];

/// Fewer characters are refused.
const FEWEST_CHARACTERS: usize = 8;

/// What Argon2id does for each guess: memory in KiB, passes, lanes.
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The costs a head may name. They are only added to: each number stays what it was.
const COSTS: [Cost; 2] = [
    // The least OWASP's cheat sheet on keeping passwords allows. No desk is given it; one that has it is raised.
    Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 },
    // RFC 9106, section 4, second recommended option, for machines whose memory is needed otherwise.
    Cost { memory_kib: 64 * 1024, passes: 3, lanes: 4 },
];

/// What a passphrase costs from now on.
const LATEST_COST: usize = COSTS.len() - 1;

/// What an editor types to unlock a desk. Gone from memory when it is dropped.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Letters count as the same however the keyboard puts them together (NFC).
    pub fn new(words: &str) -> Passphrase {
        Passphrase(Zeroizing::new(words.nfc().collect()))
    }

    /// Errors: `BadInput` when it is too short to keep anyone out.
    pub fn check_length(&self) -> Result<()> {
        if self.0.chars().count() >= FEWEST_CHARACTERS {
            return Ok(());
        }
        let message = format!(
            "A passphrase has at least {FEWEST_CHARACTERS} characters; four or five words that do not belong together \
             are better. Nothing was changed."
        );
        Err(Error::new(Code::BadInput, message))
    }
}

/// The bytes a locked desk begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Head([u8; 16]);

impl Head {
    /// The head of a locked desk, if these bytes are one.
    pub fn read(bytes: &[u8]) -> Option<Head> {
        let bytes: [u8; 16] = bytes.get(..16)?.try_into().ok()?;
        bytes.starts_with(&MARK).then_some(Head(bytes))
    }

    /// The key a passphrase gives with this head.
    ///
    /// Errors: `WrongPassphrase`; `NewerDesk` when the head asks for work this Stet does not know.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Key> {
        let (key, check) = derive(passphrase, &self.0[..12])?;
        if check != self.0[12..] {
            return Err(Error::new(Code::WrongPassphrase, "That is not the passphrase of this desk. Try again."));
        }
        Ok(key)
    }
}

/// The key of a locked desk.
#[derive(Clone)]
pub struct Key {
    head: Head,
    /// As SQLCipher takes it: the key and the head, in hexadecimal.
    words: Zeroizing<String>,
}

impl Key {
    /// A key for a desk that is to have this passphrase. Each desk and each passphrase has its own.
    pub fn new(passphrase: &Passphrase) -> Result<Key> {
        Key::with_cost(passphrase, LATEST_COST)
    }

    fn with_cost(passphrase: &Passphrase, cost: usize) -> Result<Key> {
        let mut salt = [0; 12];
        salt[..3].copy_from_slice(&MARK);
        salt[3] = u8::try_from(cost).expect("there are few costs");
        getrandom::fill(&mut salt[4..]).map_err(|error| {
            Error::new(Code::Io, "This system gives no random bytes, so nothing can be locked.").because(error)
        })?;
        derive(passphrase, &salt).map(|(key, _)| key)
    }

    /// Whether the passphrase costs less work than one set today would.
    pub fn is_weak(&self) -> bool {
        usize::from(self.head.0[3]) < LATEST_COST
    }

    /// Whether it opens a file that begins so.
    pub fn is_for(&self, head: &Head) -> bool {
        self.head == *head
    }

    /// Whether this is the passphrase the key came from.
    pub fn is_of(&self, passphrase: &Passphrase) -> bool {
        self.head.unlock(passphrase).is_ok()
    }

    /// Whether it opens a file that begins so.
    pub fn is_under(&self, head: &Head) -> bool {
        self.head == *head
    }

    /// Gives it to a connection that was just opened.
    pub fn apply(&self, connection: &Connection) -> Result<()> {
        // SQLCipher would tell standard error of every page that is damaged, and `verify` tells it better.
        connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
        Ok(connection.pragma_update(None, "key", self.words())?)
    }

    /// As `ATTACH … KEY` takes it.
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// The key and the four bytes that tell a wrong passphrase. `salt` is mark, cost and chance.
fn derive(passphrase: &Passphrase, salt: &[u8]) -> Result<(Key, [u8; 4])> {
    let cost = COSTS.get(usize::from(salt[3])).ok_or_else(|| {
        Error::new(
            Code::NewerDesk,
            "This desk was locked by a newer Stet. It was left as it is; open it with that one.",
        )
    })?;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(36)).expect("the costs are within bounds");
    let mut bytes = Zeroizing::new([0; 36]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.0.as_bytes(), salt, bytes.as_mut())
        .map_err(|_| Error::new(Code::Io, "The key could not be made: it needs 64 MB. Close other programs."))?;
    let mut head = [0; 16];
    head[..12].copy_from_slice(salt);
    head[12..].copy_from_slice(&bytes[32..]);
    let mut words = Zeroizing::new(String::with_capacity(99));
    words.push_str("x'");
    for byte in bytes[..32].iter().chain(&head) {
        write!(words, "{byte:02x}").expect("a string takes any words");
    }
    words.push('\'');
    Ok((Key { head: Head(head), words }, bytes[32..].try_into().expect("four are left")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Access, Store};

    const WORDS: &str = "five grey gulls at noon";

    #[test]
    fn a_head_tells_the_right_passphrase_from_any_other() {
        let key = Key::with_cost(&Passphrase::new(WORDS), 0).expect("a key");
        let head = Head::read(&key.head.0).expect("it is one");
        assert!(head.unlock(&Passphrase::new(WORDS)).is_ok_and(|found| *found.words == *key.words));
        let error = head.unlock(&Passphrase::new("five grey gulls at nine")).err().expect("refused");
        assert_eq!(error.code, Code::WrongPassphrase);
        let (composed, apart) = (Passphrase::new("caf\u{e9} au lait"), Passphrase::new("cafe\u{301} au lait"));
        assert!(Key::with_cost(&composed, 0).expect("a key").is_of(&apart), "another keyboard, the same letters");
        assert!(Head::read(b"SQLite format 3\0").is_none() && Head::read(&head.0[..9]).is_none());
    }

    #[test]
    fn no_two_desks_have_one_key_and_nothing_of_the_passphrase_stands_in_the_head() {
        let [one, other] = [0, 0].map(|cost| Key::with_cost(&Passphrase::new(WORDS), cost).expect("a key"));
        assert!(*one.words != *other.words, "the salt is another each time");
        assert!(one.words.len() == 99 && one.words[66..98] == hex(&one.head.0)[..]);
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// As OpenSSL 4.0 derives it, which gives the vector of RFC 9106, section 5.3, too: 36 bytes of Argon2id for the
    /// passphrase, this salt and the cost it names. A desk locked today opens with every later Stet.
    #[test]
    fn a_passphrase_gives_the_key_another_program_derives() {
        let derived = [
            "e3dd0c1a71e1a65373c953682ab4b14f436768768aeddd036607f73671030bed484d5f03",
            "7281d406c33d4942854fdb44f17fbf4915c99b0aec0f9aa4f89a6ab85dfba96ff9930eb0",
        ];
        assert_eq!(derived.len(), COSTS.len(), "a cost that is added has its own");
        for (cost, derived) in (0..).zip(derived) {
            let salt = [0x8f, b'S', b't', cost, 1, 2, 3, 4, 5, 6, 7, 8];
            let (key, check) = derive(&Passphrase::new(WORDS), &salt).expect("a key");
            let (words, last) = derived.split_at(64);
            assert_eq!(*key.words, format!("x'{words}{}{last}'", hex(&salt)), "cost {cost}");
            assert_eq!(hex(&check), last, "cost {cost}");
        }
    }

    #[test]
    fn a_cost_of_a_newer_stet_is_refused_as_such() {
        let head = Head([0x8f, b'S', b't', 99, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]);
        assert_eq!(head.unlock(&Passphrase::new(WORDS)).err().expect("refused").code, Code::NewerDesk);
    }

    #[test]
    fn a_desk_locked_at_an_older_cost_is_raised_when_its_window_unlocks_it() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("desk.stet");
        let passphrase = Passphrase::new(WORDS);
        let mut store = Store::open(&path, Access::Window).expect("a desk");
        store.set_setting("editor", "SB").expect("set");
        store.lock_by(Some(Key::with_cost(&passphrase, 0).expect("a key"))).expect("locked");
        drop(store);
        let cost = || std::fs::read(&path).expect("there")[3];
        assert_eq!(cost(), 0);
        drop(Store::unlock(&path, Access::Visit, &passphrase).expect("unlocked"));
        assert_eq!(cost(), 0, "a visit leaves the file as it is");
        let store = Store::unlock(&path, Access::Window, &passphrase).expect("unlocked");
        assert_eq!(usize::from(cost()), LATEST_COST);
        assert_eq!(store.setting("editor").expect("read").as_deref(), Some("SB"));
    }

    #[test]
    fn the_copy_made_before_a_desk_is_brought_up_to_date_is_locked_too() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("desk.stet");
        let passphrase = Passphrase::new(WORDS);
        let mut store = Store::open(&path, Access::Window).expect("a desk");
        store.lock_by(Some(Key::new(&passphrase).expect("a key"))).expect("locked");
        store.connection.pragma_update(None, "user_version", crate::store::LATEST - 1).expect("made older");
        drop(store);
        // What the last step lays out is there already, so it is refused; the copy was made before.
        assert!(Store::unlock(&path, Access::Window, &passphrase).is_err());
        let copy = folder.path().join(format!("desk.stet.version-{}", crate::store::LATEST - 1));
        let head = Head::read(&std::fs::read(copy).expect("there is a copy")).expect("it is locked");
        assert!(head.unlock(&passphrase).is_ok(), "by the same passphrase");
    }
}
