//! The version has its chapter in the changelog.

use super::{fault::Fault, tree::Tree};
use crate::manifest::Manifest;

const PAGE: &str = "CHANGELOG.md";

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let root = Manifest::read(tree.text("Cargo.toml").unwrap_or_default());
    let Some(version) = root.text("workspace.package", "version") else {
        return vec![Fault::new(
            "Cargo.toml",
            1,
            "the workspace has no version",
            "give it one in [workspace.package]",
        )];
    };
    let lines = tree.text(PAGE).unwrap_or_default().lines().zip(1..);
    let headers =
        lines.filter(|(line, _)| is_header(line, version)).map(|(_, number)| number).collect::<Vec<_>>();
    match headers[..] {
        [_] => Vec::new(),
        [] => vec![Fault::new(
            PAGE,
            1,
            format!("version {version} has no chapter"),
            format!("write `## {version}`"),
        )],
        [_, second, ..] => {
            vec![Fault::new(PAGE, second, format!("version {version} has a second chapter"), "make them one")]
        }
    }
}

/// `## 0.1.0`, `## [0.1.0]`, each perhaps with a date behind it.
fn is_header(line: &str, version: &str) -> bool {
    let title = line.strip_prefix("## ").map(|title| title.trim_start().trim_start_matches('['));
    let rest = title.and_then(|title| title.strip_prefix(version));
    rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with([']', ' ', ':', ',']))
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    fn faults(page: &str) -> usize {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\n";
        check(&Tree::planted(&[("Cargo.toml", manifest), ("CHANGELOG.md", page)])).len()
    }

    #[test]
    fn one_chapter_is_right() {
        for header in ["## 0.1.0", "## [0.1.0]", "## 0.1.0 - 2026-11-30", "## [0.1.0] (2026-11-30)"] {
            assert_eq!(faults(&format!("# Changes\n\n{header}\n\n## 0.0.9\n")), 0, "{header}");
        }
    }

    #[test]
    fn none_or_two_are_wrong() {
        for page in ["", "# 0.1.0\n", "## 0.1.0-beta\n", "## 0.1.01\n", "## 0.1.0\n## [0.1.0]\n"] {
            assert_eq!(faults(page), 1, "{page}");
        }
    }
}
