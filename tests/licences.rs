//! What Stet is made of: the list in the About box is true, and everything in it may be used and comes from where it should.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The licences `deny.toml` allows: one list for this test and for cargo-deny.
fn allowed() -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join("deny.toml")).expect("deny.toml is there");
    let list = text.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("it lists licences");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a licence expression (SPDX; `/` is an older OR) can be met by the allowed licences.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.trim();
    let split = |words: &str| -> Vec<String> {
        let (mut parts, mut depth) = (vec![String::new()], 0);
        for word in expression.replace('(', "( ").replace(')', " )").replace('/', " OR ").split_whitespace() {
            depth += i32::from(word == "(") - i32::from(word == ")");
            if depth == 0 && word == words {
                parts.push(String::new());
            } else {
                let part = parts.last_mut().expect("there is one");
                *part += word;
                part.push(' ');
            }
        }
        parts
    };
    let (any, all) = (split("OR"), split("AND"));
    if any.len() > 1 {
        return any.iter().any(|part| is_allowed(part, allowed));
    }
    if all.len() > 1 {
        return all.iter().all(|part| is_allowed(part, allowed));
    }
    match expression.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) => is_allowed(inside, allowed),
        None => allowed.iter().any(|licence| licence == expression),
    }
}

fn part(name: &str, version: &str, licence: &str, from: &str) -> Value {
    json!({ "name": name, "version": version, "licence": licence, "from": from })
}

/// What the programs are built of, by Cargo.lock.
fn crates() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--features", "shell"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(ROOT)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let by_id: BTreeMap<&str, &Value> =
        packages.iter().map(|package| (package["id"].as_str().expect("an id"), package)).collect();
    let nodes = metadata["resolve"]["nodes"].as_array().expect("a list");
    let needs: BTreeMap<&str, &Value> = nodes.iter().map(|node| (node["id"].as_str().expect("an id"), node)).collect();
    // From ours along what is needed to run or to build, never what only tests need.
    let own = metadata["resolve"]["root"].as_str().expect("our own");
    let (mut found, mut next) = (BTreeMap::new(), vec![own]);
    while let Some(id) = next.pop() {
        for need in needs[id]["deps"].as_array().expect("a list") {
            let is_for_tests = |kind: &Value| kind["kind"] == "dev";
            if need["dep_kinds"].as_array().expect("kinds").iter().all(is_for_tests) {
                continue;
            }
            let id = need["pkg"].as_str().expect("an id");
            if found.insert(id, by_id[id]).is_none() {
                next.push(id);
            }
        }
    }
    let word = |package: &Value, field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let list = found.values().map(|package| {
        assert_eq!(
            word(package, "source"),
            "registry+https://github.com/rust-lang/crates.io-index",
            "{} comes from crates.io",
            package["name"]
        );
        part(&word(package, "name"), &word(package, "version"), &word(package, "license"), "crates.io")
    });
    list.collect()
}

/// What the page is built of, by its package-lock.json; with what only builds and tests it where `is_all`.
fn packages(is_all: bool) -> Vec<Value> {
    let text = fs::read_to_string(Path::new(ROOT).join("ui/package-lock.json")).expect("it is there");
    let lock: Value = serde_json::from_str(&text).expect("it is JSON");
    let mut list = Vec::new();
    for (path, package) in lock["packages"].as_object().expect("packages") {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        let word = |field: &str| package[field].as_str().unwrap_or_default();
        if is_all || package["dev"] != true {
            let from = word("resolved");
            // The lock file names an address only where it is another than npm's.
            assert!(from.is_empty() || from.starts_with("https://registry.npmjs.org/"), "{name} comes from {from}");
            list.push(part(name, word("version"), word("license"), "npm"));
        }
    }
    list
}

/// What is not fetched by either, or is the system's.
fn others() -> Vec<Value> {
    vec![
        part("OpenSSL (libcrypto)", "3, the system’s", "Apache-2.0", "openssl.org"),
        part("WebKitGTK and GTK", "the system’s", "LGPL-2.1-or-later", "webkitgtk.org"),
        part(
            "Spelling dictionaries en_US and en_GB (SCOWL)",
            "2020.12.07",
            "MIT AND BSD-3-Clause",
            "wordlist.sourceforge.net",
        ),
        part("WordNet", "3.0, a table cut from it", "WordNet licence", "wordnet.princeton.edu"),
    ]
}

#[test]
fn the_about_box_lists_what_stet_is_made_of() {
    let mut list = [crates(), packages(false), others()].concat();
    list.sort_by_key(|part| (part["name"].to_string().to_lowercase(), part["version"].to_string()));
    list.dedup();
    let lines: Vec<String> = list.iter().map(Value::to_string).collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = Path::new(ROOT).join("ui/about/parts.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &text).expect("ui/about can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "ui/about/parts.json is not what the lock files say: run `make bless`");
}

#[test]
fn nothing_in_it_can_ask_the_network() {
    let clients = ["reqwest", "hyper", "ureq", "curl", "isahc", "attohttpc", "minreq", "tungstenite", "quinn", "surf"];
    for part in crates() {
        let name = part["name"].as_str().expect("a name");
        assert!(!clients.contains(&name), "{name} is a client of the network");
    }
}

#[test]
fn everything_has_a_licence_that_is_allowed() {
    let allowed = allowed();
    assert!(allowed.len() > 5 && !allowed.iter().any(|licence| licence.contains("GPL")));
    let refused: Vec<String> = [crates(), packages(true)]
        .concat()
        .iter()
        .filter(|part| !is_allowed(part["licence"].as_str().unwrap_or_default(), &allowed))
        .map(Value::to_string)
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_licence_expression_is_read_as_it_is_meant() {
    let allowed = ["MIT", "ISC", "BSD-3-Clause"].map(str::to_owned);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("", false),
        ("MIT OR GPL-3.0", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND ISC", true),
        ("(MIT AND GPL-3.0) OR Apache-2.0", false),
        ("ISC AND (GPL-3.0 OR (MIT AND BSD-3-Clause))", true),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}
