//! What is told, what is left alone, and what always holds.

use super::*;
use crate::quote;
use proptest::prelude::*;

fn us() -> Arc<Dictionary> {
    Dictionary::shipped(Language::EnglishUs)
}

fn told(text: &str) -> Vec<&str> {
    told_with(text, &[], Care::default())
}

fn told_with<'a>(text: &'a str, known: &[&Known], care: Care) -> Vec<&'a str> {
    let found = find(text, &quote::find(text), &us(), known, care);
    found.into_iter().map(|misspelling| misspelling.span.of(text)).collect()
}

#[test]
fn words_no_dictionary_knows_are_told() {
    assert_eq!(told("He recieved teh letter, “definately”, he said."), ["recieved", "teh", "definately"]);
    assert_eq!(told("The harbour is gray."), ["harbour"], "each dictionary has its own");
    let text = "The harbor is grey.";
    let british = find(text, &quote::find(text), &Dictionary::shipped(Language::EnglishGb), &[], Care::default());
    assert_eq!(british.iter().map(|it| it.span.of(text)).collect::<Vec<_>>(), ["harbor"]);
}

#[test]
fn possessives_contractions_and_apostrophes_of_any_kind_are_read() {
    let right = "It’s the dog’s, the dogs’ and the ferry's. She’ll go; they don’t. ’Twas goin’ on, rock ’n’ roll. \
                 The council’s ‘plan’ isn't 'good'.";
    assert_eq!(told(right), [""; 0]);
    assert_eq!(told("the councill’s plan, ‘teh’ plan"), ["councill’s", "teh"]);
}

#[test]
fn a_compound_is_known_when_its_parts_are() {
    let right = "A well-known, state-of-the-art, non-binding, pre- and post-war re-election of COVID-19 mid-1990s.";
    assert_eq!(told(right), [""; 0]);
    assert_eq!(told("a well-knwon plan"), ["knwon"], "only the part that is unknown");
}

#[test]
fn accents_soft_hyphens_and_composed_letters_make_no_other_word() {
    assert_eq!(told("The naïve café, the cafe\u{301}, the façade and the har\u{ad}bor."), [""; 0]);
    assert_eq!(told("a har\u{ad}bro"), ["har\u{ad}bro"]);
}

