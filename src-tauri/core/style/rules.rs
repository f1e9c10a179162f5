//! The rules as an editor writes them: a text file, a rule a line.

use super::figures::{Figure, FigureRule};
use super::matching;
use crate::span::one_line;
use std::collections::HashMap;

/// The rules a desk begins with.
pub(super) const SHIPPED: &str = include_str!("house.txt");

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    Terms,
    Capitals,
    Banned,
    Titles,
    Numbers,
    Dates,
    /// How a piece reads.
    Reading,
}

impl Section {
    const ALL: [Section; 7] = [
        Section::Terms,
        Section::Capitals,
        Section::Banned,
        Section::Titles,
        Section::Numbers,
        Section::Dates,
        Section::Reading,
    ];

    /// Its name in the rules, on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Section::Terms => "terms",
            Section::Capitals => "capitals",
            Section::Banned => "banned",
            Section::Titles => "titles",
            Section::Numbers => "numbers",
            Section::Dates => "dates",
            Section::Reading => "reading",
        }
    }

    /// Its rules tell capitals from small letters.
    pub(super) fn is_cased(self) -> bool {
        matches!(self, Section::Capitals | Section::Titles)
    }
}

/// A rule about words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub section: Section,
    /// As it is not to be written. Begins with a letter or digit.
    pub term: String,
    /// Always there but in `Section::Banned`.
    pub preferred: Option<String>,
    pub why: String,
    /// Where the term may stand in these words, it may.
    pub exceptions: Vec<String>,
    /// From 1.
    pub line: usize,
}

/// A line of the rules that says nothing Stet understands; it is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// From 1.
    pub line: usize,
    /// For an editor: what is wrong, and how it would be right.
    pub message: String,
}

/// The house style of a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Places in `rules` by the first word of the term, in small letters.
    by_word: HashMap<String, Vec<usize>>,
    pub(super) figures: Vec<FigureRule>,
}

impl Rules {
    /// The rules of a text, and what in it is none. Total: each line stands alone, and a bad one harms no other.
    pub fn read(text: &str) -> (Rules, Vec<Complaint>) {
        let (mut rules, mut complaints, mut section) = (Rules::default(), Vec::new(), None);
        for (n_before, line) in text.lines().enumerate() {
            let line_number = n_before + 1;
            let words = line.trim().trim_start_matches('\u{feff}');
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            if let Err(message) = rules.take(words, line_number, &mut section) {
                complaints.push(Complaint { line: line_number, message });
            }
        }
        (rules, complaints)
    }

    /// The rules Stet comes with.
    pub fn shipped() -> Rules {
        Rules::read(SHIPPED).0
    }

    /// The text of the rules Stet comes with.
    pub fn shipped_text() -> &'static str {
        SHIPPED
    }

    /// How many there are.
    pub fn n_rules(&self) -> usize {
        self.rules.len() + self.figures.len()
    }

    /// Each term with what is preferred, in the order of the text; banned words have none and are left out.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rules.iter().filter_map(|rule| Some((rule.term.as_str(), rule.preferred.as_deref()?)))
    }

    /// The rules whose term begins with this word.
    pub(super) fn beginning(&self, word: &str) -> impl Iterator<Item = &Rule> {
        self.by_word.get(&word.to_lowercase()).into_iter().flatten().map(|place| &self.rules[*place])
    }

    fn take(&mut self, words: &str, line: usize, section: &mut Option<Section>) -> Result<(), String> {
        if let Some(name) = words.strip_prefix('[') {
            *section = None;
            *section = Some(read_section(name)?);
            return Ok(());
        }
        let Some(section) = *section else {
            return Err("This stands under no section: begin with a line such as [terms].".into());
        };
        if let Some(phrase) = words.strip_prefix("except:") {
            return self.except(phrase.trim(), line);
        }
        let (words, why) = words.split_once('|').map_or((words, ""), |(words, why)| (words.trim(), why.trim()));
        if matches!(section, Section::Numbers | Section::Dates | Section::Reading) {
            let figure = Figure::from_words(section, words).ok_or_else(|| Figure::complaint(section))?;
            self.figures.push(FigureRule { figure, section, why: why.into(), line });
            return Ok(());
        }
        self.add(read_rule(section, words, why, line)?)
    }

    fn add(&mut self, rule: Rule) -> Result<(), String> {
        let places = self.by_word.entry(matching::first_word(&rule.term, 0).to_lowercase()).or_default();
        let others = places.iter().map(|place| &self.rules[*place]);
        if let Some(other) = others.into_iter().find(|other| other.term == rule.term && other.section == rule.section) {
            return Err(format!("“{}” has a rule already, in line {}: take one out.", rule.term, other.line));
        }
        places.push(self.rules.len());
        self.rules.push(rule);
        Ok(())
    }

    fn except(&mut self, phrase: &str, line: usize) -> Result<(), String> {
        let last_figure = self.figures.last().map_or(0, |figure| figure.line);
        let Some(rule) = self.rules.last_mut().filter(|rule| rule.line > last_figure && rule.line < line) else {
            return Err("An exception stands below the rule about words it is for.".into());
        };
        if !phrase.starts_with(char::is_alphanumeric) {
            return Err("An exception names the words that may stand: except: Advisor Perspectives.".into());
        }
        if !phrase.to_lowercase().contains(&rule.term.to_lowercase()) {
            return Err(format!("An exception has the words of its rule in it; “{}” is not in this one.", rule.term));
        }
        rule.exceptions.push(phrase.into());
        Ok(())
    }
}

