// Written from src-tauri/core/wire.rs by `make bless`. Do not edit.

/** A half-open place in a text, in UTF-16 code units. */
export type Place16 = [number, number];

export type Refusal = { code: string, message: string, };

export type DeskView = { path: string, version: string, 
/**
 * Who works here; signs cq and export. Empty until said.
 */
editor: string, policy: PolicyView, 
/**
 * Why nothing can be written, and the way out; none when all is well.
 */
readOnlyBecause: string | null, hasPassphrase: boolean, 
/**
 * After how many minutes without a key or a click it is to be locked; none for never.
 */
lockAfterMin: number | null, 
/**
 * Notes on the desk.
 */
nNotes: number, 
/**
 * What an editor should know of where the desk lies, a sentence or two each.
 */
notices: Array<string>, 
/**
 * Pieces whose last saves were found after a crash.
 */
recovered: Array<RecoveredView>, 
/**
 * Something in it was found damaged: nothing more is written.
 */
isDamaged: boolean, 
/**
 * Why the last backup failed, and what to do.
 */
backupTrouble: string | null, 
/**
 * A copy that took its place since it was opened.
 */
restored: RestoredView | null, };

export type RestoredView = { madeAt: string, 
/**
 * The desk that was, by which it can be put back.
 */
setAside: string, };

export type SurveyView = { 
/**
 * A sentence each; none when it is whole.
 */
faults: Array<string>, 
/**
 * Slugs of the pieces that can be read with their history.
 */
whole: Array<string>, 
/**
 * Those of the others, as far as they can be told.
 */
harmed: Array<string>, nNotesWhole: number, nNotesHarmed: number, };

export type SalvageView = { 
/**
 * The new desk, as it is listed.
 */
name: string, path: string, nDrafts: number, nRevisions: number, nNotes: number, 
/**
 * Rows that were there and could not be read.
 */
nLost: number, 
/**
 * A sentence each: what was lost, what was mended.
 */
warnings: Array<string>, };

export type BackupsView = { 
/**
 * Newest first.
 */
backups: Array<BackupView>, folder: string, 
/**
 * The second place, if one was chosen.
 */
second: string | null, };

export type BackupView = { name: string, madeAt: string, sizeBytes: number, 
/**
 * backup; setAside: the desk that was when another took its place; salvaged: what could be read of it
 */
kind: string, };

export type BackupPreview = { 
/**
 * Slugs of pieces that are on the desk alone.
 */
hereAlone: Array<string>, 
/**
 * Those in the copy alone.
 */
thereAlone: Array<string>, changed: Array<ChangedPiece>, nNotesHere: number, nNotesThere: number, 
/**
 * Notes that differ, or are in one of the two alone.
 */
nNotesChanged: number, };

export type ChangedPiece = { slug: string, nWordsHere: number, nWordsThere: number, };

export type RemovedView = { 
/**
 * How many revisions, or past states of a note, went with it.
 */
nPast: number, 
/**
 * How many backups and older desks it was taken out of.
 */
nCopies: number, 
/**
 * Where copies may be left, a sentence each; never empty.
 */
left: Array<string>, };

export type RecoveredView = { id: number, slug: string, 
/**
 * When the last of them was saved.
 */
savedAt: string, 
/**
 * The revision that holds what stood before them; none where nothing did.
 */
beforeId: number | null, };

export type IndexingView = { nRead: number, 
/**
 * Notes to be read; at least one.
 */
nNotes: number, };

export type QuoteCounts = { quotes: number, wrong: number, 
/**
 * Of the wrong ones, those that raise an alarm.
 */
alarms: number, open: number, stale: number, right: number, 
/**
 * Quotes marked cq that still hold.
 */
cq: number, };

export type DraftRow = { id: number, slug: string, hed: string, 
/**
 * draft edit legal ready published spiked
 */
status: string, 
/**
 * desk archive bin
 */
place: string, words: number, targetWords: number | null, 
/**
 * None while they are still to be counted.
 */
counts: QuoteCounts | null, 
/**
 * The latest embargo among the notes its quotes rest on, when it has not passed.
 */
embargo: string | null, 
/**
 * When it is due; none where nobody said.
 */
deadline: string | null, 
/**
 * What last happened to it.
 */
last: EventView | null, changedAt: string, byline: string, 
/**
 * The first words of the body.
 */
firstWords: string, };

export type EventView = { at: string, 
/**
 * A sentence: *sent to legal*, *exported as DOCX, let pass by SB: …*.
 */
words: string, 
/**
 * Who signed it, where the words do not say so; empty when nobody had said who works here.
 */
by: string, };

export type RoutingOrder = { id: number, 
/**
 * As the editor knows it: names it in a refusal.
 */
slug: string, 
/**
 * draft edit legal ready published spiked
 */
status: string | null, 
/**
 * desk archive bin
 */
place: string | null, 
/**
 * When it is due; empty for no deadline.
 */
deadline: string | null, 
/**
 * How many words are ordered; 0 for none.
 */
targetWords: number | null, };

