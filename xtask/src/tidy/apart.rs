//! What stands apart from the workspace, so that an ordinary build never compiles it, says the same as its crates.

use super::{fault::Fault, tree::Tree};
use crate::manifest::Manifest;

/// What such a crate cannot take from `[workspace.package]`, and has to repeat.
const REPEATED: [&str; 3] = ["edition", "rust-version", "license"];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let root = Manifest::read(tree.text("Cargo.toml").unwrap_or_default());
    root.texts("workspace", "exclude").into_iter().flat_map(|folder| faults(tree, &root, folder)).collect()
}

fn faults(tree: &Tree, root: &Manifest, folder: &str) -> Vec<Fault> {
    let path = format!("{folder}/Cargo.toml");
    let Some(text) = tree.text(&path) else {
        let what = format!("the workspace excludes `{folder}`, where no crate is");
        return vec![Fault::new("Cargo.toml", 1, what, "take it out of `exclude`")];
    };
    let manifest = Manifest::read(text);
    let mut faults = Vec::new();
    for key in REPEATED {
        let (own, shared) = (manifest.text("package", key), root.text("workspace.package", key));
        if own != shared {
            let line = manifest.entry("package", key).map_or(1, |entry| entry.line);
            let remedy = format!("write `{key} = \"{}\"`", shared.unwrap_or_default());
            faults.push(Fault::new(&path, line, format!("its {key} is not the workspace's"), remedy));
        }
    }
    if manifest.text("package", "publish") != Some("false") {
        faults.push(Fault::new(&path, 1, "the crate could be published", "write `publish = false`"));
    }
    if manifest.text("lints.rust", "unsafe_code") != Some("forbid") {
        let remedy = "write `unsafe_code = \"forbid\"` into [lints.rust]";
        faults.push(Fault::new(&path, 1, "the crate does not forbid unsafe code", remedy));
    }
    if !tree.holds(&format!("{folder}/Cargo.lock")) {
        let what = "the crate has no lock file, so that everybody builds something else";
        faults.push(Fault::new(&path, 1, what, "build it, and commit its Cargo.lock"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    const ROOT: &str = "[workspace]\nexclude = [\"tests/bench\"]\n[workspace.package]\nedition = \"2024\"\n\
        rust-version = \"1.88\"\nlicense = \"MIT\"\n";
    const BENCH: &str = "[package]\nname = \"bench\"\nedition = \"2024\"\nrust-version = \"1.88\"\nlicense = \"MIT\"\n\
        publish = false\n[workspace]\n[lints.rust]\nunsafe_code = \"forbid\"\n";

    fn faults(bench: &str) -> Vec<String> {
        let files = [
            ("Cargo.toml", ROOT),
            ("tests/bench/Cargo.toml", bench),
            ("tests/bench/Cargo.lock", "version = 4\n"),
        ];
        check(&Tree::planted(&files)).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_crate_that_says_the_same_has_no_fault() {
        assert_eq!(faults(BENCH), Vec::<String>::new());
    }

    #[test]
    fn everything_that_it_says_differently_is_found() {
        for (line, other, word) in [
            ("edition = \"2024\"", "edition = \"2021\"", "its edition"),
            ("rust-version = \"1.88\"", "", "its rust-version"),
            ("license = \"MIT\"", "license = \"ISC\"", "its license"),
            ("publish = false", "", "published"),
            ("unsafe_code = \"forbid\"", "unsafe_code = \"deny\"", "unsafe"),
        ] {
            let found = faults(&BENCH.replace(line, other));
            assert!(found.len() == 1 && found[0].contains(word), "{line}: {found:?}");
        }
        let found = faults(&BENCH.replace("edition = \"2024\"", "edition = \"2021\""));
        assert!(found[0].starts_with("tests/bench/Cargo.toml:3: "), "{found:?}");
    }

    #[test]
    fn a_crate_without_a_lock_file_and_an_empty_folder_are_found() {
        let tree = Tree::planted(&[("Cargo.toml", ROOT), ("tests/bench/Cargo.toml", BENCH)]);
        assert!(check(&tree)[0].to_string().contains("no lock file"));
        let tree = Tree::planted(&[("Cargo.toml", ROOT)]);
        assert!(check(&tree)[0].to_string().contains("where no crate is"));
    }
}
