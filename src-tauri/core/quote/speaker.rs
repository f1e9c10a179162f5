//! Who a mention stands for: full names from *he*, *Schulman*, *the senator*; voices that are never named.

use super::attribution::Find;
use super::graf::Graf;
use super::lexicon::Class;
use super::names::{self, CREWS, Gender, Names};
use super::word::{self, Item, Kind};
use super::{By, Speaker};
use crate::span::Span;
use std::collections::HashMap;

/// How far back a pronoun may look, in mentions.
const MAX_REACH: usize = 24;

/// Who comes from where, said of one person.
const PEOPLES: &str = "American Argentine Australian Austrian Belgian Brazilian Briton Canadian Chilean Colombian \
    Croatian Czech Dane Dutch Egyptian Finn Georgian German Greek Hungarian Indian Iranian Iraqi Israeli Italian \
    Jamaican Kenyan Korean Mexican Nigerian Norwegian Pole Russian Scot Serb Serbian Slovak Spaniard Swede Swiss \
    Texan Californian Floridian Turk Ukrainian";

/// The last speakers, for pronouns and for words that run on.
#[derive(Default)]
pub(super) struct Memory {
    last: Option<(usize, Speaker)>,
    last_unnamed: Option<Speaker>,
    /// The one person who spoke last, where the text names nobody so in full: *a resident*, *one*, *his sister Tanya*.
    last_person: Option<Person>,
    /// Who writes: *I* in a column.
    pub(super) byline: Option<(String, Span)>,
    /// What pronouns have told so far of the people named.
    genders: HashMap<usize, Gender>,
}

/// See `Memory::last_person`.
#[derive(Clone)]
struct Person {
    name: Option<String>,
    mention: Span,
    gender: Gender,
    /// Where their words end.
    until_byte: usize,
}

/// A find, and what the words that say whose it is tell by themselves.
pub(super) struct Told {
    pub(super) find: Find,
    /// None where no words say it, or where they stand in another graf.
    words: Option<Words>,
}

/// What a mention tells, whoever is named elsewhere.
#[derive(Default)]
struct Words {
    /// Stands for them: *he*, *she*, in lower case.
    pronoun: Option<String>,
    /// A name, as far as the mention has it.
    name: Option<String>,
    /// What stands before the name, or the name itself, tells of their gender.
    gender: Gender,
    /// *the senator*, when it is definite.
    role: Option<String>,
    is_unnamed: bool,
    /// One person without a name, and what the words tell of their gender: *a woman*, *the nurse*, *another*.
    person: Option<Gender>,
    /// Nothing before them in the graf is several: *they* may be one person.
    is_one: bool,
}

/// Reads the words an attribution uses for its speaker, as far as its own graf has them.
pub(super) fn tell(graf: &Graf, find: Find) -> Told {
    let own = find.noun.or(find.mention).filter(|mention| graf.span.contains(*mention));
    let mut words = own.map(|mention| words(graf.text, mention));
    if let (Some(words), Some(mention)) = (&mut words, own) {
        words.is_unnamed |= words.name.is_none() && is_on_condition(graf, mention);
        if find.noun.is_none() && words.person.is_some() {
            words.name = name_behind(graf, mention);
            words.is_unnamed &= words.name.is_none();
        }
        words.is_one = words.pronoun.as_deref() == Some("they") && !has_several(graf, mention);
    }
    Told { words, find }
}

/// *said the lead author, Jane Roe*: the name set off right behind a person.
fn name_behind(graf: &Graf, mention: Span) -> Option<String> {
    let comma = graf.items.partition_point(|item| item.span.start < mention.end);
    let start = comma + 1;
    let rest =
        graf.items.get(start..(start + 6).min(graf.items.len())).filter(|_| graf.kind(comma) == Some(Kind::Comma))?;
    let run = names::runs(graf.text, rest).into_iter().next()?;
    let behind = graf.items.partition_point(|item| item.span.start < run.span.end);
    let is_set_off = matches!(graf.kind(behind), None | Some(Kind::Comma | Kind::Stop | Kind::Semicolon));
    let is_next = rest.first().is_some_and(|item| item.span.start == run.span.start);
    (is_next && is_set_off && run.is_full() && !run.has_org).then_some(run.name)
}

