//! Search: what an editor types finds what is there, and nothing typed is ever an error.

use super::{at, copy, edit, new_draft, note};
use proptest::prelude::*;
use stet::draft::{Copy, Place};
use stet::note::Note;
use stet::revision::Cause;
use stet::store::{Hit, Store};

/// A desk with two pieces and two notes.
fn desk() -> Store {
    let mut store = Store::open_in_memory().expect("a desk");
    new_draft(&mut store, "harbour", "The Café de la Gare stays.\n\nJosé Muñoz said the harbour sale is off.");
    new_draft(&mut store, "school", "A school roof fell in.");
    store.add_note(&note("Zoë Brandt", "No sale. No harbour sale, ever: naïve."), None, at(0)).expect("kept");
    let plain =
        Note { source: "Council".into(), aliases: vec!["the chamber".into()], ..note("", "Roof grant agreed.") };
    store.add_note(&plain, None, at(0)).expect("kept");
    store
}

/// Titles and marked words of all that is found.
fn find(store: &Store, query: &str) -> Vec<String> {
    let found = store.search(query, 20).expect("a search never fails");
    let show = |hits: stet::store::Hits| {
        let title = match &hits.hit {
            Hit::Draft { slug, .. } => slug.clone(),
            Hit::Note { source, .. } => source.clone(),
            Hit::Comment { slug, by, .. } => format!("{by} on {slug}"),
            Hit::Revision { slug, .. } => format!("{slug} before"),
        };
        let words: Vec<&str> = hits.spans.iter().map(|span| span.of(&hits.text)).collect();
        format!("{title}: {}", words.join(" | "))
    };
    found.into_iter().map(show).collect()
}

#[test]
fn words_are_found_in_pieces_and_notes_with_their_places() {
    let store = desk();
    assert_eq!(find(&store, "sale "), ["harbour: sale", "Zoë Brandt: sale | sale"]);
    assert_eq!(find(&store, "roof "), ["school: roof", "Council: Roof"]);
    assert_eq!(find(&store, "nothing"), [""; 0]);
}

#[test]
fn marks_on_letters_do_not_matter_either_way() {
    let store = desk();
    assert_eq!(find(&store, "cafe "), ["harbour: Café"]);
    assert_eq!(find(&store, "JOSÉ munoz "), ["harbour: José | Muñoz"]);
    assert_eq!(find(&store, "naive "), ["Zoë Brandt: naïve"]);
    assert_eq!(find(&store, "Zoe\u{308} "), ["Zoë Brandt: "], "in a title alone there is no place to show");
}

#[test]
fn a_word_that_is_everywhere_finds_the_newest_first_and_with_another_word_the_best() {
    let mut store = desk();
    let fill = |store: &mut Store| {
        (0..1_100).try_for_each(|n| {
            let words = if n == 7 { "The ferry, the ferry." } else { "The county met." };
            store.add_note(&note(&format!("Source {n}"), words), None, at(n)).map(drop)
        })
    };
    store.all_or_none(fill).expect("kept");
    let sources = |query: &str| -> Vec<String> {
        let found = store.search(query, 3).expect("a search never fails").into_iter();
        found.filter_map(|hits| if let Hit::Note { source, .. } = hits.hit { Some(source) } else { None }).collect()
    };
    assert_eq!(sources("the "), ["Source 1099", "Source 1098", "Source 1097"]);
    assert_eq!(sources("the ferry "), ["Source 7"]);
}

#[test]
fn the_word_being_typed_is_a_beginning() {
    let store = desk();
    assert_eq!(find(&store, "harbou"), ["harbour: harbour", "school: ", "Zoë Brandt: harbour"]);
    assert_eq!(find(&store, "ha"), ["harbour: harbour", "school: ", "Zoë Brandt: harbour"], "the hed begins so too");
    assert_eq!(find(&store, "h"), [""; 0], "one letter begins too much");
    assert_eq!(find(&store, "har "), [""; 0], "a word that is done stands for itself");
    assert_eq!(find(&store, "har* muñ"), ["harbour: Muñoz | harbour"]);
}

#[test]
fn words_in_marks_stand_side_by_side() {
    let store = desk();
    assert_eq!(find(&store, "\"harbour sale\" "), ["harbour: harbour sale", "Zoë Brandt: harbour sale"]);
    assert_eq!(find(&store, "“no sale”"), ["Zoë Brandt: No sale"]);
    assert_eq!(find(&store, "\"sale harbour\" "), [""; 0]);
    assert_eq!(find(&store, "\"the harb"), ["harbour: the harbour", "Zoë Brandt: "], "so does an alias");
}

