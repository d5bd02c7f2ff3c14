//! Rust files are plain ASCII: what one sees is what one can type and search.

use super::{fault::Fault, tree::Tree};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.files(".rs") {
        for (line, number) in file.text.lines().zip(1..) {
            if let Some(letter) = line.chars().find(|letter| !letter.is_ascii()) {
                let what = format!("`{letter}` (U+{:04X}) is not ASCII", u32::from(letter));
                faults.push(Fault::new(
                    file.path,
                    number,
                    what,
                    "write it in ASCII, or escape it in a string",
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_letter_beyond_ascii_is_found_even_in_a_comment() {
        let tree = Tree::planted(&[("a.rs", "//! Plain.\n// na\u{EF}ve\n"), ("b.md", "na\u{EF}ve")]);
        let faults = check(&tree);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].to_string().starts_with("a.rs:2: `\u{EF}` (U+00EF) is not ASCII"), "{}", faults[0]);
    }
}