/// *a manager, who spoke on condition of anonymity* / *who asked not to be named*, in the sentence of the mention or
/// the next.
fn is_on_condition(graf: &Graf, mention: Span) -> bool {
    let starts = graf.sentences.partition_point(|part| graf.span_of(*part).start <= mention.start);
    let near = graf.sentences.get(starts.saturating_sub(1)..).unwrap_or_default();
    near.iter().take(1).any(|part| {
        (part.start..part.end).any(|at| {
            let is_hidden = ["named", "identified"].iter().any(|word| graf.reads(at + 1, word));
            graf.reads(at, "anonymity") || graf.reads(at, "anonymously") || graf.reads(at, "be") && is_hidden
        })
    })
}

/// Something before the mention could be *they*: *the workers*, *Roe and Doe*.
fn has_several(graf: &Graf, mention: Span) -> bool {
    graf.items.iter().take_while(|item| item.span.start < mention.start).any(|item| {
        let word = item.of(graf.text);
        let is_many = word.ends_with('s') && !word.ends_with("ss") && word.len() > 3 && !item.is_possessive;
        item.is_word() && (is_many && item.verbs.is_empty() || item.reads(graf.text, "and") || item.is(Class::UNNAMED))
    })
}

fn words(text: &str, mention: Span) -> Words {
    let items = word::read(text, mention);
    if items.len() <= 2 && items.iter().any(|item| item.is(Class::PRONOUN)) {
        let pronoun = Some(mention.of(text).to_lowercase());
        return Words { pronoun, ..Words::default() };
    }
    // The *Q* and *A* of an interview name nobody.
    if ["Q", "A", "Question", "Answer"].contains(&mention.of(text)) {
        return Words::default();
    }
    let owners = [("his", "he"), ("her", "she"), ("their", "they"), ("its", "it")];
    let low = mention.of(text).to_lowercase();
    if let Some((_, subject)) = owners.iter().find(|(owner, _)| *owner == low) {
        return Words { pronoun: Some((*subject).to_owned()), ..Words::default() };
    }
    let roles = || items.iter().filter(|item| item.is(Class::ROLE));
    let definite = ["the", "its", "his", "her", "their"];
    let is_definite = items.first().is_some_and(|item| definite.iter().any(|word| item.reads(text, word)));
    // “one councillor”: of several, and not said which.
    let is_one = ["one", "another"].iter().any(|word| items.first().is_some_and(|item| item.reads(text, word)));
    let is_hidden = roles().next().is_none() || is_one || items.iter().any(|item| item.is(Class::UNNAMED));
    let is_unnamed = !is_definite && is_hidden;
    let role = roles().next_back().filter(|_| is_definite).map(|item| names::role(item.of(text)));
    // “Roe and her colleagues”: Roe leads them.
    let and = items.windows(2).position(|pair| {
        pair[0].reads(text, "and") && ["her", "his", "their"].iter().any(|word| pair[1].reads(text, word))
    });
    let own = name(text, &items[..and.unwrap_or(items.len())]);
    let gender = own.as_ref().map_or(Gender::Unknown, |run| run.gender);
    let name = pair(text, &items).or(own.map(|run| run.name));
    let person = if name.is_none() { person(text, &items) } else { None };
    Words { name, gender, role, is_unnamed, person, ..Words::default() }
}