export type Replaced = { draft: DraftView, 
/**
 * The revision of what stood before; null where that was an empty piece without a past.
 */
beforeId: number | null, };

export type DraftView = { id: number, slug: string, status: string, place: string, targetWords: number | null, hed: string, dek: string, byline: string, dateline: string, body: string, 
/**
 * Name it in the next save.
 */
version: number, changedAt: string, };

export type DraftEdit = { id: number, 
/**
 * The version that was read or last saved.
 */
version: number, slug: string, targetWords: number | null, hed: string, dek: string, byline: string, dateline: string, body: string, };

export type Saved = { version: number, savedAt: string, words: number, tks: number, 
/**
 * The slug as kept: another is given when the one asked for is taken.
 */
slug: string, };

export type NoteRow = { id: number, name: string, source: string, kind: string, place: string, saidAt: string, 
/**
 * on the record, background, deep background, off the record
 */
terms: string, termsWords: string, embargo: string | null, isEmbargoed: boolean, isConfidential: boolean, words: number, 
/**
 * The piece it was gathered for, if any.
 */
draftId: number | null, isInBin: boolean, };

export type NoteView = { id: number, name: string, source: string, kind: string, place: string, saidAt: string, terms: string, termsWords: string, embargo: string | null, isConfidential: boolean, aliases: Array<string>, text: string, draftId: number | null, 
/**
 * In the order of the text.
 */
timecodes: Array<TimecodeView>, recording: RecordingView | null, };

export type TimecodeView = { at: [number, number], 
/**
 * From the beginning of the recording.
 */
ms: number, };

export type RecordingView = { id: number, 
/**
 * The name of the file, without its folder.
 */
name: string, sizeBytes: number, };

export type SoundFile = { path: string, sizeBytes: number, sha256: string, };

export type SourceView = { 
/**
 * Those outside the bin, by date; never empty.
 */
notes: Array<SaidView>, 
/**
 * The pieces that use their words, last changed first.
 */
pieces: Array<UsedView>, 
/**
 * How many pieces more name them and were not looked at.
 */
nLeft: number, };

export type SaidView = { note: NoteRow, text: string, };

export type UsedView = { draftId: number, slug: string, 
/**
 * In the order of the text; never empty.
 */
quotes: Array<UseView>, };

export type UseView = { 
/**
 * The sentence or sentences it stands in.
 */
sentence: string, 
/**
 * Where in the sentence the quoted words stand.
 */
marks: Array<[number, number]>, quote: QuoteView, };

export type RedactedView = { 
/**
 * How the proof names the note where it shows a passage of it.
 */
line: string, 
/**
 * What of its head stays here.
 */
kept: Array<KeptBack>, 
/**
 * In the order of the text; nothing overlaps.
 */
blanked: Array<BlankView>, };

export type KeptBack = { 
/**
 * source, place, other names, file name
 */
part: string, words: string, };

export type BlankView = { 
/**
 * In the note's text.
 */
at: [number, number], 
/**
 * confidential name, off the record, under embargo
 */
why: string, };

export type NoteEdit = { id: number | null, name: string, source: string, kind: string, place: string, saidAt: string, terms: string, termsWords: string, embargo: string | null, isConfidential: boolean, aliases: Array<string>, text: string, draftId: number | null, };

export type PolicyView = { fillers: string, falseStarts: string, contractions: string, grammar: string, };

export type FileIn = { name: string, 
/**
 * The bytes, base64.
 */
bytes: string, };

export type HeadView = { hed: string, dek: string, byline: string, dateline: string, };

export type SeenFile = { slug: string, head: HeadView, 
/**
 * What goes back to the top of the body where a part is left empty, as Markdown; empty where nothing does.
 */
taken: HeadView, 
/**
 * The first words of the body.
 */
firstWords: string, 
/**
 * Words of the body.
 */
nWords: number, 
/**
 * The lines of the body that are no copy.
 */
furniture: Array<string>, 
/**
 * A sentence each, naming file and line.
 */
warnings: Array<string>, 
/**
 * No part of the head was guessed and nothing is lost: there is nothing to decide.
 */
isSure: boolean, };

export type FileOrder = { file: FileIn, 
/**
 * The head an editor says it has; none for the head as it was read.
 */
head: HeadView | null, };

export type Imported = { draftIds: Array<number>, noteIds: Array<number>, 
/**
 * A sentence each, naming file and line.
 */
warnings: Array<string>, };

export type PassageView = { note: NoteRow, words: string, 
/**
 * Where in the words those stand that were asked for.
 */
marks: Array<[number, number]>, 
/**
 * Where in the note's text.
 */
at: [number, number], };

