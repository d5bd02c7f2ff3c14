//! Links in the pages of the tree lead to files that exist.

use super::{
    fault::Fault,
    tree::{File, Tree},
};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !tree.holds("README.md") {
        faults.push(Fault::new("README.md", 1, "there is no README", "write one"));
    }
    for page in tree.files(".md") {
        for (line, target) in links(page) {
            if !tree.holds(&resolved(page.path, target)) {
                let what = format!("the link to `{target}` leads nowhere");
                faults.push(Fault::new(
                    page.path,
                    line,
                    what,
                    "mend it: links count from the page's own folder",
                ));
            }
        }
    }
    faults
}

/// The links of a page to files of the tree, with their lines; code is skipped.
fn links(page: File<'_>) -> Vec<(usize, &str)> {
    let (mut found, mut in_code) = (Vec::new(), false);
    for (line, number) in page.text.lines().zip(1..) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            found.extend(targets(line).filter(|target| is_relative(target)).map(|target| (number, target)));
        }
    }
    found
}

/// What the line links to: `[text](target)`, `[name]: target`, `src="target"` and `href="target"`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inline = outside_of_code(line).into_iter().flat_map(|part| after_each(part, "](", &[')', ' ']));
    let defined = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: "));
    let defined = defined.and_then(|(_, target)| target.split_whitespace().next());
    let tags = ["src=\"", "href=\""].into_iter().flat_map(move |tag| after_each(line, tag, &['"']));
    inline.chain(defined).chain(tags).map(|target| target.trim_matches(['<', '>']))
}

/// The parts of the line that no pair of backticks encloses. The text of a link may be code itself, so that a part may
/// begin within a link; its target is whole.
fn outside_of_code(line: &str) -> Vec<&str> {
    line.split('`').step_by(2).collect()
}

fn after_each<'l>(line: &'l str, mark: &str, ends: &'static [char]) -> impl Iterator<Item = &'l str> {
    line.split(mark).skip(1).collect::<Vec<_>>().into_iter().filter_map(move |rest| rest.split(ends).next())
}

/// Not to the web, not within the page, and not to an item in the documentation (`crate::Pool`).
fn is_relative(target: &str) -> bool {
    !(target.is_empty() || target.starts_with('#') || target.contains(':'))
}

/// The path from the root of the tree that a link in `page` means.
fn resolved(page: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let mut parts = page.split('/').collect::<Vec<_>>();
    parts.pop();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            // Above the root is outside of the tree, where nothing exists.
            ".." => {
                if parts.pop().is_none() {
                    parts.push("..");
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    fn faults(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::planted(&[
            ("README.md", "# Cenote\n"),
            ("docs/guide.md", ""),
            ("pool/src/lib.rs", ""),
            (path, text),
        ]);
        check(&tree).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_right() {
        let text = "[a](docs/guide.md#start) [`b`](pool/src) ![c](./pool/src/lib.rs \"title\") [d](https://example.org)\n\
            [e](#here) [f](mailto:a@example.org) [g](<docs/guide.md>) `[h](no.md)`\n[i]: docs/guide.md\n\
            ```text\n[j](no.md)\n```\n[Pool]: crate::Pool\n<img src=\"docs/guide.md\">\n";
        assert_eq!(faults("README.md", text), Vec::<String>::new());
        assert_eq!(
            faults("pool/README.md", "[up](../docs/guide.md) [root](/docs/guide.md)"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        for link in [
            "[a](no.md)",
            "[`a`](docs/no.md#b)",
            "[a]: no.md",
            "<img src=\"no.svg\">",
            "[a](../docs/guide.md)",
        ] {
            assert_eq!(faults("README.md", &format!("\n{link}\n")).len(), 1, "{link}");
        }
        let found = faults("pool/README.md", "# Pool\n\n[up](docs/guide.md)\n");
        assert!(
            found[0].starts_with("pool/README.md:3: the link to `docs/guide.md` leads nowhere"),
            "{found:?}"
        );
    }
}
