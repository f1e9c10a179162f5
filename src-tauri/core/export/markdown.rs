//! Markdown that reads as copy and comes back as the same piece.

use crate::draft::Copy;
use crate::import::{quote_value, read_piece};

/// The piece as it goes out: the comments of its body stay on the desk.
pub fn write(copy: &Copy) -> String {
    write_whole(&copy.outgoing())
}

/// The piece with its head as it is typed: `# hed`, *dek*, By byline, **DATELINE** — body, comments too.
///
/// **Invariant**: `import::read_piece` gives the same copy. A piece whose head would not read back so (a hed of two
/// lines, a dateline without a hed) has its parts in front matter instead.
pub fn write_whole(copy: &Copy) -> String {
    let typed = typed(copy);
    if read_piece("piece.md", typed.as_bytes()).0.copy == *copy { typed } else { named(copy) }
}

fn typed(copy: &Copy) -> String {
    let mut text = String::new();
    if !copy.hed.is_empty() {
        text += &format!("# {}\n\n", copy.hed);
    }
    if !copy.dek.is_empty() {
        text += &format!("*{}*\n\n", copy.dek);
    }
    if copy.byline.to_lowercase().starts_with("by ") {
        text += &format!("**{}**\n\n", copy.byline);
    } else if !copy.byline.is_empty() {
        text += &format!("By {}\n\n", copy.byline);
    }
    if !copy.dateline.is_empty() {
        let is_run_in = copy.body.starts_with(|c: char| c.is_alphanumeric() || "“\"‘'".contains(c));
        text += &format!("**{}** —{}", copy.dateline, if is_run_in { " " } else { "\n\n" });
    }
    text += &copy.body;
    text.trim_end_matches(if copy.body.is_empty() { '\n' } else { '\0' }).to_owned() + "\n"
}

fn named(copy: &Copy) -> String {
    let mut text = String::from("---\n");
    for (key, value) in [("hed", &copy.hed), ("dek", &copy.dek), ("byline", &copy.byline), ("dateline", &copy.dateline)]
    {
        text += &format!("{key}: {}\n", quote_value(value));
    }
    text + "---\n" + &copy.body + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn copy(parts: [&str; 5]) -> Copy {
        let [hed, dek, byline, dateline, body] = parts.map(str::to_owned);
        Copy { hed, dek, byline, dateline, body }
    }

    #[test]
    fn a_usual_piece_reads_as_copy() {
        let whole = copy(["Ferry up for sale", "It is old", "Ana Pires", "PORT ELLIS", "The county …\n\nMore."]);
        let text = "# Ferry up for sale\n\n*It is old*\n\nBy Ana Pires\n\n**PORT ELLIS** — The county …\n\nMore.\n";
        assert_eq!(write(&whole), text);
        assert_eq!(write(&copy(["Hed", "", "", "", ""])), "# Hed\n");
        assert_eq!(write(&copy(["", "", "", "", "Body."])), "Body.\n");
    }

    #[test]
    fn comments_stay_on_the_desk() {
        let piece = copy(["Hed", "", "", "", "One.\n\n<!-- ask legal -->\n\nTwo<!-- him? -->."]);
        assert_eq!(write(&piece), "# Hed\n\nOne.\n\nTwo.\n");
        assert_eq!(read_piece("any.md", write_whole(&piece).as_bytes()).0.copy, piece);
    }

    #[test]
    fn a_head_that_would_not_read_back_is_named() {
        let odd = copy(["Two\nlines", "", "", "", "Body."]);
        assert!(write(&odd).starts_with("---\nhed: \"Two\\nlines\"\n"), "{}", write(&odd));
    }

    proptest! {
        #[test]
        fn re_import_of_an_export_is_the_draft(
            hed in part(), dek in part(), byline in part(), dateline in part(), body in "(\n|---\n|# |\\*\\*|By |— |[a-zé.“: ]{1,9}){0,12}"
        ) {
            let copy = Copy { hed, dek, byline, dateline, body };
            prop_assert_eq!(read_piece("any.md", write(&copy).as_bytes()).0.copy, copy);
        }
    }

    /// Words of a head, most of them usual, some that look like marks.
    fn part() -> impl Strategy<Value = String> {
        prop_oneof![Just(String::new()), "[A-Za-zé., ]{1,12}", "([*#\"\\\\\n:-]|By |---|[a-z ]){1,8}"]
    }
}
