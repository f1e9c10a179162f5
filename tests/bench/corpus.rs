//! Notes made up for the bench: sentences as news has them, from a word list of our own, the same at every run.

use crate::prose::{Dice, GLUE};
use stet::note::{Note, NoteId, Terms};
use stet::span::Span;

const NOUNS: &str = "harbour council bridge ferry budget school hospital teacher driver nurse lawyer judge court police \
    union strike wage contract tender audit loan bank market price tax rent house roof street road tunnel rail station \
    train bus tram airport runway port crane ship boat net fish farm field crop harvest drought flood storm wind snow \
    fire smoke engine pump pipe water sewer dam river lake coast beach island forest park garden tree mine quarry plant \
    factory mill shop store hotel kitchen restaurant theatre museum library archive record letter report survey study \
    vote ballot poll party campaign candidate mayor minister deputy clerk secretary spokesman adviser inspector engineer \
    doctor patient vaccine drug trial test sample result figure number share profit debt deficit surplus pension fund \
    grant scheme plan project site permit licence rule law bill clause appeal verdict sentence prison guard witness \
    evidence camera phone message account network server software device battery cable signal satellite rocket flight \
    pilot crew captain coach player team match season league goal record title club fan ticket stadium concert song film \
    director actor writer editor paper page story photograph mistake delay accident injury death funeral family mother \
    father child pupil student parent neighbour tenant owner landlord builder worker manager chairman board company firm \
    supplier customer order delivery warehouse lorry fuel oil gas coal steel cement glass timber paint tool machine wheel";
const VERBS: &str = "sold bought closed opened signed refused promised warned built repaired moved counted paid lost won \
    found kept sent raised cut doubled halved delayed finished started stopped planned ordered asked answered filed \
    dropped backed opposed approved rejected joined left visited inspected measured tested blamed praised sued fined \
    hired dismissed replaced borrowed lent taxed insured cleaned flooded burned loaded shipped stored printed recorded \
    broadcast painted crossed blocked reached passed failed";
const ADJECTIVES: &str = "old new small large empty crowded cheap expensive safe dangerous public private local regional \
    national annual monthly late early final first second broken modern quiet heavy light narrow deep dry wet cold warm \
    strong weak rich poor honest careful useless temporary permanent legal illegal official secret separate similar";
const FIRST: &str = "Ines Omar Ruth Daniel Clara Hugo Petra Samuel Noor Felix Greta Anton Maria Jonas Leila Victor Edith \
    Marco Sonja Peter Alma Boris Dora Emil Frida Georg Hanna Ivan Jutta Karl Lotte Moritz Nadia Oscar Paula Rolf Selma";
const SYLLABLES: &str = "ba be bo bra cal cor dan del dor el fen fer gar gil hal hol jor kal ker lan lem lor mar mel mor \
    nal ner nol or pal per pol ran rel ros sal sel sor tal ter tol ul van ver vol wal wen wil yar zan zel";

/// Notes, and what they were made from.
pub struct Corpus {
    pub notes: Vec<Note>,
    pub n_bytes: usize,
    words: Words,
}

/// A passage of a note, some of its words changed.
#[derive(Clone)]
pub struct Passage {
    pub note: NoteId,
    pub span: Span,
    pub speaker: String,
    pub words: String,
}

struct Words {
    nouns: Vec<String>,
    verbs: Vec<String>,
    adjectives: Vec<String>,
    glue: Vec<String>,
    surnames: Vec<String>,
}

impl Words {
    fn new() -> Words {
        let list = |words: &str| words.split_whitespace().map(str::to_string).collect::<Vec<String>>();
        let syllables = list(SYLLABLES);
        let mut dice = Dice::new(7);
        let mut coin = |n_syllables: usize| -> String {
            (0..n_syllables).map(|_| syllables[dice.below(syllables.len())].as_str()).collect()
        };
        // A third of what news says with weight is words that stand in few texts: places, firms, trades.
        let mut nouns = list(NOUNS);
        nouns.extend((0..24_000).map(|nth| coin(3 + nth % 2)));
        let mut verbs = list(VERBS);
        verbs.extend((0..1_500).map(|_| coin(2) + "ed"));
        let mut adjectives = list(ADJECTIVES);
        adjectives.extend((0..3_000).map(|_| coin(3) + "al"));
        let capital = |word: String| word[..1].to_uppercase() + &word[1..];
        let surnames = (0..4_000).map(|nth| capital(coin(2 + nth % 2))).collect();
        Words { nouns, verbs, adjectives, glue: list(GLUE), surnames }
    }