/// *a retired teacher from Kirkby*, *One*, *the nurse*; not *a report*, *officials*, *the company*.
fn person(text: &str, items: &[Item]) -> Option<Gender> {
    let reads = |item: &Item, words: &[&str]| words.iter().any(|word| item.reads(text, word));
    let first = items.first()?;
    let is_noun = |item: &&Item| item.is_word() && !item.is(Class::PREPOSITION.and(Class::RELATIVE));
    let head = items.iter().take_while(is_noun).last()?;
    let word = head.of(text);
    let is_many = word.ends_with('s') && !word.ends_with("ss");
    let things = Class::STUDY.and(Class::TEXT).and(Class::SIGN).and(Class::ORG).and(Class::SPEECH);
    let is_thing = reads(head, &CREWS) || head.is(things);
    let is_role = head.is(Class::ROLE.and(Class::MALE).and(Class::FEMALE));
    let is_any = reads(first, &["a", "an", "one", "another", "someone", "somebody"]);
    let is_known = reads(first, &["the", "her", "his", "their"]) || items.iter().any(|item| item.is_possessive);
    // “Juror No. 6”, “Witness B”
    let is_numbered = ["juror", "witness", "officer", "patient", "student"].iter().any(|word| first.reads(text, word));
    let is_some = !is_thing && (is_any || is_role && is_known || is_numbered);
    // “One of the nurses”: one, of whatever many.
    let is_one = !is_many || items.len() == 1;
    let tells = |class, words: &[&str]| head.is(class) || reads(head, words);
    (is_some && is_one).then(|| {
        if tells(Class::FEMALE, &["woman", "girl", "lady", "grandmother", "waitress"]) {
            Gender::Female
        } else if tells(Class::MALE, &["man", "boy", "gentleman", "grandfather", "fisherman"]) {
            Gender::Male
        } else {
            Gender::Unknown
        }
    })
}

/// Resolves the speaker of one attribution and remembers it.
pub(super) fn resolve(text: &str, names: &Names, graf: Span, told: &Told, memory: &mut Memory) -> Option<Speaker> {
    let Told { find, words } = told;
    let at_byte = find.content.first().map_or(0, |span| span.start);
    let speaker = match find.mention {
        Some(mention) => {
            let noun = find.noun.unwrap_or(mention);
            let elsewhere = words.is_none().then(|| self::words(text, noun));
            let speaker =
                words.as_ref().or(elsewhere.as_ref()).map(|words| by_mention(names, graf, noun, words, memory))?;
            if find.noun.is_some() { by_relative(mention, speaker) } else { speaker }
        }
        None if find.cue.is_some() => return None,
        None => run_on(memory.last.clone().filter(|(at, _)| at_byte.saturating_sub(*at) < 3000)?.1),
    };
    if speaker.name.is_none() && speaker.by == By::Description {
        memory.last_unnamed = Some(speaker.clone());
    }
    if find.is_nested && memory.last.is_some() {
        return Some(speaker);
    }
    let is_same = |person: &Person| speaker.antecedent == Some(person.mention);
    let own = words.as_ref().filter(|_| find.noun.is_none()).and_then(|words| match &speaker.name {
        Some(name) if words.gender == Gender::Unknown || names.find(name, words.gender, at_byte).is_some() => None,
        Some(_) => Some(words.gender),
        None => words.person,
    });
    let until_byte = find.content.last().map_or(0, |span| span.end);
    let person = |gender| Person { name: speaker.name.clone(), mention: speaker.mention, gender, until_byte };
    memory.last_person = own.map(person).or(memory.last_person.take().filter(is_same));
    memory.last = Some((find.content.last().map_or(0, |span| span.end), speaker.clone()));
    Some(speaker)
}

/// *they*: those spoken of last without a name; else the one person the graf is about, whom the text calls neither *he*
/// nor *she*.
fn they(names: &Names, is_one: bool, graf: Span, memory: &Memory) -> Option<(Option<String>, Span)> {
    if let Some((_, last)) = memory.last.as_ref().filter(|(_, last)| is_one && graf.contains(last.mention))
        && let Some(name) = &last.name
        && let Some(named) = names.find(name, Gender::Unknown, last.mention.start)
        && !memory.genders.contains_key(&named)
    {
        return Some((Some(name.clone()), last.mention));
    }
    let unnamed = memory.last_unnamed.as_ref()?;
    Some((unnamed.name.clone(), unnamed.mention))
}

/// The same speaker goes on.
pub(super) fn run_on(last: Speaker) -> Speaker {
    let antecedent = last.antecedent.or(Some(last.mention));
    Speaker { by: By::RunOn, antecedent, ..last }
}

/// *Roe, who said …*: the words used are *who*, and stand for the noun before them.
fn by_relative(mention: Span, noun: Speaker) -> Speaker {
    let antecedent = noun.antecedent.or(Some(noun.mention));
    let by = if noun.name.is_some() { By::Pronoun } else { noun.by };
    Speaker { mention, by, antecedent, ..noun }
}

