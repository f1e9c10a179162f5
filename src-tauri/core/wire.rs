//! What the page may ask, in one table, and the shapes of the answers.
//!
//! Domain types stay the core's own; the reply types here turn bytes into UTF-16 and times into text.
//! All times are RFC 3339 in UTC, all spans `[start, end]` half open in UTF-16 code units. `ui/wire.ts` is written from
//! this file by its test.

mod answer;
mod check_view;
mod keeper;
mod merge_view;
mod piece_view;
mod redline_view;
mod view;

pub use keeper::Keeper;
pub use view::*;

use crate::desk::{Access, Desk};
use crate::error::{Code, Error};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// Makes of the table what each side needs: for the core the one door `call`, for the page the TypeScript.
macro_rules! with_commands {
    ($($(#[doc = $doc:literal])* $name:ident($($arg:ident: $type:ty),*) -> $reply:ty;)*) => {
        /// Answers one call, and leaves owed what it owes.
        fn answer_one(desk: &mut Desk, now: DateTime<Utc>, name: &str, args: Value) -> Result<Value, Refusal> {
            $(
                if name == stringify!($name) {
                    #[derive(Deserialize)]
                    #[serde(rename_all = "camelCase", deny_unknown_fields)]
                    struct Args { $($arg: $type,)* }
                    let Args { $($arg,)* } = read_args(name, args)?;
                    let reply: $reply = answer::$name(desk, now, $($arg),*)?;
                    return write_reply(&reply);
                }
            )*
            Err(Error::new(Code::BadInput, format!("Stet has no command named '{name}'.")).into())
        }

        /// The commands as TypeScript: name, arguments, reply.
        #[cfg(test)]
        fn command_declarations(config: &ts_rs::Config) -> String {
            use ts_rs::TS;
            let mut text = String::from("export type Commands = {\n");
            $(
                let docs: &[&str] = &[$($doc),*];
                text += &format!("  /**{} */\n", docs.join(" "));
                let args: &[String] = &[$(format!("{}: {}", camel(stringify!($arg)), <$type as TS>::name(config))),*];
                let reply = <$reply as TS>::name(config);
                text += &format!("  {}: {{ args: {{ {} }}; reply: {reply} }};\n", stringify!($name), args.join("; "));
            )*
            text + "};\n"
        }
    };
}

with_commands! {
    /// The desk as a whole.
    desk() -> DeskView;
    /// Says who works here.
    set_editor(editor: String) -> DeskView;
    /// Says what tidying of speech may pass, from the next check on.
    set_policy(policy: PolicyView) -> DeskView;
    /// Locks the desk: key and words leave the core, and every other call is refused with `locked`.
    lock() -> bool;
    /// Opens it again. Refused with `wrongPassphrase`.
    unlock(passphrase: String) -> bool;
    /// Gives the desk a passphrase, another one, or none; empty is none. Refused with `wrongPassphrase` when `old` is not its own.
    set_passphrase(old: String, new: String) -> DeskView;
    /// Says after how many minutes without a key or a click a window locks it; 0 for never.
    set_lock_after(minutes: u32) -> DeskView;
    /// The copies that can be put in the desk's place, and where new ones go.
    list_backups() -> BackupsView;
    /// Makes a backup now; says whether anything had changed since the last one.
    make_backup() -> bool;
    /// Reads the whole desk: what is wrong in it, and what is whole.
    survey() -> SurveyView;
    /// Brings what can be read of a damaged desk into a new one beside it, which is listed with the backups.
    salvage() -> SalvageView;
    /// What putting a copy in the desk's place would change.
    preview_backup(name: String) -> BackupPreview;
    /// Puts a copy in the desk's place; the desk that was is kept and listed.
    restore_backup(name: String) -> DeskView;
    /// Chooses a folder that gets a copy of each backup; empty for none.
    set_backup_folder(folder: String) -> BackupsView;
    /// Copies the desk file, whole, to a path.
    backup(path: String) -> Exported;

    /// The pieces that lie in a place (desk, archive, bin), last changed first; quotes as far as they were counted.
    list_drafts(place: String) -> Vec<DraftRow>;
    /// The rows of these pieces with their quotes counted.
    count_quotes(ids: Vec<i64>) -> Vec<DraftRow>;
    /// A new, empty piece.
    new_draft() -> DraftView;
    /// A piece, whole.
    open_draft(id: i64) -> DraftView;
    /// Keeps what stands in the window. Refused with `conflict` when the piece was saved elsewhere meanwhile.
    save_draft(edit: DraftEdit) -> Saved;
    /// Writes what stands in the window to a file, whatever became of the desk; nothing is kept on the desk by it.
    save_elsewhere(edit: DraftEdit, path: String) -> Exported;
    /// Makes what stands on the desk a revision if a pause came after real change; says whether it did.
    settle(id: i64) -> bool;
    /// A copy of a piece under a slug of its own.
    duplicate_draft(id: i64) -> DraftView;
    /// draft, edit, legal, ready, published or spiked.
    set_status(id: i64, status: String) -> DraftRow;
    /// Says of pieces how far they have come, where they lie, when they are due and how long they are to be. All or none:
    /// a refusal names the piece.
    route_drafts(orders: Vec<RoutingOrder>) -> Vec<DraftRow>;
    /// Takes a piece with all its history out of the desk and its backups: nothing brings it back.
    remove_draft(id: i64) -> RemovedView;
    /// What happened to a piece, newest first.
    list_events(id: i64) -> Vec<EventView>;
    /// The views of the list of pieces that are kept, as the page wrote them; empty until one is.
    kept_views() -> String;
    /// Keeps the views of the list of pieces, all of them. Refused with `badInput` where they are more than a desk keeps.
    keep_views(text: String) -> String;
    /// The snippets an editor keeps, as they were written; empty until some are.
    kept_snippets() -> String;
    /// Keeps the snippets, all of them. Refused with `badInput` where they are more than a desk keeps.
    keep_snippets(text: String) -> String;

    /// All notes, by source, then date.
    list_notes() -> Vec<NoteRow>;
    /// A note, whole.
    open_note(id: i64) -> NoteView;
    /// Keeps a note.
    save_note(edit: NoteEdit) -> NoteView;
    /// Puts a note in the bin, or takes it back.
    bin_note(id: i64, is_in_bin: bool) -> NoteRow;
    /// Takes a note with all it ever said out of the desk and its backups: nothing brings it back.
    remove_note(id: i64) -> RemovedView;
    /// The source of a note: all they said, and the sentences of pieces that use it, each quote with its verdict. Slow.
    open_source(note_id: i64) -> SourceView;
    /// What of a note is blanked where it leaves the desk.
    redact_note(id: i64) -> RedactedView;
    /// Looks at a file that is to be attached to a note: what it is now. Refused with `badInput` where it is no recording.
    look_at_recording(path: String) -> SoundFile;
    /// Attaches a file that was looked at to a note, in the place of the one before. It stays where it lies.
    attach_recording(id: i64, file: SoundFile) -> NoteView;
    /// Takes a recording off its note, or back; the one attached before it is the note’s then.
    bin_recording(recording_id: i64, is_in_bin: bool) -> NoteView;
    /// The media type of a recording, once all of it was read. Refused with `io` where its file is gone and with `conflict`
    /// where another one lies there.
    check_recording(recording_id: i64) -> String;
    /// What a recording has from a byte on, base64 of at most 1 MiB; empty behind its end.
    read_recording(recording_id: i64, start_byte: u64) -> String;
    /// Reads notes from files, for a piece if one is named. All of them or none.
    import_notes(files: Vec<FileIn>, draft_id: Option<i64>) -> Imported;
    /// Reads a file as a piece and keeps nothing: what would be taken for hed, dek, byline and dateline, and what is lost.
    look_at_file(file: FileIn) -> SeenFile;
    /// Reads pieces from files: new ones, or the next revision of the one named. All of them or none.
    import_drafts(files: Vec<FileIn>, into_id: Option<i64>) -> Imported;
    /// Reads new pieces from files, each with the head its order says. All of them or none.
    take_files(orders: Vec<FileOrder>) -> Imported;
    /// How far the notes index is, while it is being made or brought up to date; null when it is.
    indexing() -> Option<IndexingView>;
    /// Searches drafts, notes and comments: words, "phrases", prefixes; marks on letters do not matter.
    search(query: String) -> Vec<Hit>;
    /// Searches what pieces said in former revisions and do not say now, some pieces at a time: `below` null from the
    /// first on, then what the answer before said.
    search_history(query: String, below: Option<i64>) -> PastHits;

    /// Sentences of notes that hold words of a query, those of notes gathered for the piece first, at most sixty; of these
    /// the first sentences where nothing is asked.
    find_passages(id: i64, query: String) -> Vec<PassageView>;
    /// The edit that puts words of a note in place of what is selected in a body, as a quote with who said it. Refused with
    /// `badInput` where the terms do not allow it, or the words are not those of one voice.
    quote_from_note(body: String, at: Place16, note_id: i64, passage: Place16) -> QuotedView;

    /// Finds and checks every quote in a body that stands in the window.
    check_draft(id: i64, body: String) -> CheckView;
    /// The edits that put the source's words in; `body` as it stands in the window.
    put_words_in(id: i64, body: String, key: String) -> Vec<TextEdit>;
    /// The edits that set the missing quote marks.
    mark_marks(id: i64, body: String, key: String) -> Vec<TextEdit>;
    /// Marks a quote cq; `by` empty means the desk's editor.
    set_cq(id: i64, body: String, key: String, reason: String, by: String) -> CheckView;
    /// Takes a cq back.
    clear_cq(id: i64, body: String, key: String) -> CheckView;
    /// Accepts a stale quote as it stands now.
    check_again(id: i64, body: String, key: String) -> CheckView;

    /// Where a body that stands in the window parts from the house style, in order; none while that is off.
    find_slips(body: String) -> Vec<SlipView>;
    /// The house style.
    house_style() -> StyleView;
    /// Reads rules and keeps nothing: how many there are, and which lines are none.
    read_rules(text: String) -> RulesView;
    /// Keeps a house style. Refused with `badInput` where a line is no rule.
    set_style(text: String) -> StyleView;
    /// Says whether drafts are held against the house style.
    set_style_on(is_on: bool) -> StyleView;
    /// Adds to the rule in a line the words in which its term may stand.
    except_from_style(line: usize, phrase: String) -> StyleView;
    /// Writes the rules to a file.
    write_style(path: String) -> Exported;

    /// The words of a body that stands in the window which no dictionary knows, in order; none while spelling is off.
    find_misspellings(id: i64, body: String) -> Vec<MisspellingView>;
    /// What may have been meant by a word, the likeliest first. Slow: one word at a time.
    suggest_spelling(word: String) -> Vec<String>;
    /// How the desk reads for spelling.
    spelling() -> SpellingView;
    /// Says by which dictionary drafts are read, null for none, and whether words all in capitals are read too.
    set_spelling(language: Option<String>, reads_capitals: bool) -> SpellingView;
    /// Has the desk know a word. Refused with `badInput` where it is not one word.
    learn_word(word: String) -> SpellingView;
    /// Takes a learned word back.
    forget_word(word: String) -> SpellingView;
    /// Keeps a dictionary, its .aff and its .dic, in the desk and has drafts read by it.
    add_dictionary(files: Vec<FileIn>) -> SpellingView;
    /// Takes a dictionary that was added out of the desk.
    drop_dictionary(name: String) -> SpellingView;

    /// The comments on a piece in the order of its text, those whose words are gone last; `body` as it stands in the window.
    list_comments(id: i64, body: String) -> Vec<ThreadView>;
    /// Says something about words of the body; the desk's editor signs.
    add_comment(id: i64, body: String, at: Place16, text: String) -> Vec<ThreadView>;
    /// Answers in the thread of a comment.
    reply(comment_id: i64, body: String, text: String) -> Vec<ThreadView>;
    /// Says one's own comment in other words.
    edit_comment(comment_id: i64, body: String, text: String) -> Vec<ThreadView>;
    /// Resolves the thread of a comment, or opens it again.
    resolve_comment(comment_id: i64, body: String, is_resolved: bool) -> Vec<ThreadView>;
    /// Takes a comment away, the first of a thread with its replies, or brings it back.
    bin_comment(comment_id: i64, body: String, is_in_bin: bool) -> Vec<ThreadView>;

    /// The revisions of a piece, newest first.
    list_revisions(id: i64) -> Vec<RevisionRow>;
    /// Which revision last gave each sentence of the body its words, paragraph by paragraph.
    blame(id: i64) -> Vec<BlamedGraf>;
    /// Keeps what stands on the desk as a revision with a name.
    name_revision(id: i64, name: String) -> RevisionRow;
    /// Compares two states of a piece.
    compare(id: i64, old: Side, new: Side) -> RedlineView;
    /// Writes a comparison to a file: Word with tracked changes, or a page. What stands now is kept under the file's name.
    write_changes(order: ChangesOrder) -> Exported;
    /// A draft of the correction notice between two states of a piece: a sentence or two for each fact that was wrong.
    corrections(id: i64, old: Side, new: Side) -> Vec<String>;
    /// Merges what two people made of one text.
    merge(id: i64, sides: MergeSides) -> MergeView;
    /// Makes a merge what stands on the desk, each conflict as chosen, in order (ours theirs both base): one new revision.
    /// `version` is the one the merge told; refused with `conflict` when the piece was changed since.
    take_merge(id: i64, sides: MergeSides, version: i64, choices: Vec<String>) -> Replaced;

    /// Reads a file that was sent out and came back, and keeps nothing: of which revision it was made (`baseId` null: find
    /// out), by whom, and how much it would bring.
    look_at_returned(id: i64, file: FileIn, base_id: Option<i64>) -> ReturnedView;
    /// Keeps a file that came back: its changes as suggestions, its comments as comments. The piece stays as it is. `by` is
    /// who made the changes where the file does not say.
    bring_back(id: i64, file: FileIn, base_id: Option<i64>, by: String) -> SuggestionsView;
    /// The files that came back for a piece, newest first, those put away too.
    list_proposals(id: i64) -> Vec<ProposalRow>;
    /// The changes of a file that came back, against the piece as it stands.
    suggestions(proposal_id: i64) -> SuggestionsView;
    /// Does one thing with suggestions: accept, reject, take back; ours, theirs, both or base for one where both changed the
    /// same words. Refused with `conflict` when the piece was changed since `version`.
    act_on_suggestions(proposal_id: i64, changes: Vec<usize>, act: String, version: i64) -> ActedView;
    /// Puts a file that came back away, or brings it back again.
    bin_proposal(proposal_id: i64, is_in_bin: bool) -> ProposalRow;

    /// Makes what is typed from now on suggestions, to be accepted or rejected. Refused with `badInput` while nobody has
    /// said who works here.
    start_suggesting(id: i64) -> SuggestingView;
    /// What is suggested in a piece against what it was, `body` as it stands in the window; null where nobody suggests.
    suggested(id: i64, body: String) -> Option<SuggestedView>;
    /// Ends suggesting: the suggestions are the piece, or they are handed over and the piece is what it was.
    stop_suggesting(id: i64, is_kept: bool) -> HandedOver;

    /// Puts changes of a comparison with now back to the old words: one new revision.
    take_back(id: i64, old: Side, changes: Vec<usize>) -> Replaced;
    /// Puts a whole revision back: a new revision.
    restore_revision(id: i64, revision_id: i64) -> Replaced;

    /// What the gate says to a piece as last saved.
    gate(id: i64, format: String) -> GateView;
    /// How plain text goes out.
    plain_text() -> PlainView;
    /// Says how plain text goes out from now on.
    set_plain_text(plain: PlainView) -> PlainView;
    /// Exactly what would go out.
    preview(id: i64, format: String) -> Preview;
    /// Writes a piece to a file. Refused with `gate` when there are reasons and no `why`.
    export(order: ExportOrder) -> Exported;
    /// What was pasted with its form, as Markdown.
    read_pasted(html: String) -> PastedIn;
    /// A piece to be pasted elsewhere. Refused with `gate` when there are reasons and no `why`.
    copy_out(id: i64, why: String) -> PastedView;
    /// The format to offer for an export: what the piece last went out as, else what any did.
    export_format(id: i64) -> String;
    /// A path to offer for an export: where the piece last went in this format, else where it or any last went.
    export_path(id: i64, format: String) -> String;
}

/// Answers one call: `name` is a command of the table, `args` its arguments by their camel-case names.
///
/// **Errors**: `badInput` for a command that is not there or arguments that do not fit; else what the desk refuses. A
/// refusal changes nothing.
pub fn call(desk: &mut Desk, now: DateTime<Utc>, name: &str, args: Value) -> Result<Value, Refusal> {
    let reply = answer_one(desk, now, name, args)?;
    // What cannot be kept now is kept with the next revision.
    let _ = desk.keep_all_owed();
    Ok(reply)
}

/// A call that was begun: what is left of it needs no desk.
pub struct Begun(Box<dyn FnOnce() -> Result<Value, Refusal> + Send>);

impl Begun {
    /// The answer.
    pub fn finish(self) -> Result<Value, Refusal> {
        (self.0)()
    }
}

/// Begins to answer a call like [`call`], and does only that part of it that needs the desk: finding,
/// checking and comparing are left to [`Begun::finish`], so that a save need not wait for them. What the call owes the
/// desk ([`Desk::owed`]) is left to the caller, for when the answer is given.
pub fn begin(desk: &mut Desk, now: DateTime<Utc>, name: &str, args: Value) -> Begun {
    let begun = match name {
        "make_backup" => Ok(answer::begin_backup(desk.backing(), now)),
        "survey" => Ok(answer::begin_survey(desk.backing())),
        "salvage" => Ok(answer::begin_salvage(desk.backing(), now)),
        "look_at_recording" => read_args(name, args).and_then(|args| Ok(answer::begin_look_at_recording(desk, args)?)),
        "check_recording" => read_args(name, args).and_then(|args| Ok(answer::begin_check_recording(desk, args)?)),
        "read_recording" => read_args(name, args).and_then(|args| Ok(answer::begin_read_recording(desk, args)?)),
        "look_at_file" => read_args(name, args).map(answer::begin_look),
        "read_pasted" => read_args(name, args).map(answer::begin_pasted),
        "check_draft" => read_args(name, args).and_then(|args| Ok(answer::begin_check(desk, now, args)?)),
        "open_source" => read_args(name, args).and_then(|args| Ok(answer::begin_source(desk, now, args)?)),
        "redact_note" => read_args(name, args).and_then(|args| Ok(answer::begin_redacting(desk, now, args)?)),
        "count_quotes" => read_args(name, args).and_then(|args| Ok(answer::begin_count(desk, now, args)?)),
        "find_slips" => read_args(name, args).and_then(|args| Ok(answer::begin_slips(desk, args)?)),
        "find_misspellings" => read_args(name, args).and_then(|args| Ok(answer::begin_misspellings(desk, args)?)),
        "suggest_spelling" => read_args(name, args).and_then(|args| Ok(answer::begin_suggestions(desk, args)?)),
        "blame" => read_args(name, args).and_then(|args| Ok(answer::begin_blame(desk, args)?)),
        "merge" => read_args(name, args).and_then(|args| Ok(answer::begin_merge(desk, now, args)?)),
        "compare" => read_args(name, args).and_then(|args| Ok(answer::begin_compare(desk, now, args)?)),
        "suggestions" => read_args(name, args).and_then(|args| Ok(answer::begin_suggesting(desk, now, args)?)),
        "suggested" => read_args(name, args).and_then(|args| Ok(answer::begin_suggested(desk, now, args)?)),
        "corrections" => read_args(name, args).and_then(|args| Ok(answer::begin_corrections(desk, args)?)),
        _ => answer_one(desk, now, name, args).map(|reply| Begun(Box::new(move || Ok(reply)))),
    };
    begun.unwrap_or_else(|refusal| Begun(Box::new(move || Err(refusal))))
}

/// Opens the desk at a path for a window or a server, with the sample story on it where it is new.
pub fn open_desk(path: &Path, now: DateTime<Utc>) -> Result<Desk, Refusal> {
    let mut desk = Desk::open(path, Access::Window)?;
    if desk.store().read_only_because().is_none() {
        match desk.set_out_sample(now) {
            Err(error) if error.code == Code::Corrupt => desk.write_no_more(error.message),
            set_out => set_out.map(drop)?,
        }
    }
    Ok(desk)
}

fn read_args<T: for<'de> Deserialize<'de>>(name: &str, args: Value) -> Result<T, Refusal> {
    // What did not fit may be a private word, so it is not repeated.
    let message = format!("'{name}' was asked with arguments that do not fit it. Nothing was done.");
    let args = match args {
        Value::Null => Value::Object(serde_json::Map::new()),
        Value::Object(_) => args,
        // A list would be read as the arguments in their order, past their names.
        _ => return Err(Error::new(Code::BadInput, message).into()),
    };
    serde_json::from_value(args).map_err(|cause| Error::new(Code::BadInput, message).because(cause).into())
}

fn write_reply(reply: &impl serde::Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(reply).map_err(|cause| {
        Error::new(Code::Io, "The answer could not be put into words; try again.").because(cause).into()
    })
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal { code: error.code.word().into(), message: error.message }
    }
}

/// A name as the page writes it.
#[cfg(test)]
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &part[..1].to_uppercase() + &part[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_the_table_as_it_is() {
        let config = ts_rs::Config::new().with_large_int("number");
        let mut text = String::from("// Written from src-tauri/core/wire.rs by `make bless`. Do not edit.\n\n");
        text +=
            "/** A half-open place in a text, in UTF-16 code units. */\nexport type Place16 = [number, number];\n\n";
        for declaration in type_declarations(&config) {
            text += &format!("export {declaration}\n\n");
        }
        text += &command_declarations(&config);
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/wire.ts");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, &text).expect("ui/ can be written");
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(kept == text, "ui/wire.ts is not what wire.rs says: run `make bless`");
    }
}
