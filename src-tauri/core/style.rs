//! House style: where copy parts from the rules an editor wrote, and what they would have instead.

mod apart;
mod figures;
mod matching;
mod reading;
mod rules;

pub use rules::{Complaint, Rule, Rules, Section, with_exception};

use crate::quote::Reading;
use crate::span::{self, Span};
use matching::{Case, starts_sentence};

/// A place where the copy parts from the house style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Bytes into the text that was read. Never empty.
    pub span: Span,
    /// The quick fix: the words to set there; none where the rule only bans.
    pub preferred: Option<String>,
    /// The rule's own reason; empty where it gives none.
    pub why: String,
    pub section: Section,
    /// The line of the rules it was written in, from 1.
    pub line: usize,
}

/// Every slip of a text, in order, none over another: of those that begin at one place the longest counts.
///
/// `reading`: what the finder found in it. Nothing is found in speech that stands in quote marks or has lost them, in
/// other words in marks, in links and addresses, in code, in comments and in
/// furniture. Total: any text, any rules.
///
/// **Cost**: linear in the text, but for words many rules begin with.
pub fn find(text: &str, reading: &Reading, rules: &Rules) -> Vec<Slip> {
    let apart = apart::find(text, reading);
    let mut habits = reading::find(text, &apart, &rules.figures).into_iter().peekable();
    let mut slips: Vec<Slip> = Vec::new();
    let (mut from, mut n_passed) = (0, 0);
    for start in matching::word_starts(text) {
        while apart.get(n_passed).is_some_and(|span| span.end <= start) {
            n_passed += 1;
        }
        if start < from || apart.get(n_passed).is_some_and(|span| span.holds(start)) {
            continue;
        }
        while habits.next_if(|slip| slip.span.start < start).is_some() {}
        let habit = habits.next_if(|slip| slip.span.start == start);
        let found = longest(text, start, rules).or(habit);
        let next = apart.get(n_passed);
        if let Some(slip) = found.filter(|slip| !next.is_some_and(|span| span.overlaps(slip.span))) {
            from = slip.span.end;
            slips.push(slip);
        }
    }
    slips
}

fn longest(text: &str, start: usize, rules: &Rules) -> Option<Slip> {
    let terms = rules.beginning(matching::first_word(text, start)).filter_map(|rule| slip(text, start, rule));
    let mut all = terms.chain(figures::slip(text, start, &rules.figures));
    let first = all.next()?;
    // The rule written first wins a tie.
    Some(all.fold(first, |best, slip| if slip.span.len() > best.span.len() { slip } else { best }))
}

fn slip(text: &str, start: usize, rule: &Rule) -> Option<Slip> {
    let case = if rule.section.is_cased() { Case::Same } else { Case::Any };
    let end = matching::match_end(text, start, &rule.term, case)?;
    let span = Span::new(start, end);
    if rule.section == Section::Titles && !is_before_name(text, end) {
        return None;
    }
    if rule.exceptions.iter().any(|exception| matching::is_inside(text, span, exception)) {
        return None;
    }
    let written = span.of(text);
    let preferred = rule.preferred.as_deref().map(|preferred| dress(text, span, rule, preferred));
    let is_as_preferred = preferred.as_deref() == Some(written);
    let line = rule.line;
    (!is_as_preferred).then(|| Slip { span, preferred, why: rule.why.clone(), section: rule.section, line })
}

/// The preferred words with the capitals their place asks for: the first of a sentence keeps its capital, and words
/// set in capitals stay so.
fn dress(text: &str, span: Span, rule: &Rule, preferred: &str) -> String {
    let written = span.of(text);
    let is_capital = |words: &str| words.chars().next().is_some_and(char::is_uppercase);
    let is_shouted =
        |words: &str| words.chars().filter(|c| c.is_uppercase()).count() > 1 && words.to_uppercase() == words;
    if !rule.section.is_cased() && is_shouted(written) && !is_shouted(&rule.term) {
        return preferred.to_uppercase();
    }
    let keeps_capital = is_capital(written) && (!is_capital(&rule.term) || starts_sentence(text, span.start));
    if keeps_capital && !is_capital(preferred) {
        let mut chars = preferred.chars();
        return chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    }
    preferred.to_owned()
}

