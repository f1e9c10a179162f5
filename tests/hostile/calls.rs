//! Calls with arguments that fit, nearly fit, or make no sense, for every command of `ui/wire.ts`.

use super::attacks::attacks;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Makes calls, the same ones for the same seed.
pub struct Caller {
    seed: u64,
    folder: PathBuf,
    /// Each command and the type of its arguments, as TypeScript has them.
    commands: Vec<(String, String)>,
    types: HashMap<String, String>,
    words: Vec<String>,
}

impl Caller {
    pub fn new(folder: &Path, seed: u64) -> Caller {
        let wire = include_str!("../../ui/wire.ts");
        let (types, table) = wire.split_once("export type Commands = {").expect("there is a table");
        let commands = table.lines().filter_map(|line| {
            let (name, rest) = line.trim().split_once(": { args: ")?;
            Some((name.to_owned(), rest.split_once("; reply:")?.0.to_owned()))
        });
        let types = types.split("export type ").skip(1).filter_map(|text| {
            let (name, text) = text.split_once(" = ")?;
            Some((name.to_owned(), without_comments(text).trim().trim_end_matches(';').to_owned()))
        });
        let known = "desk archive bin draft edit legal ready published spiked md html txt docx proof verbatim trimmed altered now revision \
                     ferry a.md 2026-11-10 2026-11-24T09:00:00Z strict";
        let words = known.split_whitespace().map(str::to_owned).chain(attacks().into_iter().map(|attack| attack.text));
        let words = words.chain(["\0".into(), String::new(), "x".repeat(70_000), "é".repeat(300)]).collect();
        let commands: Vec<(String, String)> = commands.collect();
        assert!(commands.len() > 30, "the table is read: {}", commands.len());
        Caller { seed, folder: folder.to_owned(), types: types.collect(), commands, words }
    }

    pub fn next(&mut self) -> (String, Value) {
        let at = self.below(self.commands.len());
        let (name, kind) = self.commands[at].clone();
        let mut args = self.value("args", &kind, 0);
        match self.below(8) {
            0 => args = self.anything(0),
            1 | 2 => self.spoil(&mut args),
            _ => {}
        }
        if self.below(4) > 0 {
            keep_inside(&mut args, &self.folder);
        }
        (name, args)
    }

    fn below(&mut self, n: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).expect("it is small") % n.max(1)
    }

    /// A value of a type.
    fn value(&mut self, name: &str, kind: &str, depth: usize) -> Value {
        let kind = kind.trim();
        if let Some(inner) = kind.strip_prefix("Array<").and_then(|kind| kind.strip_suffix('>')) {
            let n = self.below(4);
            return (0..n).map(|_| self.value(name, inner, depth + 1)).collect();
        }
        if let Some((one, other)) = kind.split_once(" | ").filter(|_| !kind.starts_with('{')) {
            let kind = if self.below(2) == 0 { one } else { other };
            return self.value(name, kind, depth + 1);
        }
        match kind {
            "number" => [json!(1), json!(0), json!(-1), json!(2), json!(i64::MAX), json!(1e300), json!(0.5), json!(3)]
                [self.below(8)]
            .clone(),
            "boolean" => (self.below(2) == 0).into(),
            "null" => Value::Null,
            "string" => self.word(name),
            _ if kind.starts_with('{') => self.object(kind, depth),
            _ if kind.starts_with('"') => kind.trim_matches('"').into(),
            _ => match self.types.get(kind).cloned() {
                Some(kind) if depth < 6 => self.value(name, &kind, depth + 1),
                _ => self.anything(depth),
            },
        }
    }

    fn object(&mut self, kind: &str, depth: usize) -> Value {
        let inside = kind.trim_start_matches('{').trim_end_matches('}');
        let mut object = Map::new();
        for field in inside.split([';', ',']).filter_map(|field| field.split_once(':')) {
            let name = field.0.trim().trim_end_matches('?').trim_matches('"').to_owned();
            let value = self.value(&name, field.1, depth + 1);
            object.insert(name, value);
        }
        Value::Object(object)
    }

    fn word(&mut self, name: &str) -> Value {
        let at = self.below(self.words.len());
        match (name, self.below(3)) {
            ("bytes", 0 | 1) => "V2UgbWF5IHNlbGwgaXQu".into(),
            ("body", 0) => "“We may sell it,” Ines Eze said.".into(),
            _ => self.words[at].as_str().into(),
        }
    }

    fn anything(&mut self, depth: usize) -> Value {
        match self.below(if depth > 3 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => json!(i64::MIN),
            2 => json!(-0.0),
            3 => true.into(),
            4 => self.word(""),
            5 => (0..self.below(4)).map(|_| self.anything(depth + 1)).collect(),
            _ => {
                let at = self.below(self.words.len());
                json!({ self.words[at].as_str(): self.anything(depth + 1) })
            }
        }
    }

    /// Drops, adds or changes one field.
    fn spoil(&mut self, args: &mut Value) {
        let other = self.anything(2);
        let which = self.below(3);
        let Some(fields) = args.as_object_mut() else { return };
        let names: Vec<String> = fields.keys().cloned().collect();
        let Some(name) = names.first() else { return drop(fields.insert("more".into(), other)) };
        match which {
            0 => drop(fields.remove(name)),
            1 => drop(fields.insert("more".into(), other)),
            _ => drop(fields.insert(name.clone(), other)),
        }
    }
}

/// Most of what would be written is written into the test's own folder, so that not all of it is refused.
fn keep_inside(args: &mut Value, folder: &Path) {
    match args {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(words) if name == "path" => {
                        let name: String = words.chars().filter(|c| !matches!(c, '/' | '\\')).take(40).collect();
                        *value = folder.join(name).to_string_lossy().into();
                    }
                    _ => keep_inside(value, folder),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| keep_inside(item, folder)),
        _ => {}
    }
}

fn without_comments(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("/*") {
        plain += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain + rest
}
