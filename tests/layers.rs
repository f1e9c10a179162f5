//! The arrows of the core: a module uses only what stands to its left, and nothing in the core knows the window.

use std::fs;
use std::path::{Path, PathBuf};

const ORDER: [&str; 16] = [
    "error", "span", "draft", "revision", "note", "redline", "comment", "quote", "style", "spelling", "check",
    "import", "export", "store", "desk", "wire",
];

/// Pairs that stand in order but may not use each other all the same: `desk` joins them.
const APART: [(&str, &str); 4] = [("store", "quote"), ("store", "style"), ("store", "spelling"), ("store", "check")];

fn core_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(dir).expect("the core is there") {
        let path = entry.expect("a folder entry can be read").path();
        if path.is_dir() {
            files.extend(core_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The modules a source file names by `crate::…`.
fn used(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in source.split("crate::").skip(1) {
        let heads = if let Some(list) = rest.strip_prefix('{') {
            list.split('}').next().unwrap_or_default().split(',').map(str::trim).collect()
        } else {
            vec![rest]
        };
        for head in heads {
            names.push(head.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

#[test]
fn a_module_uses_only_what_stands_to_its_left() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/core");
    let mut n_arrows = 0;
    for path in core_files(&core) {
        let inner = path.strip_prefix(&core).expect("it lies in the core");
        let module = inner.components().next().expect("it has a name").as_os_str().to_string_lossy().replace(".rs", "");
        if module == "lib" {
            continue;
        }
        let place = ORDER.iter().position(|name| *name == module);
        let place = place.unwrap_or_else(|| panic!("{module} has no place in the order"));
        for name in used(&fs::read_to_string(&path).expect("the file can be read")) {
            let Some(used_place) = ORDER.iter().position(|known| *known == name) else { continue };
            assert!(used_place <= place, "{} uses {name}, which stands to its right", inner.display());
            let is_apart = APART.contains(&(module.as_str(), name.as_str()));
            assert!(!is_apart, "{} uses {name}: only desk may join them", inner.display());
            n_arrows += 1;
        }
    }
    assert!(n_arrows > 10, "the arrows must be found to be checked");
}

#[test]
fn nothing_in_the_core_knows_the_window() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/core");
    for path in core_files(&core) {
        let source = fs::read_to_string(&path).expect("the file can be read").replace("src-tauri", "");
        for word in ["tauri", "feature = \"shell\"", "Utc::now", "Local::now", "SystemTime::now"] {
            assert!(!source.contains(word), "{} says {word}", path.display());
        }
    }
}

/// SECURITY.md names the test of each promise in the last cell of its row: files, and behind a Rust file its tests in
/// brackets.
#[test]
fn each_promise_names_a_test_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let security = fs::read_to_string(root.join("SECURITY.md")).expect("it is there");
    let rows = security.lines().filter_map(|line| line.strip_suffix(" |")?.rsplit_once(" | "));
    let mut n_promises = 0;
    for (promise, tests) in rows.filter(|(_, tests)| *tests != "test") {
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        let is_path = |name: &&str| name.contains('/') && !name.contains(' ');
        assert!(names.first().is_some_and(is_path), "no test: {promise}");
        let mut at = 0;
        while at < names.len() {
            let (file, behind) = (names[at], &names[at + 1..]);
            let own: Vec<&str> = behind.iter().copied().take_while(|name| !is_path(name)).collect();
            at += 1 + own.len();
            let inner = ["src-tauri/core", "src-tauri"].map(|folder| root.join(folder).join(file));
            let path = inner.into_iter().chain([root.join(file)]).find(|path| path.exists());
            let path = path.unwrap_or_else(|| panic!("{file} is not there: {promise}"));
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            let source = if is_rust { fs::read_to_string(&path).expect("the file can be read") } else { String::new() };
            let is_named = own.iter().any(|name| has_test(&source, name));
            assert!(!is_rust || is_named, "{file} is named without a test that is there: {promise}");
            for name in own.iter().filter(|name| name.matches('_').count() > 2) {
                assert!(has_test(&source, name), "{file} has no test {name}");
            }
        }
        n_promises += 1;
    }
    assert!(n_promises > 30, "the promises must be found to be held");
}

fn has_test(source: &str, name: &str) -> bool {
    source.split("#[test]").skip(1).any(|test| test.trim_start().starts_with(&format!("fn {name}()")))
}