fn is_before_name(text: &str, end: usize) -> bool {
    let mut rest = span::after(text, end).chars();
    rest.next() == Some(' ') && rest.next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote;

    fn told(text: &str, rules: &str) -> Vec<String> {
        let (rules, complaints) = Rules::read(rules);
        assert_eq!(complaints, [], "the rules of a test are sound");
        let slips = find(text, &quote::find(text), &rules);
        let told = |slip: &Slip| format!("{} > {}", slip.span.of(text), slip.preferred.as_deref().unwrap_or("no"));
        slips.iter().map(told).collect()
    }

    #[test]
    fn a_term_is_found_as_a_word_and_keeps_its_capital() {
        let rules = "[terms]\ntowards => toward\ne-mail => email";
        assert_eq!(
            told("Towards noon an e-mail ran TOWARDS us, not untowards.", rules),
            ["Towards > Toward", "e-mail > email", "TOWARDS > TOWARD"]
        );
    }

    #[test]
    fn a_word_that_stands_twice_and_a_sentence_that_runs_on_are_told() {
        let rules = "[reading]\nno word twice\nsentences to 6 words";
        assert_eq!(
            told("He saw the the boat. They had had enough. Walla Walla waits, and waits, and waits again.", rules),
            ["the the > the", "Walla > no"]
        );
        assert_eq!(told("“It is is a long day, longer than most,” she said.", rules), Vec::<String>::new());
        assert_eq!(Rules::read("[reading]\nsentences to many words").1.len(), 1);
    }

    /// Why each slip is one.
    fn reasons(text: &str, rules: &str) -> Vec<String> {
        let rules = Rules::read(rules).0;
        find(text, &quote::find(text), &rules).into_iter().map(|slip| slip.why).collect()
    }

    #[test]
    fn a_word_that_comes_again_too_soon_is_told_where_it_is_the_writers_and_seldom() {
        let rules = "[reading]\nno word again within 6 words";
        assert_eq!(told("The council approved the plan that the mayor approved.", rules), ["approved > no"]);
        assert_eq!(told("She crossed the harbours and left the harbour.", rules), ["harbour > no"], "one and many");
        for text in [
            "The council approved the plan, and many days after that the mayor approved.",
            "It would rain, they said, and it would snow.",
            "Harbour Road leads to the harbour. The ferry, the ferry crew and the ferry bell are a ferry’s.",
            "“We approved it and we approved it,” Ines Eze said.",
            "The mayor approved it. “We approved it,” Ines Eze said.",
        ] {
            assert_eq!(told(text, rules), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            reasons("The council approved what the mayor approved.", rules),
            ["*approved* came shortly before."]
        );
    }

    #[test]
    fn a_graf_that_is_hard_to_read_is_told_with_its_grade() {
        let hard = "Notwithstanding considerable administrative complications, metropolitan transportation authorities \
                    unanimously recommended comprehensive infrastructural modernisation, anticipating significant \
                    environmental improvements, increasingly sophisticated organisational cooperation, and eventual \
                    reductions of operational expenditures throughout participating municipalities.";
        let easy = "The boat is old. It has run at a loss for years. The town can not do without it. The crew know it and \
                    so does the mayor, who will say so when they meet on Friday night.";
        let rules = "[reading]\ngrafs to grade 16 | Say it in short words.";
        assert_eq!(told(&format!("{easy}\n\n{hard}"), rules), ["Notwithstanding > no"]);
        assert_eq!(reasons(hard, rules), ["The graf reads as grade 43. Say it in short words."]);
        assert_eq!(told(&format!("{hard} “We will see,” Ines Eze said."), rules), Vec::<String>::new());
        assert_eq!(
            told("Metropolitan authorities unanimously recommended modernisation.", rules),
            Vec::<String>::new()
        );
    }

    #[test]
    fn an_exception_lets_the_term_stand() {
        let rules = "[terms]\nadvisor => adviser\n  except: Advisor Perspectives";
        assert_eq!(told("The advisor read Advisor Perspectives.", rules), ["advisor > adviser"]);
    }

    #[test]
    fn capitals_are_told_from_each_other_and_a_sentence_begins_with_one() {
        let rules = "[capitals]\nInternet => internet\ncongress => Congress";
        assert_eq!(
            told("Internet use grew. The Internet told congress so.", rules),
            ["Internet > internet", "congress > Congress"]
        );
    }

    #[test]
    fn a_title_is_shortened_before_a_name_alone() {
        assert_eq!(told("Senator Ruiz is a Senator from Ohio.", "[titles]\nSenator => Sen."), ["Senator > Sen."]);
    }

    #[test]
    fn nothing_is_found_in_speech_links_code_and_comments() {
        let text = "“We went towards it,” Roe said. `towards` <!-- towards --> [towards](http://a.example/towards) \
                    https://a.example/towards and “towards”. He went towards it.";
        assert_eq!(told(text, "[terms]\ntowards => toward").len(), 1, "only the copy's own word");
    }

    #[test]
    fn figures_and_dates_follow_the_rules() {
        let rules = "[numbers]\nwords to nine\nfigures from 10\npercent as %\ncommas from 1,000\n[dates]\nno ordinals\nshort months\nclock as 5 p.m.";
        assert_eq!(
            told(
                "He had 3 dogs, twelve cats, 50 percent of 12000 on September 3rd at 5pm. In 2020 5.3 km, page-3, March 3.",
                rules
            ),
            [
                "3 > three",
                "twelve > 12",
                "50 percent > 50%",
                "12000 > 12,000",
                "September 3rd > Sept. 3",
                "5pm. > 5 p.m."
            ]
        );
    }

    #[test]
    fn the_shipped_rules_are_sound_and_many() {
        let rules = Rules::shipped();
        assert!(rules.n_rules() >= 60, "{} rules", rules.n_rules());
        for (written, preferred) in rules.pairs() {
            let again = find(preferred, &Reading::default(), &rules);
            assert_eq!(again, [], "what {written:?} is turned into slips again");
        }
    }
}