export type Hit = { 
/**
 * draft, note, comment or revision
 */
kind: string, 
/**
 * Of the note, else of the piece.
 */
id: number, 
/**
 * The slug, or the note's source and date.
 */
title: string, 
/**
 * Who made the comment; empty for all else.
 */
by: string, 
/**
 * What the revision is called; empty where it has no name, and for all else.
 */
name: string, 
/**
 * When the comment or the revision was made.
 */
madeAt: string | null, 
/**
 * Of a revision.
 */
revisionId: number | null, 
/**
 * The sentence it stands in.
 */
sentence: string, 
/**
 * Where in the sentence.
 */
marks: Array<[number, number]>, 
/**
 * Where in the body or the note's text; none when the hit is in a title, in a revision, or in a comment whose words are
 * gone.
 */
at: [number, number] | null, };

export type PastHits = { hits: Array<Hit>, 
/**
 * Where to go on; null behind the last.
 */
below: number | null, };

export type AlarmView = { 
/**
 * negation number name date hedge
 */
kind: string, 
/**
 * In the draft's body.
 */
draft: [number, number], 
/**
 * In the note's text.
 */
note: [number, number], 
/**
 * The badge: *not lost*, *30 → 13*.
 */
words: string, };

export type ChangeView = { 
/**
 * word dropped added moved number name negation folded
 */
kind: string, draft: [number, number], note: [number, number], 
/**
 * The policy let it pass; `passed` says so.
 */
isPassed: boolean, };

export type AlignedView = { draft: string, note: string, 
/**
 * same, or as in ChangeView
 */
kind: string, };

export type EvidenceView = { noteId: number, source: string, 
/**
 * kind, place, said at: *call, telephone, 10 November 2026*
 */
line: string, terms: string, isConfidential: boolean, 
/**
 * In the note's text.
 */
at: [number, number], words: string, 
/**
 * False where someone else than the quote's speaker said the words.
 */
isOwn: boolean, };

export type CqView = { by: string, reason: string, at: string, };

export type QuoteView = { 
/**
 * Stands for this quote in calls about it, as long as its words and attribution are what they are.
 */
key: string, 
/**
 * In the body.
 */
content: Array<[number, number]>, marked: Array<[number, number]>, text: string, 
/**
 * direct unmarked mixed indirect
 */
form: string, 
/**
 * said asked negated hypothetical
 */
stance: string, cue: [number, number] | null, cueWords: string, 
/**
 * Where the mention stands.
 */
mention: [number, number] | null, mentionWords: string, 
/**
 * The full name, or the mention where the text gives none, or empty.
 */
speaker: string, isUnnamed: boolean, 
/**
 * *“He” stands for John Schulman, graf 3*
 */
resolvedBy: string, rule: string, verdict: string, 
/**
 * right open wrong
 */
weight: string, alarms: Array<AlarmView>, 
/**
 * ok, name withheld, off the record, embargoed until …, confidential source named
 */
terms: string, isTermsOk: boolean, 
/**
 * What is against the use, in a sentence: *This was said off the record.* Empty where nothing is.
 */
termsWhy: string, 
/**
 * The doubt about who spoke: *The words may be Ines Eze’s or Tomas Eze’s.* Empty where there is none.
 */
doubt: string, evidence: Array<EvidenceView>, changes: Array<ChangeView>, aligned: Array<AlignedView>, 
/**
 * What the policy let pass, in words: *filler “um”, counted as trimmed*.
 */
passed: Array<string>, 
/**
 * What was folded, in words: *case, quote marks, 9 = nine*.
 */
folded: string, cq: CqView | null, 
/**
 * Why the cq or the last verdict no longer stands: *the words changed*, *the note changed 13:40*; none when it does.
 */
stale: string | null, 
/**
 * Still needs an editor: wrong, open, alarmed, terms broken or stale, and no cq that holds.
 */
needsEditor: boolean, };

export type CheckView = { 
/**
 * In the order of the text.
 */
quotes: Array<QuoteView>, furniture: Array<[number, number]>, tks: Array<[number, number]>, counts: QuoteCounts, words: number, 
/**
 * By what policy: *strict*, *fillers=trimmed*.
 */
policy: string, 
/**
 * What a title bar may call the piece: its slug, confidential names blanked.
 */
title: string, };

export type TextEdit = { at: [number, number], insert: string, };

export type QuotedView = { edit: TextEdit, 
/**
 * What an editor has to know of the terms, a sentence each.
 */
told: Array<string>, };

export type SlipView = { 
/**
 * In the body; never empty.
 */
at: [number, number], words: string, 
/**
 * The quick fix; none where the rule only bans.
 */
preferred: string | null, 
/**
 * The rule's own reason; empty where it gives none.
 */
why: string, 
/**
 * terms capitals banned titles numbers dates reading
 */
section: string, 
/**
 * The line of the rules, from 1: stands for the rule as long as the rules are what they are.
 */
line: number, };

export type StyleView = { 
/**
 * A rule a line.
 */
text: string, 
/**
 * The rules Stet comes with.
 */
shipped: string, isOn: boolean, nRules: number, };

export type RulesView = { nRules: number, 
/**
 * Lines that are no rule.
 */
complaints: Array<ComplaintView>, };

export type ComplaintView = { 
/**
 * From 1.
 */
line: number, message: string, };

