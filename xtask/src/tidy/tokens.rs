//! `Token`: a word or a mark of Rust code, and the groups that they form.

use super::rust_code::blanked;

/// A word, `::`, or any other single mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) line: usize,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
    }
}

/// All tokens of the code; comments and literal texts are none.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (line, code) in (1..).zip(blanked(text).lines()) {
        let mut rest = code.trim_start();
        while let Some(first) = rest.chars().next() {
            let word =
                rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                word => word,
            };
            tokens.push(Token { text: rest[..length].to_owned(), line });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// The text of the token at this place, or nothing beyond the end.
pub(super) fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| &token.text)
}

/// The place after the bracket that closes the one at `open`.
pub(super) fn after_group(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match &*token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The place after the attributes (`#[..]`, `#![..]`) that begin at `at`.
pub(super) fn after_attributes(tokens: &[Token], mut at: usize) -> usize {
    while text(tokens, at) == "#" {
        let open = if text(tokens, at + 1) == "!" { at + 2 } else { at + 1 };
        at = after_group(tokens, open);
    }
    at
}

/// The place after `pub` or `pub(..)`, if it stands at `at`.
pub(super) fn after_visibility(tokens: &[Token], at: usize) -> usize {
    match (text(tokens, at), text(tokens, at + 1)) {
        ("pub", "(") => after_group(tokens, at + 1),
        ("pub", _) => at + 1,
        _ => at,
    }
}

/// The tokens without the modules that exist only in tests: `#[cfg(test)] mod ..` and
/// `#[cfg(all(test, ..))] mod ..`, with what stands in them.
pub(super) fn without_test_modules(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = after_test_module(tokens, at) {
            at = end;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

fn after_test_module(tokens: &[Token], at: usize) -> Option<usize> {
    if text(tokens, at) != "#" || text(tokens, at + 1) != "[" {
        return None;
    }
    let item = after_visibility(tokens, after_attributes(tokens, at));
    let attributes = tokens.get(at..item)?;
    let is_test = |start: &[&str]| {
        attributes
            .windows(start.len())
            .any(|window| window.iter().zip(start).all(|(token, text)| token.text == *text))
    };
    let for_tests = is_test(&["cfg", "(", "test", ")"]) || is_test(&["cfg", "(", "all", "(", "test", ","]);
    if !for_tests || text(tokens, item) != "mod" {
        return None;
    }
    match text(tokens, item + 2) {
        "{" => Some(after_group(tokens, item + 2)),
        _ => Some(item + 3),
    }
}

#[cfg(test)]
mod tests {
    use super::{tokens, without_test_modules};

    fn kept(text: &str) -> String {
        let kept = without_test_modules(&tokens(text));
        kept.iter().map(|token| &*token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tokens_know_their_lines() {
        let tokens = tokens("use a::b;\n\n// no\nfn f() {}\n");
        let found = tokens.iter().map(|token| (&*token.text, token.line)).collect::<Vec<_>>();
        let expected = [("use", 1), ("a", 1), ("::", 1), ("b", 1), (";", 1), ("fn", 4), ("f", 4)];
        assert_eq!(found[..7], expected);
    }

    #[test]
    fn test_modules_go_and_nothing_else() {
        assert_eq!(kept("a #[cfg(test)] mod tests { use crate::x; { } } b"), "a b");
        assert_eq!(kept("a #[cfg(all(test, loom))] #[allow(x)] pub(crate) mod models { } b"), "a b");
        assert_eq!(kept("a #[cfg(test)] mod tests; b"), "a b");
        assert_eq!(kept("#[cfg(not(test))] mod real { b }"), "# [ cfg ( not ( test ) ) ] mod real { b }");
        assert_eq!(kept("#[cfg(loom)] mod m { b }"), "# [ cfg ( loom ) ] mod m { b }");
    }
}
