//! Texts made to be slow: a great deal of one thing, or things that each look for the others.

/// Each with its name, about `n_bytes` long.
pub fn hard_texts(n_bytes: usize) -> Vec<(&'static str, String)> {
    let many = |words: &str| words.repeat(n_bytes / words.len());
    let half = |words: &str| words.repeat(n_bytes / 2 / words.len());
    let nested = |open: &str, close: &str| half(open) + &half(close);
    let bearers: String = (0..n_bytes / 60).map(|n| format!("A{} Smith said no.\n", spelt(n))).collect();
    vec![
        ("“", many("“")),
        ("\"", many("\"")),
        ("‘", many("‘")),
        ("“a” ", many("“a” ")),
        ("«\"“‘ ", many("«\"“‘ ")),
        ("he said ", many("he said ")),
        ("he said. ", many("he said. ")),
        ("He said, “", many("He said, “")),
        ("He said, “No.” ", many("He said, “No.” ")),
        ("saying, I ", many("saying, I ")),
        ("saying, I do.", many("Roe left, saying, I do. ")),
        ("that ", many("that ")),
        ("according to ", many("according to ")),
        ("one word, unbroken", many("a")),
        ("one word", many("word ")),
        ("one name", many("Roe ")),
        ("one full name", many("Jane Roe. ")),
        ("bearers of one surname", bearers.replace('\n', " Smith said so.\n")),
        ("a surname, then its bearers", half("Smith said no. ") + "\n" + &bearers),
        ("“ nested in “", nested("“a ", "b” ")),
        ("‘ in “ in ‘", nested("“a ‘b ", "c’ d” ")),
        ("( nested", nested("(a ", "b) ")),
        ("[ nested, then ](", nested("[a ", "](b) ")),
        ("](", many("](")),
        ("a](b) ", many("a](b) ")),
        ("NAME: ", many("NAME: ")),
        ("NAME: No.\\n", many("NAME: No.\n")),
        ("Roe wrote:\\n", many("Roe wrote:\n")),
        ("— Roe\\n", many("“No.”\n— Jane Roe\n")),
        ("\\n", many("\n")),
        ("a\\n", many("a\n")),
        ("Comments\\n", many("Comments\n")),
        (".", many(".")),
        ("U.", many("U.")),
        ("U. ", many("U. ")),
        ("1.", many("1.")),
        (",000", many(",000")),
        ("one ", many("one ")),
        ("o'", many("o'")),
        ("’", many("’")),
        ("— ", many("— ")),
        (", ", many(", ")),
        ("Roe, who, ", many("Roe, who, ")),
        ("of the mayor ", many("of the mayor ")),
        ("was ", many("was ")),
        ("é", many("é")),
        ("a combining mark", many("\u{301}")),
    ]
}

/// A number as three letters.
fn spelt(n: usize) -> String {
    [n / 676 % 26, n / 26 % 26, n % 26].map(|letter| char::from(b'a' + letter as u8)).iter().collect()
}