export type MisspellingView = { 
/**
 * In the body; never empty.
 */
at: [number, number], word: string, 
/**
 * It stands in speech: nothing puts it right unasked.
 */
isQuoted: boolean, };

export type SpellingView = { 
/**
 * The name of the dictionary; none where nothing is read.
 */
language: string | null, 
/**
 * The dictionaries there are, those Stet comes with first.
 */
languages: Array<string>, 
/**
 * Words all in capitals are read too.
 */
readsCapitals: boolean, 
/**
 * Words that were learned, by the alphabet.
 */
words: Array<string>, };

export type ThreadView = { 
/**
 * The first comment's.
 */
id: number, 
/**
 * The words it stood on when it was made.
 */
words: string, 
/**
 * Where they stand in the body; none when they are gone.
 */
at: [number, number] | null, 
/**
 * In the order they were said, the first of them what began it.
 */
said: Array<CommentView>, 
/**
 * Who resolved it, if anybody; may be empty where nobody had said who works here.
 */
resolvedBy: string | null, resolvedAt: string | null, };

export type CommentView = { id: number, 
/**
 * Empty when nobody had said who works here.
 */
by: string, at: string, isEdited: boolean, text: string, };

export type RevisionRow = { id: number, savedAt: string, cause: string, name: string | null, words: number, 
/**
 * Words in and out since the one before, and whether a quote, number or name changed.
 */
wordsIn: number, wordsOut: number, isSubstance: boolean, };

export type BlamedSentence = { words: string, revisionId: number | null, };

export type BlamedGraf = { sentences: Array<BlamedSentence>, };

export type Side = { revisionId: number | null, isNow: boolean, file: FileIn | null, };

export type ChangesOrder = { draftId: number, old: Side, new: Side, path: string, 
/**
 * A page; else a Word file.
 */
isPage: boolean, 
/**
 * With what is said about the piece; in a Word file alone.
 */
hasComments: boolean, 
/**
 * Why it may pass a gate with reasons; empty when there is none.
 */
why: string, 
/**
 * Replace a file that is there.
 */
isOverwrite: boolean, };

export type WordView = { 
/**
 * same insert delete
 */
kind: string, text: string, old: [number, number] | null, new: [number, number] | null, 
/**
 * Stands for this change in `take_back`; none for what is the same.
 */
change: number | null, 
/**
 * The sentence that moved whose end this is, by its place in `carries`.
 */
carry: number | null, };

export type CarryView = { 
/**
 * Where it stood, and where it stands: their places in `ops`.
 */
oldOp: number, newOp: number, 
/**
 * Paragraph number in the old text and in the new, from 1.
 */
oldGraf: number, newGraf: number, 
/**
 * What was edited on the way; empty where its words are as they were.
 */
words: Array<WordView>, };

export type OpView = { 
/**
 * same edit insert delete move move+edit split merge rewrite format
 */
kind: string, 
/**
 * hed dek byline dateline body
 */
part: string, old: [number, number] | null, new: [number, number] | null, words: Array<WordView>, 
/**
 * Paragraph number in the old text and in the new, from 1.
 */
oldGraf: number | null, newGraf: number | null, 
/**
 * A quote, a number or a name changed.
 */
isSubstance: boolean, 
/**
 * Stands for this op in `take_back`; none for what is the same.
 */
change: number | null, };

export type RedlineRow = { 
/**
 * Its place in `ops`.
 */
op: number, 
/**
 * *Quote · Ines Eze*, *Number*, *Moved and edited*, *Split in two*, *Prose*
 */
title: string, 
/**
 * *We will → may sell it*
 */
words: string, 
/**
 * What it touches: quote, speaker, number, name, date, negation, hedge, link, prose, cosmetic.
 */
class: string, isSubstance: boolean, isCosmetic: boolean, 
/**
 * A graf or a sentence stands elsewhere.
 */
isMove: boolean, 
/**
 * Stands for it in `take_back`.
 */
change: number | null, };

export type RedlineView = { oldTitle: string, newTitle: string, ops: Array<OpView>, rows: Array<RedlineRow>, 
/**
 * In the order of the new text.
 */
carries: Array<CarryView>, wordsIn: number, wordsOut: number, changes: number, moves: number, substance: number, };

export type MergeSides = { base: Side, ours: Side, theirs: Side, };

export type StretchView = { 
/**
 * hed dek byline dateline body
 */
part: string, 
/**
 * Whose words it is: nobody (unchanged) ours theirs both (they agree) conflict
 */
by: string, base: string, ours: string, theirs: string, };

export type MergeView = { baseTitle: string, oursTitle: string, theirsTitle: string, stretches: Array<StretchView>, 
/**
 * Name it in `take_merge`.
 */
version: number, };

