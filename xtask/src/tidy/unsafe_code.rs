//! No `unsafe`, in no crate, and a compiler that holds everybody to it.

use super::{fault::Fault, tokens::tokens, tree::Tree};
use crate::manifest::Manifest;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.files(".rs") {
        for token in tokens(file.text).iter().filter(|token| token.text == "unsafe") {
            faults.push(Fault::new(
                file.path,
                token.line,
                "`unsafe`",
                "say it in safe Rust: the workspace has none",
            ));
        }
    }
    let root = Manifest::read(tree.text("Cargo.toml").unwrap_or_default());
    if root.text("workspace.lints.rust", "unsafe_code") != Some("forbid") {
        let remedy = "write `unsafe_code = \"forbid\"` into [workspace.lints.rust]";
        faults.push(Fault::new("Cargo.toml", 1, "the workspace does not forbid unsafe code", remedy));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    const MANIFEST: &str = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";

    #[test]
    fn a_block_is_found_and_a_word_is_not() {
        let code = "//! No unsafe here.\n#![forbid(unsafe_code)]\nfn f() { unsafe { g() } }\n";
        let faults = check(&Tree::planted(&[("Cargo.toml", MANIFEST), ("a.rs", code)]));
        assert_eq!(faults.len(), 1);
        assert!(faults[0].to_string().starts_with("a.rs:3: "), "{}", faults[0]);
    }

    #[test]
    fn a_workspace_that_does_not_forbid_it_is_found() {
        let faults = check(&Tree::planted(&[("Cargo.toml", &MANIFEST.replace("forbid", "deny"))]));
        assert_eq!(faults.len(), 1);
    }
}
