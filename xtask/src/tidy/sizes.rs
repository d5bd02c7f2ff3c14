//! No Rust file is longer than what one can hold in mind.

use super::{fault::Fault, tree::Tree};

const LONGEST: usize = 400;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let long = tree.files(".rs").filter(|file| file.text.lines().count() > LONGEST);
    long.map(|file| {
        let what = format!("the file has {} lines, and the most is {LONGEST}", file.text.lines().count());
        Fault::new(file.path, LONGEST + 1, what, "split it: one file holds one thing")
    })
    .collect()
}

/// The median length of the core's files, in lines.
pub(super) fn median_of_core(tree: &Tree) -> usize {
    let core = tree.files(".rs").filter(|file| file.path.starts_with("pool/src/"));
    let mut lengths = core.map(|file| file.text.lines().count()).collect::<Vec<_>>();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Tree, check, median_of_core};

    #[test]
    fn a_file_of_one_line_too_many_is_found() {
        let (most, more) = ("\n".repeat(LONGEST), "\n".repeat(LONGEST + 1));
        let tree =
            Tree::planted(&[("pool/src/a.rs", &most), ("xtask/src/b.rs", &more), ("README.md", &more)]);
        let faults = check(&tree);
        assert_eq!(faults.len(), 1);
        assert!(
            faults[0].to_string().starts_with("xtask/src/b.rs:401: the file has 401 lines"),
            "{}",
            faults[0]
        );
    }

    #[test]
    fn the_median_is_that_of_the_core_alone() {
        let tree = Tree::planted(&[
            ("pool/src/a.rs", "\n"),
            ("pool/src/b.rs", "\n\n\n"),
            ("pool/src/c.rs", "\n\n"),
            ("tests/src/d.rs", ""),
        ]);
        assert_eq!(median_of_core(&tree), 2);
    }
}