export type ReturnedView = { 
/**
 * The revision it was made of; none where the piece has none.
 */
baseId: number | null, 
/**
 * What it is called: *sent as ferry.docx, 23 November 14:02*.
 */
baseTitle: string, 
/**
 * Why that one, a sentence.
 */
baseWords: string, 
/**
 * It tracks its changes, and says who made which.
 */
isTracked: boolean, 
/**
 * Who made the changes, as the file says; empty where it does not.
 */
authors: Array<string>, changes: number, comments: number, 
/**
 * A sentence each, naming the file.
 */
warnings: Array<string>, };

export type ProposalRow = { id: number, cameAt: string, 
/**
 * The file it came in.
 */
name: string, 
/**
 * Who made it, as far as one name says it; may be empty.
 */
by: string, isInBin: boolean, };

export type AuthorView = { by: string, 
/**
 * None where the file does not say.
 */
at: string | null, };

export type SuggestionView = { authors: Array<AuthorView>, 
/**
 * open, there already, accepted, rejected
 */
fate: string, 
/**
 * Who accepted or rejected it; none where nobody did.
 */
settled: AuthorView | null, 
/**
 * Where the desk changed the same words in another way; empty where it did not, and for what is settled.
 */
conflicts: Array<StretchView>, };

export type SuggestionsView = { proposal: ProposalRow, 
/**
 * What they had against what they made of it; its changes are numbered like `each`.
 */
redline: RedlineView, each: Array<SuggestionView>, 
/**
 * How many are still to be settled.
 */
open: number, 
/**
 * What was odd about the file, a sentence each; only when it comes.
 */
warnings: Array<string>, 
/**
 * Name it in `act_on_suggestions`.
 */
version: number, };

export type SuggestingView = { 
/**
 * The revision the suggestions are made of.
 */
baseId: number, by: string, since: string, };

export type SuggestedView = { suggesting: SuggestingView, 
/**
 * Substance first; `change` stands for one in `take_back` against the revision.
 */
rows: Array<RedlineRow>, 
/**
 * Where each change of the body is seen, in the order of the body.
 */
marks: Array<SuggestedMark>, };

export type SuggestedMark = { 
/**
 * Empty where words only went.
 */
at: [number, number], 
/**
 * What stood here.
 */
gone: string, 
/**
 * The graf stood elsewhere; its words are not new.
 */
isMove: boolean, change: number | null, };

export type HandedOver = { draft: DraftView, 
/**
 * What was handed over; null where the suggestions were kept, or there were none.
 */
proposal: ProposalRow | null, };

export type ActedView = { suggestions: SuggestionsView, draft: DraftView, 
/**
 * How many were left open, for the desk changed the same words.
 */
left: number, };

export type ReasonView = { 
/**
 * alarm verdict terms embargo tk confidential stale
 */
kind: string, 
/**
 * A sentence.
 */
words: string, 
/**
 * The quote it is about.
 */
quoteKey: string | null, 
/**
 * Where in the body.
 */
at: [number, number] | null, };

export type GateView = { reasons: Array<ReasonView>, };

export type Preview = { 
/**
 * A word of `export::Format`.
 */
format: string, 
/**
 * What is in the file; of a package, the page as it will read.
 */
content: string, isPage: boolean, 
/**
 * The file cannot be shown as it is written.
 */
isPacked: boolean, fileName: string, sizeBytes: number, };

export type ExportOrder = { draftId: number, format: string, 
/**
 * Where to write; a folder that is missing is refused.
 */
path: string, 
/**
 * Why it may pass a gate with reasons; empty when there is none.
 */
why: string, 
/**
 * Replace a file that is there.
 */
isOverwrite: boolean, };

export type PlainView = { 
/**
 * Lines of at most 72 letters.
 */
isWrapped: boolean, 
/**
 * Quote marks and dashes as a typewriter has them.
 */
isStraight: boolean, };

export type PastedView = { 
/**
 * Head and body as a part of a page.
 */
html: string, text: string, };

export type PastedIn = { text: string, 
/**
 * What of it was lost, a sentence each.
 */
warnings: Array<string>, };

export type Exported = { path: string, sizeBytes: number, };

