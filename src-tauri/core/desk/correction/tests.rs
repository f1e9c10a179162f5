use super::corrections;
use crate::check::Withheld;
use crate::desk::compare_parts;
use crate::draft::Copy;

fn notice(old: &str, new: &str) -> Vec<String> {
    let copy = |body: &str| Copy { body: body.into(), ..Copy::default() };
    corrections(&compare_parts(&copy(old), &copy(new)), &Withheld::default())
        .into_iter()
        .map(|correction| correction.words)
        .collect()
}

#[test]
fn a_quote_is_told_whole_with_who_spoke() {
    let told = notice(
        "Dana Ruiz runs the town. “We will sell the ferry,” Ruiz said.",
        "Dana Ruiz runs the town. “We will not sell the ferry,” Ruiz said.",
    );
    assert_eq!(
        told,
        [
            "An earlier version of this article misquoted Dana Ruiz. The words are “We will not sell the ferry,” not “We \
          will sell the ferry.”"
        ]
    );
}

#[test]
fn a_figure_a_date_and_a_name_say_what_is_right() {
    assert_eq!(
        notice("The pier cost 12 million dollars.", "The pier cost 14 million dollars."),
        ["An earlier version of this article gave a wrong figure. It is 14, not 12: The pier cost 14 million dollars."]
    );
    assert_eq!(
        notice("The vote is on March 3.", "The vote is on March 5."),
        [
            "An earlier version of this article said: The vote is on March 3. It should have said: The vote is on March 5."
        ]
    );
    assert_eq!(
        notice("The ferry belongs to Lena Mossman.", "The ferry belongs to Lena Mosman."),
        ["An earlier version of this article misspelled a name. It is Mosman, not Mossman."]
    );
}

#[test]
fn a_lost_not_is_told_as_two_sentences() {
    assert_eq!(
        notice("The ferry is safe. It sails.", "The ferry is not safe. It sails."),
        ["An earlier version of this article said: The ferry is safe. It should have said: The ferry is not safe."]
    );
}

#[test]
fn the_wrong_speaker_is_named_with_the_right_one() {
    assert_eq!(
        notice("“We will pay,” Dana Ruiz said.", "“We will pay,” Oskar Brandt said."),
        [
            "An earlier version of this article named the wrong speaker. It was Oskar Brandt, not Dana Ruiz, who said “We \
          will pay.”"
        ]
    );
}

#[test]
fn what_was_polished_added_or_moved_is_no_correction() {
    assert_eq!(notice("The ferry sails at dawn.", "The ferry leaves at dawn."), [""; 0]);
    assert_eq!(notice("“We’ll go, now,” Dana Ruiz said.", "“We’ll go now,” Dana Ruiz said."), [""; 0]);
    assert_eq!(notice("The firm sails at dawn.", "Doe Paper sails at dawn."), [""; 0]);
    assert_eq!(notice("The ferry sails.", "The ferry sails.\n\n“We are glad,” Dana Ruiz said."), [""; 0]);
    let (one, two) = ("The ferry sails at dawn from the old pier.", "The mayor wants a bridge instead of a boat.");
    assert_eq!(notice(&format!("{one}\n\n{two}"), &format!("{two}\n\n{one}")), [""; 0]);
}

#[test]
fn a_headline_is_named_as_one() {
    let copy = |hed: &str| Copy { hed: hed.into(), ..Copy::default() };
    let told = corrections(
        &compare_parts(&copy("Ferry sold for 12 dollars"), &copy("Ferry sold for 14 dollars")),
        &Withheld::default(),
    );
    assert_eq!(
        told[0].words,
        "An earlier version of the headline on this article gave a wrong figure. It is 14, not 12: Ferry sold for 14 \
         dollars."
    );
}

#[test]
fn a_notice_is_no_markdown_and_holds_no_comment() {
    let was = "The pier was **closed** in [May](https://example.org/a), the port said. <!-- ask Roe -->";
    assert_eq!(
        notice(was, &was.replace("closed", "open")),
        [
            "An earlier version of this article said: The pier was closed in May, the port said. It should have said: The \
          pier was open in May, the port said."
        ]
    );
    assert_eq!(notice(was, &was.replace("**", "")), [""; 0], "set otherwise, it says what it said");
    let row = |cost| format!("| Year | Cost |\n| --- | --- |\n| 2026 | The county paid {cost} million |");
    assert_eq!(
        notice(&row("12.4"), &row("14.2")),
        [
            "An earlier version of this article gave a wrong figure. It is 14.2, not 12.4: 2026, The county paid 14.2 million."
        ]
    );
}
