//! The attacks of `attacks.txt`.
#![allow(dead_code, reason = "each test program uses its part of it")]

pub struct Attack {
    pub kind: String,
    pub text: String,
}

pub fn attacks() -> Vec<Attack> {
    let (mut kind, mut attacks) = (String::new(), Vec::new());
    for line in include_str!("attacks.txt").lines() {
        match line.strip_prefix("= ") {
            Some(name) => kind = name.to_owned(),
            None if line.is_empty() || line.starts_with("# What ") || line.starts_with("# A script ") => {}
            None => attacks.push(Attack { kind: kind.clone(), text: text_of(line) }),
        }
    }
    attacks
}

/// A line with what it names put in: `\u{200b}`, `\n`, `\\`.
fn text_of(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        text += before;
        if let Some((code, after)) = after.strip_prefix("u{").and_then(|after| after.split_once('}')) {
            let code = u32::from_str_radix(code, 16).expect("a number");
            text.push(char::from_u32(code).expect("a character"));
            rest = after;
        } else {
            let c = after.chars().next().expect("something is named");
            text.push(if c == 'n' { '\n' } else { c });
            rest = &after[c.len_utf8()..];
        }
    }
    text + rest
}