export type Commands = {
  /** The desk as a whole. */
  desk: { args: {  }; reply: DeskView };
  /** Says who works here. */
  set_editor: { args: { editor: string }; reply: DeskView };
  /** Says what tidying of speech may pass, from the next check on. */
  set_policy: { args: { policy: PolicyView }; reply: DeskView };
  /** Locks the desk: key and words leave the core, and every other call is refused with `locked`. */
  lock: { args: {  }; reply: boolean };
  /** Opens it again. Refused with `wrongPassphrase`. */
  unlock: { args: { passphrase: string }; reply: boolean };
  /** Gives the desk a passphrase, another one, or none; empty is none. Refused with `wrongPassphrase` when `old` is not its own. */
  set_passphrase: { args: { old: string; new: string }; reply: DeskView };
  /** Says after how many minutes without a key or a click a window locks it; 0 for never. */
  set_lock_after: { args: { minutes: number }; reply: DeskView };
  /** The copies that can be put in the desk's place, and where new ones go. */
  list_backups: { args: {  }; reply: BackupsView };
  /** Makes a backup now; says whether anything had changed since the last one. */
  make_backup: { args: {  }; reply: boolean };
  /** Reads the whole desk: what is wrong in it, and what is whole. */
  survey: { args: {  }; reply: SurveyView };
  /** Brings what can be read of a damaged desk into a new one beside it, which is listed with the backups. */
  salvage: { args: {  }; reply: SalvageView };
  /** What putting a copy in the desk's place would change. */
  preview_backup: { args: { name: string }; reply: BackupPreview };
  /** Puts a copy in the desk's place; the desk that was is kept and listed. */
  restore_backup: { args: { name: string }; reply: DeskView };
  /** Chooses a folder that gets a copy of each backup; empty for none. */
  set_backup_folder: { args: { folder: string }; reply: BackupsView };
  /** Copies the desk file, whole, to a path. */
  backup: { args: { path: string }; reply: Exported };
  /** The pieces that lie in a place (desk, archive, bin), last changed first; quotes as far as they were counted. */
  list_drafts: { args: { place: string }; reply: Array<DraftRow> };
  /** The rows of these pieces with their quotes counted. */
  count_quotes: { args: { ids: Array<number> }; reply: Array<DraftRow> };
  /** A new, empty piece. */
  new_draft: { args: {  }; reply: DraftView };
  /** A piece, whole. */
  open_draft: { args: { id: number }; reply: DraftView };
  /** Keeps what stands in the window. Refused with `conflict` when the piece was saved elsewhere meanwhile. */
  save_draft: { args: { edit: DraftEdit }; reply: Saved };
  /** Writes what stands in the window to a file, whatever became of the desk; nothing is kept on the desk by it. */
  save_elsewhere: { args: { edit: DraftEdit; path: string }; reply: Exported };
  /** Makes what stands on the desk a revision if a pause came after real change; says whether it did. */
  settle: { args: { id: number }; reply: boolean };
  /** A copy of a piece under a slug of its own. */
  duplicate_draft: { args: { id: number }; reply: DraftView };
  /** draft, edit, legal, ready, published or spiked. */
  set_status: { args: { id: number; status: string }; reply: DraftRow };
  /** Says of pieces how far they have come, where they lie, when they are due and how long they are to be. All or none:  a refusal names the piece. */
  route_drafts: { args: { orders: Array<RoutingOrder> }; reply: Array<DraftRow> };
  /** Takes a piece with all its history out of the desk and its backups: nothing brings it back. */
  remove_draft: { args: { id: number }; reply: RemovedView };
  /** What happened to a piece, newest first. */
  list_events: { args: { id: number }; reply: Array<EventView> };
  /** The views of the list of pieces that are kept, as the page wrote them; empty until one is. */
  kept_views: { args: {  }; reply: string };
  /** Keeps the views of the list of pieces, all of them. Refused with `badInput` where they are more than a desk keeps. */
  keep_views: { args: { text: string }; reply: string };
  /** The snippets an editor keeps, as they were written; empty until some are. */
  kept_snippets: { args: {  }; reply: string };
  /** Keeps the snippets, all of them. Refused with `badInput` where they are more than a desk keeps. */
  keep_snippets: { args: { text: string }; reply: string };
  /** All notes, by source, then date. */
  list_notes: { args: {  }; reply: Array<NoteRow> };
  /** A note, whole. */
  open_note: { args: { id: number }; reply: NoteView };
  /** Keeps a note. */
  save_note: { args: { edit: NoteEdit }; reply: NoteView };
  /** Puts a note in the bin, or takes it back. */
  bin_note: { args: { id: number; isInBin: boolean }; reply: NoteRow };
  /** Takes a note with all it ever said out of the desk and its backups: nothing brings it back. */
  remove_note: { args: { id: number }; reply: RemovedView };
  /** The source of a note: all they said, and the sentences of pieces that use it, each quote with its verdict. Slow. */
  open_source: { args: { noteId: number }; reply: SourceView };
  /** What of a note is blanked where it leaves the desk. */
  redact_note: { args: { id: number }; reply: RedactedView };
  /** Looks at a file that is to be attached to a note: what it is now. Refused with `badInput` where it is no recording. */
  look_at_recording: { args: { path: string }; reply: SoundFile };
  /** Attaches a file that was looked at to a note, in the place of the one before. It stays where it lies. */
  attach_recording: { args: { id: number; file: SoundFile }; reply: NoteView };
  /** Takes a recording off its note, or back; the one attached before it is the note’s then. */
  bin_recording: { args: { recordingId: number; isInBin: boolean }; reply: NoteView };
  /** The media type of a recording, once all of it was read. Refused with `io` where its file is gone and with `conflict`  where another one lies there. */
  check_recording: { args: { recordingId: number }; reply: string };
  /** What a recording has from a byte on, base64 of at most 1 MiB; empty behind its end. */
  read_recording: { args: { recordingId: number; startByte: number }; reply: string };
  /** Reads notes from files, for a piece if one is named. All of them or none. */
  import_notes: { args: { files: Array<FileIn>; draftId: number | null }; reply: Imported };
  /** Reads a file as a piece and keeps nothing: what would be taken for hed, dek, byline and dateline, and what is lost. */
  look_at_file: { args: { file: FileIn }; reply: SeenFile };
  /** Reads pieces from files: new ones, or the next revision of the one named. All of them or none. */
  import_drafts: { args: { files: Array<FileIn>; intoId: number | null }; reply: Imported };
  /** Reads new pieces from files, each with the head its order says. All of them or none. */
  take_files: { args: { orders: Array<FileOrder> }; reply: Imported };
  /** How far the notes index is, while it is being made or brought up to date; null when it is. */
  indexing: { args: {  }; reply: IndexingView | null };
  /** Searches drafts, notes and comments: words, "phrases", prefixes; marks on letters do not matter. */
  search: { args: { query: string }; reply: Array<Hit> };
  /** Searches what pieces said in former revisions and do not say now, some pieces at a time: `below` null from the  first on, then what the answer before said. */
  search_history: { args: { query: string; below: number | null }; reply: PastHits };
  /** Sentences of notes that hold words of a query, those of notes gathered for the piece first, at most sixty; of these  the first sentences where nothing is asked. */
  find_passages: { args: { id: number; query: string }; reply: Array<PassageView> };
  /** The edit that puts words of a note in place of what is selected in a body, as a quote with who said it. Refused with  `badInput` where the terms do not allow it, or the words are not those of one voice. */
  quote_from_note: { args: { body: string; at: [number, number]; noteId: number; passage: [number, number] }; reply: QuotedView };
  /** Finds and checks every quote in a body that stands in the window. */
  check_draft: { args: { id: number; body: string }; reply: CheckView };
  /** The edits that put the source's words in; `body` as it stands in the window. */
  put_words_in: { args: { id: number; body: string; key: string }; reply: Array<TextEdit> };
  /** The edits that set the missing quote marks. */
  mark_marks: { args: { id: number; body: string; key: string }; reply: Array<TextEdit> };
  /** Marks a quote cq; `by` empty means the desk's editor. */
  set_cq: { args: { id: number; body: string; key: string; reason: string; by: string }; reply: CheckView };
  /** Takes a cq back. */
  clear_cq: { args: { id: number; body: string; key: string }; reply: CheckView };
  /** Accepts a stale quote as it stands now. */
  check_again: { args: { id: number; body: string; key: string }; reply: CheckView };
  /** Where a body that stands in the window parts from the house style, in order; none while that is off. */
  find_slips: { args: { body: string }; reply: Array<SlipView> };
  /** The house style. */
  house_style: { args: {  }; reply: StyleView };
  /** Reads rules and keeps nothing: how many there are, and which lines are none. */
  read_rules: { args: { text: string }; reply: RulesView };
  /** Keeps a house style. Refused with `badInput` where a line is no rule. */
  set_style: { args: { text: string }; reply: StyleView };
  /** Says whether drafts are held against the house style. */
  set_style_on: { args: { isOn: boolean }; reply: StyleView };
  /** Adds to the rule in a line the words in which its term may stand. */
  except_from_style: { args: { line: number; phrase: string }; reply: StyleView };
  /** Writes the rules to a file. */
  write_style: { args: { path: string }; reply: Exported };
  /** The words of a body that stands in the window which no dictionary knows, in order; none while spelling is off. */
  find_misspellings: { args: { id: number; body: string }; reply: Array<MisspellingView> };
  /** What may have been meant by a word, the likeliest first. Slow: one word at a time. */
  suggest_spelling: { args: { word: string }; reply: Array<string> };
  /** How the desk reads for spelling. */
  spelling: { args: {  }; reply: SpellingView };
  /** Says by which dictionary drafts are read, null for none, and whether words all in capitals are read too. */
  set_spelling: { args: { language: string | null; readsCapitals: boolean }; reply: SpellingView };
  /** Has the desk know a word. Refused with `badInput` where it is not one word. */
  learn_word: { args: { word: string }; reply: SpellingView };
  /** Takes a learned word back. */
  forget_word: { args: { word: string }; reply: SpellingView };
  /** Keeps a dictionary, its .aff and its .dic, in the desk and has drafts read by it. */
  add_dictionary: { args: { files: Array<FileIn> }; reply: SpellingView };
  /** Takes a dictionary that was added out of the desk. */
  drop_dictionary: { args: { name: string }; reply: SpellingView };
  /** The comments on a piece in the order of its text, those whose words are gone last; `body` as it stands in the window. */
  list_comments: { args: { id: number; body: string }; reply: Array<ThreadView> };
  /** Says something about words of the body; the desk's editor signs. */
  add_comment: { args: { id: number; body: string; at: [number, number]; text: string }; reply: Array<ThreadView> };
  /** Answers in the thread of a comment. */
  reply: { args: { commentId: number; body: string; text: string }; reply: Array<ThreadView> };
  /** Says one's own comment in other words. */
  edit_comment: { args: { commentId: number; body: string; text: string }; reply: Array<ThreadView> };
  /** Resolves the thread of a comment, or opens it again. */
  resolve_comment: { args: { commentId: number; body: string; isResolved: boolean }; reply: Array<ThreadView> };
  /** Takes a comment away, the first of a thread with its replies, or brings it back. */
  bin_comment: { args: { commentId: number; body: string; isInBin: boolean }; reply: Array<ThreadView> };
  /** The revisions of a piece, newest first. */
  list_revisions: { args: { id: number }; reply: Array<RevisionRow> };
  /** Which revision last gave each sentence of the body its words, paragraph by paragraph. */
  blame: { args: { id: number }; reply: Array<BlamedGraf> };
  /** Keeps what stands on the desk as a revision with a name. */
  name_revision: { args: { id: number; name: string }; reply: RevisionRow };
  /** Compares two states of a piece. */
  compare: { args: { id: number; old: Side; new: Side }; reply: RedlineView };
  /** Writes a comparison to a file: Word with tracked changes, or a page. What stands now is kept under the file's name. */
  write_changes: { args: { order: ChangesOrder }; reply: Exported };
  /** A draft of the correction notice between two states of a piece: a sentence or two for each fact that was wrong. */
  corrections: { args: { id: number; old: Side; new: Side }; reply: Array<string> };
  /** Merges what two people made of one text. */
  merge: { args: { id: number; sides: MergeSides }; reply: MergeView };
  /** Makes a merge what stands on the desk, each conflict as chosen, in order (ours theirs both base): one new revision.  `version` is the one the merge told; refused with `conflict` when the piece was changed since. */
  take_merge: { args: { id: number; sides: MergeSides; version: number; choices: Array<string> }; reply: Replaced };
  /** Reads a file that was sent out and came back, and keeps nothing: of which revision it was made (`baseId` null: find  out), by whom, and how much it would bring. */
  look_at_returned: { args: { id: number; file: FileIn; baseId: number | null }; reply: ReturnedView };
  /** Keeps a file that came back: its changes as suggestions, its comments as comments. The piece stays as it is. `by` is  who made the changes where the file does not say. */
  bring_back: { args: { id: number; file: FileIn; baseId: number | null; by: string }; reply: SuggestionsView };
  /** The files that came back for a piece, newest first, those put away too. */
  list_proposals: { args: { id: number }; reply: Array<ProposalRow> };
  /** The changes of a file that came back, against the piece as it stands. */
  suggestions: { args: { proposalId: number }; reply: SuggestionsView };
  /** Does one thing with suggestions: accept, reject, take back; ours, theirs, both or base for one where both changed the  same words. Refused with `conflict` when the piece was changed since `version`. */
  act_on_suggestions: { args: { proposalId: number; changes: Array<number>; act: string; version: number }; reply: ActedView };
  /** Puts a file that came back away, or brings it back again. */
  bin_proposal: { args: { proposalId: number; isInBin: boolean }; reply: ProposalRow };
  /** Makes what is typed from now on suggestions, to be accepted or rejected. Refused with `badInput` while nobody has  said who works here. */
  start_suggesting: { args: { id: number }; reply: SuggestingView };
  /** What is suggested in a piece against what it was, `body` as it stands in the window; null where nobody suggests. */
  suggested: { args: { id: number; body: string }; reply: SuggestedView | null };
  /** Ends suggesting: the suggestions are the piece, or they are handed over and the piece is what it was. */
  stop_suggesting: { args: { id: number; isKept: boolean }; reply: HandedOver };
  /** Puts changes of a comparison with now back to the old words: one new revision. */
  take_back: { args: { id: number; old: Side; changes: Array<number> }; reply: Replaced };
  /** Puts a whole revision back: a new revision. */
  restore_revision: { args: { id: number; revisionId: number }; reply: Replaced };
  /** What the gate says to a piece as last saved. */
  gate: { args: { id: number; format: string }; reply: GateView };
  /** How plain text goes out. */
  plain_text: { args: {  }; reply: PlainView };
  /** Says how plain text goes out from now on. */
  set_plain_text: { args: { plain: PlainView }; reply: PlainView };
  /** Exactly what would go out. */
  preview: { args: { id: number; format: string }; reply: Preview };
  /** Writes a piece to a file. Refused with `gate` when there are reasons and no `why`. */
  export: { args: { order: ExportOrder }; reply: Exported };
  /** What was pasted with its form, as Markdown. */
  read_pasted: { args: { html: string }; reply: PastedIn };
  /** A piece to be pasted elsewhere. Refused with `gate` when there are reasons and no `why`. */
  copy_out: { args: { id: number; why: string }; reply: PastedView };
  /** The format to offer for an export: what the piece last went out as, else what any did. */
  export_format: { args: { id: number }; reply: string };
  /** A path to offer for an export: where the piece last went in this format, else where it or any last went. */
  export_path: { args: { id: number; format: string }; reply: string };
};
