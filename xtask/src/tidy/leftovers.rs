//! What is left to do has an issue, and what does not exist yet is not in the tree.

use super::{
    fault::Fault,
    tokens::tokens,
    tree::{File, Tree},
};

/// Words for work that is left; each needs an issue's number (`#12`) after it. Written so that this file is clean.
const WORDS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Macros that stand for code that is not there.
const HOLES: [&str; 2] = ["todo", "unimplemented"];
/// How the names of files end that a merge, a patch or an editor leaves behind.
const REMAINS: [&str; 4] = [".orig", ".rej", ".bak", "~"];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in REMAINS.into_iter().flat_map(|ending| tree.files(ending)) {
        faults.push(Fault::new(file.path, 1, "a file that some tool left behind", "remove it"));
    }
    for file in tree.files(".rs").chain(tree.files(".toml")).chain(tree.files(".ci/run")) {
        words(file, &mut faults);
        if file.path.ends_with(".rs") {
            holes(file, &mut faults);
        }
    }
    faults
}

fn words(file: File<'_>, faults: &mut Vec<Fault>) {
    for (line, number) in file.text.lines().zip(1..) {
        for word in WORDS {
            if after_word(line, word).is_some_and(|rest| !has_issue(rest)) {
                let remedy = format!("write `{word}(#12)` with the number of its issue, or do it now");
                faults.push(Fault::new(file.path, number, format!("{word} without an issue"), remedy));
            }
        }
    }
}

/// What stands after the word, if it stands there as a word of its own.
fn after_word<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut places = line.match_indices(word).map(|(at, _)| line.split_at(at));
    places.find_map(|(before, rest)| {
        let after = &rest[word.len()..];
        (!before.ends_with(is_part) && !after.starts_with(is_part)).then_some(after)
    })
}

fn has_issue(rest: &str) -> bool {
    rest.split('#').skip(1).any(|number| number.starts_with(|digit: char| digit.is_ascii_digit()))
}

fn holes(file: File<'_>, faults: &mut Vec<Fault>) {
    for pair in tokens(file.text).windows(2) {
        if HOLES.contains(&&*pair[0].text) && pair[1].text == "!" {
            let what = format!("`{}!` stands for code that is not there", pair[0].text);
            faults.push(Fault::new(file.path, pair[0].line, what, "write the code, or take the feature out"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, WORDS, check};

    fn faults(path: &str, text: &str) -> Vec<String> {
        check(&Tree::planted(&[(path, text)])).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn work_that_is_left_without_an_issue_is_found() {
        for word in WORDS {
            for path in ["a.rs", "Cargo.toml", ".ci/run"] {
                assert_eq!(faults(path, &format!("\n// {word}: later\n")).len(), 1, "{word} in {path}");
            }
            assert!(faults("a.rs", &format!("// {word}(#12): later")).is_empty(), "{word} with an issue");
            assert!(faults("a.rs", &format!("// A{word}, {word}_B")).is_empty(), "{word} inside of words");
        }
    }

    #[test]
    fn files_that_a_tool_left_behind_are_found() {
        for path in ["pool/src/pool.rs.orig", "a.rej", "Cargo.toml~"] {
            assert_eq!(faults(path, "").len(), 1, "{path}");
        }
    }

    #[test]
    fn code_that_is_not_there_is_found() {
        let code = "//! `todo!` in words.\nfn f() { todo!() }\nfn g() { unimplemented!(\"not yet\") }\nlet todo = 1;\n";
        let found = faults("a.rs", code);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("a.rs:2: `todo!`") && found[1].starts_with("a.rs:3: `unimplemented!`"));
    }
}
