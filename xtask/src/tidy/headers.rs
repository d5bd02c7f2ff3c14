//! Every Rust file says in its first line what it holds.

use super::{
    fault::Fault,
    tree::{File, Tree},
};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.files(".rs").filter(|file| !says_what_it_holds(*file)).map(fault).collect()
}

fn says_what_it_holds(file: File<'_>) -> bool {
    let first = file.text.lines().next().unwrap_or_default();
    let is_sentence = first.strip_prefix("//!").is_some_and(|sentence| !sentence.trim().is_empty());
    let is_readme = file.path.ends_with("/lib.rs") && first.starts_with("#![doc = include_str!(");
    is_sentence || is_readme
}

fn fault(file: File<'_>) -> Fault {
    Fault::new(file.path, 1, "the file does not say what it holds", "open it with a `//!` sentence")
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_file_without_a_header_is_found() {
        let tree = Tree::planted(&[
            ("pool/src/lib.rs", "#![doc = include_str!(\"../README.md\")]\n"),
            ("pool/src/pool.rs", "//! `Pool`.\n"),
            ("pool/src/place.rs", "use std::fmt;\n//! Too late.\n"),
            ("pool/src/entry.rs", "//!\n"),
            ("pool/src/id.rs", "#![doc = include_str!(\"id.md\")]\n"),
            ("pool/src/empty.rs", ""),
        ]);
        let faults = check(&tree).iter().map(|fault| fault.to_string()).collect::<Vec<_>>();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(
            faults.iter().all(|fault| !fault.contains("lib.rs") && !fault.contains("pool.rs:")),
            "{faults:?}"
        );
        assert_eq!(
            faults[3],
            "pool/src/place.rs:1: the file does not say what it holds; open it with a `//!` sentence"
        );
    }
}
