//! `lib.rs` and `mod.rs` of the core are doors: documentation, `mod` and `pub use`, and no item of their own.

use super::{
    fault::Fault,
    tokens::{Token, after_attributes, after_group, after_visibility, text, tokens, without_test_modules},
    tree::Tree,
};

/// The folder of the core, whose doors are checked.
const SOURCES: &str = "pool/src/";

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.files(".rs") {
        let is_door = file.path.ends_with("/lib.rs") || file.path.ends_with("/mod.rs");
        if is_door && file.path.starts_with(SOURCES) {
            let tokens = without_test_modules(&tokens(file.text));
            faults.extend(strangers(&tokens).into_iter().map(|token| fault(file.path, token)));
        }
    }
    faults
}

/// The first token of each item that does not belong into a door.
fn strangers(tokens: &[Token]) -> Vec<&Token> {
    let (mut strangers, mut at) = (Vec::new(), 0);
    loop {
        at = after_attributes(tokens, at);
        let item = after_visibility(tokens, at);
        let is_public = item > at;
        let Some(token) = tokens.get(item) else { return strangers };
        let is_door = match &*token.text {
            "use" => is_public,
            // A module in braces may stand here if it is a door itself. Its closing brace is read as an item.
            "mod" if text(tokens, item + 2) == "{" => {
                at = item + 3;
                continue;
            }
            "mod" | "}" => true,
            _ => false,
        };
        if !is_door {
            strangers.push(token);
        }
        at = if token.text == "}" { item + 1 } else { after_item(tokens, item) };
    }
}

/// The place after the `;` or the braces that end the item.
fn after_item(tokens: &[Token], mut at: usize) -> usize {
    let is_use = text(tokens, at) == "use";
    while at < tokens.len() {
        match text(tokens, at) {
            ";" => return at + 1,
            "{" if !is_use => return after_group(tokens, at),
            "(" | "[" | "{" => at = after_group(tokens, at),
            _ => at += 1,
        }
    }
    at
}

fn fault(path: &str, token: &Token) -> Fault {
    let what = format!("an item that begins with `{}` lives in a door", token.text);
    Fault::new(
        path,
        token.line,
        what,
        "move it to a file of its own; only docs, `mod` and `pub use` stand here",
    )
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    fn faults(path: &str, code: &str) -> Vec<String> {
        check(&Tree::planted(&[(path, code)])).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_door_may_hold_docs_modules_and_exports() {
        let code = "//! Docs.\n#![cfg_attr(docsrs, feature(doc_cfg))]\nmod a;\n#[doc(hidden)]\npub mod testing {\n    \
            pub use crate::time::{Clock, ManualClock};\n}\npub(crate) use a::{B, c::D};\n\
            #[cfg(test)]\nmod tests {\n    fn f() {}\n}\n";
        assert_eq!(faults("pool/src/lib.rs", code), Vec::<String>::new());
    }

    #[test]
    fn every_other_item_is_found_once() {
        let code = "//! Docs.\nuse a::B;\nmod a;\npub fn f() { let x = 1; }\nconst C: [u8; 2] = [1, 2];\n\
            pub struct S { x: u8 }\nimpl S { fn g() {} }\npub use a::D;\n";
        let found = faults("pool/src/strategy/mod.rs", code);
        let lines = found.iter().map(|fault| fault.split(':').nth(1).unwrap()).collect::<Vec<_>>();
        assert_eq!(lines, ["2", "4", "5", "6", "7"], "{found:?}");
    }

    #[test]
    fn other_files_may_hold_items() {
        assert_eq!(faults("pool/src/pool.rs", "pub fn f() {}"), Vec::<String>::new());
    }
}
