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