fn by_mention(names: &Names, graf: Span, mention: Span, words: &Words, memory: &mut Memory) -> Speaker {
    let speaker = |name, by, antecedent, is_unnamed| Speaker { mention, name, by, antecedent, is_unnamed };
    if let Some(low) = &words.pronoun {
        return match pronoun(names, low, words.is_one, graf, mention, memory) {
            Some((name, antecedent)) => {
                let is_unnamed = name.is_none()
                    && memory.last_unnamed.as_ref().is_some_and(|last| last.mention == antecedent && last.is_unnamed);
                speaker(name, By::Pronoun, Some(antecedent), is_unnamed)
            }
            None => speaker(None, By::Pronoun, None, false),
        };
    }
    if let Some(name) = &words.name {
        if let Some((first, second)) = name.split_once(" and ") {
            let full =
                |name| names.find(name, Gender::Unknown, mention.start).map_or(name, |named| names.all[named].name);
            return speaker(Some(format!("{} and {}", full(first), full(second))), By::Name, None, false);
        }
        // “‘She did,’ Tom Koch said. … Koch added”: of two of that surname, who spoke last.
        let last = memory.last.as_ref().and_then(|(_, last)| last.name.as_deref());
        let last = last.filter(|last| !name.contains(' ') && last.rsplit(' ').next() == Some(name));
        let again = last.and_then(|last| names.find(last, words.gender, mention.start));
        let again = again.filter(|named| !words.gender.is_other(names.all[*named].gender));
        let named = again.or_else(|| names.find(name, words.gender, mention.start));
        return match named.map(|named| &names.all[named]) {
            Some(named) if named.name != name => {
                speaker(Some(named.name.to_owned()), By::Surname, Some(named.span), false)
            }
            _ => speaker(Some(name.clone()), By::Name, None, false),
        };
    }
    let by_words = |role: &String| by_role(names, role, mention).or_else(|| by_kind(names, role, mention));
    if let Some(named) = words.role.as_ref().and_then(by_words) {
        return speaker(Some(names.all[named].name.to_owned()), By::Role, Some(names.all[named].span), false);
    }
    speaker(None, By::Description, None, words.is_unnamed)
}

/// *Officials*, *Lawyers for Roe*: a role with a capital only because it opens the sentence.
fn opens_with_role(text: &str, items: &[Item]) -> bool {
    let [first, rest @ ..] = items else { return false };
    let word = first.of(text);
    let is_many = word.ends_with('s') && first.is(Class::ROLE.and(Class::UNNAMED)) && !first.is(Class::ORG);
    let leads_on = rest.first().is_none_or(|item| !item.is_capital);
    is_many && leads_on
}

/// *Jane Roe and Tom Doe*: both, where each is a name of a person.
fn pair(text: &str, items: &[Item]) -> Option<String> {
    let and = items.iter().position(|item| item.reads(text, "and"))?;
    let (first, second) = (&items[..and], &items[and + 1..]);
    let is_person = |items: &[Item]| {
        let is_name = |item: &Item| item.is_word() && item.is_capital && !item.is_possessive;
        let is_bare = items.iter().all(|item| is_name(item) && !item.is(Class::ORG.and(Class::DETERMINER)));
        is_bare && items.iter().any(|item| !item.is(Class::TITLE.and(Class::ROLE).and(Class::HONORIFIC)))
    };
    if !is_person(first) || !is_person(second) {
        return None;
    }
    Some(format!("{} and {}", name(text, first)?.name, name(text, second)?.name))
}