#[test]
fn every_word_must_stand_somewhere_and_titles_count() {
    let store = desk();
    assert_eq!(find(&store, "waits gare "), ["harbour: Gare"], "the hed holds the other word");
    assert_eq!(find(&store, "chamber grant "), ["Council: grant"], "so does an alias");
    assert_eq!(find(&store, "gare roof "), [""; 0]);
}

#[test]
fn search_follows_every_save_and_leaves_the_bin_out() {
    let mut store = desk();
    let draft = store.get_draft("school").expect("read").expect("there");
    store.save_draft(&edit(&draft, "A school wall fell in."), 1, at(1)).expect("saved");
    assert_eq!(find(&store, "wall "), ["school: wall"]);
    assert_eq!(find(&store, "roof "), ["Council: Roof"], "words that went are not found");
    store.move_draft(draft.id, Place::Bin, at(2)).expect("binned");
    assert_eq!(find(&store, "wall "), [""; 0]);
    store.move_draft(draft.id, Place::Archive, at(3)).expect("put away");
    assert_eq!(find(&store, "wall "), ["school: wall"], "what is put away is still found");
    let council = store.list_notes().expect("a list").remove(0);
    store.bin_note(council.note.id, true).expect("binned");
    assert_eq!(find(&store, "grant "), [""; 0]);
    assert_eq!(store.verify().expect("read"), [], "the index is in step with the words");
}

#[test]
fn other_scripts_are_found_too() {
    let mut store = desk();
    new_draft(&mut store, "far", "हिन्दी में कहा। 東京 で。 Łódź. ½ x² Ⅷ 🙂");
    for query in ["हिन्दी ", "東京 ", "Łódź ", "lódz", "½", "ⅷ "] {
        let is_found = find(&store, query).iter().any(|line| line.starts_with("far"));
        assert_eq!(is_found, query != "lódz", "{query}: a bar through a letter is no mark to leave aside");
    }
}

#[test]
fn one_word_a_hundred_thousand_times_over_is_marked_at_most_so_often() {
    let mut store = Store::open_in_memory().expect("a desk");
    new_draft(&mut store, "long", &"he said ".repeat(100_000));
    let found = store.search("he", 20).expect("found");
    assert_eq!(found[0].spans.len(), 100);
}

#[test]
fn a_query_that_looks_like_the_indexs_grammar_is_only_words() {
    let store = desk();
    let hostile = [
        "\"",
        "\"\"",
        "*",
        "^",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "NEAR(a b, 3)",
        "body:",
        "{slug hed}: sale",
        "a + b",
        "-sale",
        "sale*sale*",
        "';--",
        "\0",
        "a\0\"b",
        "\u{feff}",
        "“",
        "„a“ «b",
        "'",
        "\\",
        "%_",
        "🙂",
        "\u{301}",
        "a\u{301}\u{301}",
    ];
    for query in hostile {
        store.search(query, 20).unwrap_or_else(|error| panic!("{query:?}: {error} {:?}", error.source));
    }
    store.search(&"(\"a* ".repeat(50_000), 20).expect("long");
    store.search(&"a".repeat(1_000_000), 20).expect("long");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_query_is_ever_refused(query in "(\\PC|[\"*^():+{}\\-\\x00-\\x20]|AND |OR |NEAR|é|sale){0,24}") {
        let store = desk();
        prop_assert!(store.search(&query, 20).is_ok(), "{query:?}");
    }

    #[test]
    fn a_word_of_the_text_finds_it_and_marks_it(words in prop::collection::vec("[a-zA-Zäöüéñç0-9]{1,8}", 1..12), n in 0usize..12) {
        let mut store = Store::open_in_memory().expect("a desk");
        let body = words.join(", ");
        let word = &words[n % words.len()];
        store.new_draft("x", None, &Copy { hed: String::new(), ..copy(&body) }, Cause::Created, at(0)).expect("new");
        let found = store.search(&format!("{word} "), 20).expect("found");
        prop_assert_eq!(found.len(), 1);
        prop_assert!(found[0].spans.iter().any(|span| span.of(&body) == word), "{} in {}", word, body);
    }
}