    fn one<'a>(list: &'a [String], dice: &mut Dice) -> &'a str {
        &list[dice.ranked(list.len())]
    }

    fn name(&self, dice: &mut Dice) -> String {
        let first: Vec<&str> = FIRST.split_whitespace().collect();
        format!("{} {}", first[dice.below(first.len())], self.surnames[dice.ranked(self.surnames.len())])
    }

    fn sentence(&self, dice: &mut Dice, text: &mut String) {
        let start = text.len();
        let n_words = 7 + dice.below(20);
        for nth in 0..n_words {
            if nth > 0 {
                text.push_str(if nth > 3 && dice.below(14) == 0 { ", " } else { " " });
            }
            match dice.below(100) {
                0..46 => text.push_str(Words::one(&self.glue, dice)),
                46..70 => text.push_str(Words::one(&self.nouns, dice)),
                70..84 => text.push_str(Words::one(&self.verbs, dice)),
                84..94 => text.push_str(Words::one(&self.adjectives, dice)),
                94..97 => text.push_str(&self.surnames[dice.ranked(self.surnames.len())]),
                _ => text.push_str(&(2 + dice.ranked(4_000)).to_string()),
            }
        }
        let initial = text[start..=start].to_uppercase();
        text.replace_range(start..=start, &initial);
        text.push('.');
    }
}

impl Corpus {
    /// Notes of that many bytes in all, of 1 to 24 kB each: half one voice in grafs, half transcripts.
    pub fn new(n_bytes: usize) -> Corpus {
        let words = Words::new();
        let mut corpus = Corpus { notes: Vec::new(), n_bytes: 0, words };
        let mut dice = Dice::new(1);
        while corpus.n_bytes < n_bytes {
            let note = corpus.note(corpus.notes.len() as i64 + 1, &mut dice);
            corpus.n_bytes += note.text.len();
            corpus.notes.push(note);
        }
        corpus
    }

    /// One more note, unlike the others.
    pub fn note(&self, id: i64, dice: &mut Dice) -> Note {
        let source = self.words.name(dice);
        let is_transcript = dice.below(2) == 0;
        let label = source.split(' ').next_back().unwrap_or_default().to_uppercase();
        let n_bytes = 1_000 + dice.below(12_000) + dice.below(12_000);
        let mut text = String::with_capacity(n_bytes + 1_000);
        while text.len() < n_bytes {
            if is_transcript {
                text.push_str("Q: ");
                self.words.sentence(dice, &mut text);
                text.push_str(&format!("\n{label}: "));
            }
            for nth in 0..2 + dice.below(5) {
                text.push_str(if nth > 0 { " " } else { "" });
                self.words.sentence(dice, &mut text);
            }
            text.push_str(if is_transcript { "\n" } else { "\n\n" });
        }
        Note {
            id: NoteId(id),
            name: format!("note-{id}.md"),
            source,
            kind: "interview".into(),
            place: "telephone".into(),
            said_at: format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
            terms: Terms::OnTheRecord,
            terms_words: String::new(),
            embargo: None,
            is_confidential: false,
            aliases: Vec::new(),
            text,
        }
    }

    /// A passage of 8 to 40 words out of a note, `n_percent` of its words put out for others.
    pub fn passage(&self, note: &Note, n_percent: usize, dice: &mut Dice) -> Passage {
        let is_transcript = note.text.starts_with("Q:");
        let lines: Vec<&str> = note.text.lines().filter(|line| !line.is_empty() && !line.starts_with("Q:")).collect();
        let line = lines[dice.below(lines.len())];
        let words_start = if is_transcript { line.find(": ").map_or(0, |at| at + 2) } else { 0 };
        let line_start = line.as_ptr() as usize - note.text.as_ptr() as usize + words_start;
        let said = &line[words_start..];
        let words: Vec<&str> = said.split(' ').collect();
        let n_words = (8 + dice.below(33)).min(words.len());
        let first = dice.below(words.len() - n_words + 1);
        let run = &words[first..first + n_words];
        let place = |word: &str| line_start + (word.as_ptr() as usize - said.as_ptr() as usize);
        let span = Span::new(place(run[0]), place(run[n_words - 1]) + run[n_words - 1].len());
        let mut order: Vec<usize> = (0..n_words).collect();
        (1..n_words).rev().for_each(|at| order.swap(at, dice.below(at + 1)));
        let changed = &order[..(n_words * n_percent + 50) / 100];
        let put: Vec<String> = (0..n_words)
            .map(|at| match changed.contains(&at) {
                false => run[at].to_string(),
                true => match dice.below(2) {
                    0 => Words::one(&self.words.glue, dice).to_string(),
                    _ => Words::one(&self.words.nouns, dice).to_string(),
                },
            })
            .collect();
        Passage { note: note.id, span, speaker: note.source.clone(), words: put.join(" ") }
    }
}