/// The name in the mention itself: its last run of capitals, a person before a body.
fn name(text: &str, items: &[Item]) -> Option<names::Run> {
    if opens_with_role(text, items) {
        return None;
    }
    let mut runs = names::runs(text, items);
    let is_owner = |run: &names::Run| {
        // “Roe’s claim”: the words used are the owner's own name.
        items
            .iter()
            .rev()
            .skip(1)
            .any(|item| item.is_possessive && item.span.start < run.span.end && run.span.end <= item.span.end)
    };
    let own = Class::MALE.and(Class::FEMALE).and(Class::PRONOUN);
    let is_noun = |item: &Item| item.is_word() && !item.is_capital && (item.is(Class::ROLE) || !item.is(own));
    let parties = ["republican", "democrat", "conservative", "liberal", "independent", "native"];
    let is_party = |item: &Item| parties.iter().any(|word| item.reads(text, word));
    let is_lower_last = items.last().is_some_and(|item| is_noun(item) || is_party(item));
    runs.retain(|run| !is_owner(run));
    // “said the Italian”: a people's name, and no person's.
    let is_people = |word: &str| {
        word.ends_with("man") && word.len() > 5
            || word.ends_with("woman")
            || PEOPLES.split(' ').any(|people| people == word)
    };
    if items.len() == 2 && items[0].reads(text, "the") && is_people(items[1].of(text)) {
        return None;
    }
    // “Ana Silva of Clean Rivers”: who, before where from.
    let from = items.iter().find(|item| item.is(Class::PREPOSITION) && !item.is_capital).map(|item| item.span.start);
    let is_person = |run: &names::Run| run.is_full() && !run.has_org;
    let is_first = |run: &names::Run| is_person(run) && from.is_some_and(|from| run.span.end <= from);
    let person = runs.iter().position(is_first).or_else(|| runs.iter().rposition(is_person));
    let run = runs.swap_remove(person.or(runs.len().checked_sub(1))?);
    let is_described_by = !run.is_full() || items.first().is_some_and(|item| item.is(Class::DETERMINER));
    if is_lower_last && is_described_by {
        return None;
    }
    // “a Clinton campaign spokesman”, “an official of the Port of Roe”: the name belongs to the description.
    let is_described =
        items.iter().any(|item| item.span.start < run.span.start && item.is(Class::PREPOSITION) && !item.is_capital);
    // “chief of staff Lou Penn”
    let before = items.iter().rev().find(|item| item.span.end <= run.span.start);
    let is_office = run.is_full()
        && items.iter().any(|item| item.reads(text, "of"))
        && items.first().is_some_and(|item| item.is(Class::ROLE) && !item.is(Class::UNNAMED))
        && before.is_some_and(|item| item.is_word() && !item.is(Class::PREPOSITION.and(Class::DETERMINER)));
    let is_described = is_described && !is_office;
    if is_described && items.first().is_some_and(|item| item.is(Class::DETERMINER) || !item.is_capital) {
        return None;
    }
    Some(run)
}

fn by_role(names: &Names, role: &str, mention: Span) -> Option<usize> {
    let upto = names.places.partition_point(|place| place.span.start < mention.start);
    let near = names.places[..upto].iter().rev().take(MAX_REACH);
    near.map(|place| place.named).find(|named| names.all[*named].roles.contains(&role))
}

/// *the ministry*: the nearest body with the word in its name; *the company*: the nearest business.
fn by_kind(names: &Names, kind: &str, mention: Span) -> Option<usize> {
    let upto = names.places.partition_point(|place| place.span.start < mention.start);
    let near = names.places[..upto].iter().rev().take(MAX_REACH);
    let businesses = ["company", "firm", "business"];
    let is_kind = |named: &names::Named| {
        let mut words = named.name.split(' ');
        if businesses.contains(&kind) { named.is_business } else { words.any(|word| word.eq_ignore_ascii_case(kind)) }
    };
    near.map(|place| place.named).find(|named| names.all[*named].is_body && is_kind(&names.all[*named]))
}

