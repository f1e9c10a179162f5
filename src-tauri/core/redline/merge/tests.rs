use super::*;
use proptest::prelude::*;

const BASE: &str = "The pier opened on Monday after nine years of repairs.\n\nMayor Ines Eze cut the ribbon at noon \
    while a band played.\n\nFishing crews had asked for a wider channel, and the plan was dropped.\n\nThe town paid for \
    most of it, and the county paid for the rest.";

/// What the merge comes to; a conflict as `[ours|theirs]`.
fn told(ours: &str, theirs: &str) -> String {
    merge(BASE, ours, theirs).text(|stretch| format!("[{}|{}]", stretch.ours, stretch.theirs))
}

#[test]
fn changes_far_apart_are_both_taken() {
    let told = told(&BASE.replace("Monday", "Tuesday"), &BASE.replace("the rest", "two thirds"));
    assert_eq!(told, BASE.replace("Monday", "Tuesday").replace("the rest", "two thirds"));
}

#[test]
fn one_word_changed_two_ways_is_a_conflict() {
    let told = told(&BASE.replace("nine", "ten"), &BASE.replace("nine", "eight"));
    assert_eq!(told, BASE.replace("nine", "[ten|eight]"));
}

#[test]
fn changes_that_agree_are_taken_once() {
    let ours = BASE.replace("nine", "ten");
    assert_eq!(told(&ours, &ours.replace("noon", "dusk")), ours.replace("noon", "dusk"));
}

#[test]
fn a_number_and_its_unit_are_not_mixed() {
    let told = told(&BASE.replace("nine", "ten"), &BASE.replace("years", "months"));
    assert_eq!(told, BASE.replace("nine years", "[ten years|nine months]"));
}

#[test]
fn an_edit_follows_a_graf_the_other_moved() {
    let mut grafs: Vec<&str> = BASE.split("\n\n").collect();
    grafs.swap(1, 3);
    let moved = grafs.join("\n\n");
    let edited = BASE.replace("a band", "no band");
    assert_eq!(told(&moved, &edited), moved.replace("a band", "no band"), "ours moved, theirs edited");
    assert_eq!(told(&edited, &moved), moved.replace("a band", "no band"), "theirs moved, ours edited");
}

#[test]
fn a_graf_cut_and_edited_is_a_conflict() {
    let grafs: Vec<&str> = BASE.split("\n\n").collect();
    let cut = [grafs[0], grafs[2], grafs[3]].join("\n\n");
    let merged = merge(BASE, &cut, &BASE.replace("a band", "no band"));
    assert_eq!(merged.conflicts().count(), 1, "{merged:?}");
}

#[test]
fn a_graf_put_in_beside_an_edited_one_is_no_conflict() {
    let put_in = BASE.replace("repairs.\n\n", "repairs.\n\nNobody was hurt.\n\n");
    let edited = BASE.replace("Mayor Ines", "Governor Ines");
    assert_eq!(told(&put_in, &edited), put_in.replace("Mayor Ines", "Governor Ines"));
}

#[test]
fn a_split_takes_the_others_words() {
    let split = BASE.replace("of it, and the county", "of it.\n\nThe county");
    let edited = BASE.replace("The town", "The village");
    assert_eq!(told(&split, &edited), split.replace("The town", "The village"));
}

fn text() -> impl Strategy<Value = String> {
    let graf = prop::collection::vec("[a-d]{1,3}[.,]?", 1..9).prop_map(|words| words.join(" "));
    prop::collection::vec(graf, 0..7).prop_map(|grafs| grafs.join("\n\n"))
}

proptest! {
    #[test]
    fn any_merge_with_an_unchanged_side_is_the_other(base in text(), new in text()) {
        let all = |merged: Merged| merged.text(|_| "CONFLICT".to_owned());
        prop_assert_eq!(all(merge(&base, &new, &base)), new.clone(), "theirs changed nothing");
        prop_assert_eq!(all(merge(&base, &base, &new)), new.clone(), "ours changed nothing");
        prop_assert_eq!(all(merge(&base, &new, &new)), new, "both changed the same");
    }

    #[test]
    fn any_two_sides_are_told_whole(base in text(), ours in text(), theirs in text()) {
        let merged = merge(&base, &ours, &theirs);
        let letters = |text: &str| {
            let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        let side = |of: fn(&Stretch) -> &str| merged.stretches.iter().map(of).collect::<String>();
        prop_assert_eq!(letters(&side(|stretch| &stretch.ours)), letters(&ours), "each word of ours is in the merge");
        prop_assert_eq!(letters(&side(|stretch| &stretch.theirs)), letters(&theirs), "each word of theirs is in the merge");
    }
}