#[test]
fn what_is_no_prose_is_left_alone() {
    for text in [
        "`recieve` and\n\n    recieve\n\n```\nrecieve\n```\n",
        "<!-- recieve --> <span class=\"recieve\">it</span>",
        "[the letter](http://recieve.example/teh \"teh\") ![a boat](teh.jpg) <http://teh.example> https://teh.example/x",
        "[the letter][teh]\n\n[teh]: http://recieve.example\n",
        "[teh]: http://recieve.example\n\n[^teh]: A note.\n\nIt is so.[^teh]\n",
        "teh@recieve.example, @teh, #teh, www.teh.example, teh.example, /usr/teh, C:\\teh",
        "2nd, B2B, x2y, 15km, U.S., e.g., Ph.D., a b c",
        "NATO, CEOs, NASA’s, TKS",
        "un*believ*able snake_cse **th**e&nbsp;",
        "привет, 你好, مرحبا",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
    assert_eq!(told("[teh letter](http://a.example) and *teh* **teh**"), ["teh", "teh", "teh"], "copy all the same");
    assert_eq!(told("end.Teh and сat"), ["Teh", "сat"], "a letter that only looks alike is told");
}

#[test]
fn furniture_is_left_alone() {
    let text = "The boat sank.\n\nGet our newslettr. Read more: Harbor lights.\n";
    let reading = quote::find(text);
    assert!(!reading.furniture.is_empty(), "the case has furniture");
    assert_eq!(find(text, &reading, &us(), &[], Care::default()), []);
}

#[test]
fn capitals_are_read_where_that_is_asked() {
    assert_eq!(told_with("TEH BOAT, NATO", &[], Care { reads_capitals: true }), ["TEH"]);
}

#[test]
fn names_learned_words_and_words_of_a_cq_are_known() {
    let names = Known::of_words(["Ines Ezeh", "van der Qvist", "Schmidt-Rottluf"]);
    let text = "Ines Ezeh’s and EZEH’S, ezeh. Van der Qvist; Schmidt-Rottluf, Rottluf.";
    assert_eq!(told_with(text, &[&names], Care { reads_capitals: true }), ["ezeh"]);
    let learned = Known::of_words(["blorp", "McBlorp"]);
    assert_eq!(told_with("Blorp, blorp’s, BLORP, mcblorp", &[&learned], Care::default()), ["mcblorp"]);
    let said = Known::of_folded(["we gonnae blorp"]);
    assert_eq!(told_with("We Gonnae blorp.", &[&said], Care::default()), [""; 0]);
}

#[test]
fn the_speakers_of_the_draft_are_known_and_a_description_teaches_nothing() {
    assert_eq!(told("“It sank,” said Tove Lundqvist. Lundqvist’s boat."), [""; 0]);
    assert_eq!(told("“It sank,” the harbr pilot said."), ["harbr"]);
}

#[test]
fn words_in_speech_say_so() {
    let text = "“We recieved it,” Roe said. Teh boat sank.";
    let found = find(text, &quote::find(text), &us(), &[], Care::default());
    let told: Vec<_> = found.iter().map(|it| (it.span.of(text), it.is_quoted)).collect();
    assert_eq!(told, [("recieved", true), ("Teh", false)]);
}

#[test]
fn suggestions_keep_the_apostrophe_and_know_names() {
    let names = Known::of_words(["Haddad"]);
    let first = |word: &str| suggest(word, &us(), &[&names]).into_iter().next().unwrap_or_default();
    assert_eq!(first("recieve"), "receive");
    assert_eq!(first("Definately"), "Definitely");
    assert_eq!(first("Teh"), "The");
    assert_eq!(first("Hadadd’s"), "Haddad’s");
    assert_eq!(first("dont"), "don’t");
    assert_eq!(suggest("", &us(), &[]), [""; 0]);
    assert_eq!(suggest(&"x".repeat(5000), &us(), &[]), [""; 0]);
}

#[test]
fn a_dictionary_is_read_in_the_encoding_it_names() {
    let (aff, dic) = Dictionary::decode(b"SET ISO8859-1\r\nTRY abc\r\n", b"1\r\ncaf\xe9\r\n");
    let dictionary = Arc::new(Dictionary::from_text(&aff, &dic).expect("it is sound"));
    let text = "café cafe";
    let found = find(text, &quote::find(text), &dictionary, &[], Care::default());
    assert_eq!(found.iter().map(|it| it.span.of(text)).collect::<Vec<_>>(), ["cafe"]);
    for (aff, dic) in [("", ""), ("", "no number\nword\n"), ("SFX A Y 1\nSFX", "1\nword/A\n"), ("", "0\n")] {
        assert!(Dictionary::from_text(aff, dic).is_err(), "{aff:?} {dic:?}");
    }
}

/// Pieces that texts are made of.
const PIECES: [&str; 24] = [
    "The ",
    "boat",
    "teh ",
    "recieved ",
    "’s ",
    "-",
    "“We recieve",
    "” ",
    "Roe said. ",
    "\n\n",
    "🚢 ",
    "cafe\u{301} ",
    "\u{ad}",
    "[a](",
    ") ",
    "`",
    "*",
    "http://",
    "<!-- ",
    "-->",
    "й",
    "ß ",
    "2 ",
    "NATO ",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,3}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_misspellings_are_words_of_the_text_in_order(text in texts()) {
        let found = find(&text, &quote::find(&text), &us(), &[], Care { reads_capitals: true });
        let mut from = 0;
        for Misspelling { span, .. } in found {
            prop_assert!(from <= span.start && span.start < span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            prop_assert!(span.of(&text).contains(char::is_alphabetic), "{:?}", span.of(&text));
            from = span.end;
        }
    }

    #[test]
    fn what_was_read_before_makes_no_difference(texts in prop::collection::vec(texts(), 1..6)) {
        let mut live = Live::new(us());
        for text in texts {
            let reading = quote::find(&text);
            let (again, afresh) =
                (live.find(&text, &reading, &[], Care::default()), find(&text, &reading, &us(), &[], Care::default()));
            prop_assert_eq!(again, afresh);
        }
    }

    #[test]
    fn any_files_are_a_dictionary_or_refused(aff in aff(), dic in "[0-9]{0,2}\n([a-zé/AB0-9]{0,8}\n){0,5}", text in "[a-zA-Zé.' -]{0,20}") {
        if let Ok(dictionary) = Dictionary::from_text(&aff, &dic) {
            let dictionary = Arc::new(dictionary);
            find(&text, &quote::find(&text), &dictionary, &[], Care::default());
            suggest(&text, &dictionary, &[]);
        }
    }
}

fn aff() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "SFX",
        "PFX",
        "REP",
        "MAP",
        "TRY",
        "FLAG",
        "COMPOUNDRULE",
        "COMPOUNDFLAG",
        "BREAK",
        "ICONV",
        "KEY",
        "NOSUGGEST",
        "CHECKCOMPOUNDPATTERN",
        "COMPOUNDMIN",
        "FULLSTRIP",
        "IGNORE",
    ]);
    let line = (key, "( [AB0-9a-zé*?^\\[\\]-]{1,4}){0,5}").prop_map(|(key, rest)| format!("{key}{rest}\n"));
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}