/// The person a pronoun stands for: the subject of the sentence before, the last speaker, else the nearest of its gender.
fn pronoun(
    names: &Names,
    pronoun: &str,
    is_one: bool,
    graf: Span,
    mention: Span,
    memory: &mut Memory,
) -> Option<(Option<String>, Span)> {
    let gender = match pronoun.split(['\'', '’']).next().unwrap_or_default() {
        "he" => Gender::Male,
        "she" => Gender::Female,
        "it" => Gender::Unknown,
        "i" => return memory.byline.clone().map(|(name, span)| (Some(name), span)),
        "they" => return they(names, is_one, graf, memory),
        _ => return None,
    };
    let wants_body = pronoun.starts_with("it");
    // “The audit accuses nobody. It does say …”
    if wants_body
        && let Some((_, last)) = memory.last.as_ref().filter(|(_, last)| graf.contains(last.mention))
        && last.by == By::Description
        && last.name.is_none()
        && memory.last_person.is_none()
    {
        return Some((None, last.mention));
    }
    let upto = names.places.partition_point(|place| place.span.start < mention.start);
    let here = names.places[..upto].last().map_or(0, |place| place.sentence);
    let speaker_name = memory.last.as_ref().and_then(|(_, speaker)| speaker.name.as_deref());
    // “Jane Roe spoke for an hour. ‘…,’ she said.” Who begins the sentence before is meant, whatever came earlier.
    let is_alone = names.places[..upto].iter().rev().nth(1).is_none_or(|place| place.sentence != here);
    let is_meant =
        |place: &names::Place| is_alone && place.span.start >= graf.start && place.is_opening && place.sentence == here;
    let told =
        |place: &names::Place| memory.genders.get(&place.named).copied().unwrap_or(names.all[place.named].gender);
    // A first name is a guess: it speaks against who is meant only where a sentence of the paragraph begins with
    // somebody whom the pronoun fits.
    let near = || names.places[..upto].iter().rev().take(MAX_REACH).take_while(|place| place.span.start >= graf.start);
    let is_there_another = || !wants_body && near().any(|place| place.is_opening && told(place) == gender);
    // “A nurse said it was full. ‘We sleep on chairs,’ she said.” Unless a sentence between begins with another.
    let fits = |person: &&Person| !wants_body && !gender.is_other(person.gender);
    if let Some(person) = memory.last_person.as_ref().filter(fits) {
        let mut since = names.places[..upto].iter().rev().take_while(|place| place.span.start > person.mention.start);
        let is_other = |place: &names::Place| {
            let acts = place.is_opening || place.is_subject && !place.is_owner && place.span.start >= person.until_byte;
            acts && !gender.is_other(told(place)) && !names.all[place.named].is_body
        };
        if !since.any(is_other) {
            return Some((person.name.clone(), person.mention));
        }
    }
    // Who writes is *I*.
    let writer = memory.byline.as_ref().map(|(name, _)| name.as_str());
    let told_of = |place: &&names::Place| Some(names.all[place.named].name) != writer;
    let best =
        names.places[..upto].iter().rev().take(MAX_REACH).filter(told_of).enumerate().max_by_key(|(n_back, place)| {
            let named = &names.all[place.named];
            let told = told(place);
            let is_other = gender.is_other(told) && !wants_body;
            let mut score = 100 - 6 * (here - place.sentence).min(10) as i32 - *n_back as i32;
            score += if place.is_subject { 12 } else { 0 };
            score += if speaker_name == Some(named.name) { 10 } else { 0 };
            score += if told == gender && !wants_body { 8 } else { 0 };
            score -= if is_other { 30 } else { 0 };
            score += if is_meant(place) && !(is_other && is_there_another()) { 40 } else { 0 };
            score -= if named.is_body != wants_body { 40 } else { 0 };
            (score, -(*n_back as i32))
        });
    // Nobody who has a role or is *he* or *she* is *it*.
    let is_person = |place: &names::Place| {
        let named = &names.all[place.named];
        !named.is_body && (told(place) != Gender::Unknown || !named.roles.is_empty())
    };
    if wants_body && best.is_some_and(|(_, place)| is_person(place)) {
        return None;
    }
    // “Roe’s son left. He said …”: the son has no name here.
    if !wants_body && best.is_some_and(|(_, place)| place.is_owner && place.sentence == here) {
        return None;
    }
    let Some((_, place)) = best else {
        // “Mr Roe said … He added …”: a surname alone is no place, but who spoke last is meant.
        let (_, last) = memory.last.as_ref().filter(|(_, last)| graf.contains(last.mention) && !wants_body)?;
        let spoke = last.name.as_deref().filter(|name| Some(*name) != writer)?;
        return Some((Some(spoke.to_owned()), last.mention));
    };
    if gender != Gender::Unknown {
        memory.genders.insert(place.named, gender);
    }
    Some((Some(names.all[place.named].name.to_owned()), place.span))
}