/// The text of some rules with one more exception below the rule in a line, from 1, and below those it has.
///
/// Errors: what is wrong with it, where the line is no rule about words or its term is not in the phrase.
pub fn with_exception(text: &str, line: usize, phrase: &str) -> Result<String, Complaint> {
    let lines: Vec<&str> = text.lines().collect();
    if Rules::read(text).0.rules.iter().all(|rule| rule.line != line) {
        let message = "Only a rule about words can have one, and that line is none: look at the rules.";
        return Err(Complaint { line, message: message.into() });
    }
    let is_exception = |words: &&&str| words.trim().starts_with("except:");
    let at = line + lines[line..].iter().take_while(is_exception).count();
    let added = format!("  except: {phrase}");
    let (above, below) = lines.split_at(at);
    let text = [above, &[added.as_str()], below].concat().join("\n") + "\n";
    match Rules::read(&text).1.into_iter().find(|complaint| complaint.line == at + 1) {
        Some(complaint) => Err(complaint),
        None => Ok(text),
    }
}

fn read_section(name: &str) -> Result<Section, String> {
    let name = name.trim_end_matches(']').trim();
    Section::ALL.into_iter().find(|section| section.word() == name).ok_or_else(|| {
        let names: Vec<&str> = Section::ALL.into_iter().map(Section::word).collect();
        format!("There is no section “{name}”: say one of {}.", names.join(", "))
    })
}

fn read_rule(section: Section, words: &str, why: &str, line: usize) -> Result<Rule, String> {
    let (term, preferred) = match words.split_once("=>") {
        Some((term, preferred)) => (term.trim(), Some(preferred.trim())),
        None => (words, None),
    };
    if !term.starts_with(char::is_alphanumeric) {
        return Err("What is not to be written comes first, and begins with a letter or a digit.".into());
    }
    if preferred.is_none() && section != Section::Banned {
        return Err(format!("What is preferred is missing: {term} => other words."));
    }
    if preferred == Some("") {
        return Err("Nothing stands behind =>: say what is preferred.".into());
    }
    if preferred == Some(term) {
        return Err("What is preferred is what is not to be written: the rule would change nothing.".into());
    }
    let term = one_line(term);
    let preferred = preferred.map(Into::into);
    Ok(Rule { section, term, preferred, why: why.into(), exceptions: Vec::new(), line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_is_added_below_its_rule_and_only_with_its_words() {
        let text =
            "[terms]\nadvisor => adviser\n  except: Advisor Perspectives\ngrey => gray\n[numbers]\nwords to nine";
        let added = with_exception(text, 2, "the Advisor fund").expect("its words are in it");
        assert_eq!(added.lines().nth(3), Some("  except: the Advisor fund"), "{added}");
        assert_eq!(Rules::read(&added).1, []);
        for (line, phrase) in [(2, "grey hounds"), (6, "9 lives"), (1, "terms"), (99, "x"), (0, "x"), (2, "")] {
            assert!(with_exception(text, line, phrase).is_err(), "line {line}: {phrase}");
        }
    }

    #[test]
    fn a_bad_line_is_told_by_its_number_and_harms_no_other() {
        let text = "towards => toward\n[terms]\ntowards\n=> x\n[colours]\ngrey => gray\n[terms]\ngrey => gray | American\n\
                    grey => gray\nexcept: Greyhound bus\nexcept: blue\n[numbers]\nsomehow\nexcept: nine";
        let (rules, complaints) = Rules::read(text);
        let lines: Vec<usize> = complaints.iter().map(|complaint| complaint.line).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6, 9, 11, 13, 14], "each line that says nothing, and no other");
        assert_eq!(rules.n_rules(), 1, "what is sound is kept");
        assert_eq!(rules.rules[0].exceptions, ["Greyhound bus"], "with its exception");
    }
}
