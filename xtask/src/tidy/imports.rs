//! `Import`: what a module names in other modules of its crate, by `use` or in the middle of code.

use super::tokens::{Token, after_attributes, after_group, after_visibility, text, without_test_modules};

/// A path into the module's own crate, counted from its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

/// All imports of the module at `module` (its path from the root of its crate), tests aside.
pub(super) fn imports(module: &[String], tokens: &[Token]) -> Vec<Import> {
    let tokens = without_test_modules(tokens);
    let mut reader = Reader {
        module,
        children: children(&tokens),
        tokens: &tokens,
        inline: Vec::new(),
        depth: 0,
        found: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at);
    }
    reader.found
}

/// The modules that this one declares to lie in files of their own (`mod name;`).
fn children(tokens: &[Token]) -> Vec<String> {
    let declared = tokens.windows(3).filter(|window| window[0].text == "mod" && window[2].text == ";");
    declared.map(|window| window[1].text.clone()).collect()
}

#[derive(Debug)]
struct Reader<'t> {
    module: &'t [String],
    children: Vec<String>,
    tokens: &'t [Token],
    /// How deep in braces each `mod name { .. }` began that has not ended yet.
    inline: Vec<usize>,
    depth: usize,
    found: Vec<Import>,
}

impl Reader<'_> {
    /// Reads what begins at `at`, and gives the place after it.
    fn step(&mut self, at: usize) -> usize {
        match text(self.tokens, at) {
            "use" if text(self.tokens, at + 1) != "<" => {
                let end = self.use_tree(at + 1, &[]);
                return end.max(at + 1);
            }
            "pub" => return self.visibility(at),
            "#" => return after_attributes(self.tokens, at).max(at + 1),
            "mod" if text(self.tokens, at + 2) == "{" => {
                self.inline.push(self.depth);
                self.depth += 1;
                return at + 3;
            }
            "{" => self.depth += 1,
            "}" => {
                self.depth = self.depth.saturating_sub(1);
                self.inline.pop_if(|began| *began == self.depth);
            }
            _ if self.begins_path(at) => return self.path(at),
            _ => {}
        }
        at + 1
    }

    /// `pub(in crate::a)` names an ancestor that may see the item, which is no import. `pub (crate::a::B)` is a type.
    fn visibility(&self, at: usize) -> usize {
        let is_visibility = text(self.tokens, at + 2) == "in" || text(self.tokens, at + 3) == ")";
        if is_visibility { after_visibility(self.tokens, at) } else { at + 1 }
    }

    fn begins_path(&self, at: usize) -> bool {
        let before = if at == 0 { "" } else { text(self.tokens, at - 1) };
        text(self.tokens, at + 1) == "::" && before != "::" && self.tokens[at].is_word()
    }

    /// A path in the middle of code: it ends before what is no word, such as the `<` of `a::b::<T>`.
    fn path(&mut self, at: usize) -> usize {
        let mut segments = vec![self.tokens[at].text.clone()];
        let mut end = at + 1;
        while text(self.tokens, end) == "::" && self.tokens.get(end + 1).is_some_and(Token::is_word) {
            segments.push(self.tokens[end + 1].text.clone());
            end += 2;
        }
        self.note(&segments, self.tokens[at].line);
        end
    }

    /// `a::b`, `a::{b, c::d}`, `a::*`, `a as b`: one import for each leaf.
    fn use_tree(&mut self, mut at: usize, prefix: &[String]) -> usize {
        let mut segments = prefix.to_vec();
        if text(self.tokens, at) == "::" {
            // `use ::name` is another crate.
            segments.push(String::new());
            at += 1;
        }
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        while self.tokens.get(at).is_some_and(Token::is_word) {
            if text(self.tokens, at) != "self" || segments.is_empty() {
                segments.push(self.tokens[at].text.clone());
            }
            at += 1;
            if text(self.tokens, at) != "::" {
                break;
            }
            at += 1;
        }
        if text(self.tokens, at) == "{" {
            let end = after_group(self.tokens, at);
            at += 1;
            while at + 1 < end {
                at = if text(self.tokens, at) == "," {
                    at + 1
                } else {
                    self.use_tree(at, &segments).max(at + 1)
                };
            }
            return end;
        }
        self.note(&segments, line);
        while at < self.tokens.len() && ![",", ";", "}"].contains(&text(self.tokens, at)) {
            at += 1;
        }
        if text(self.tokens, at) == "}" { at } else { at + 1 }
    }

    fn note(&mut self, segments: &[String], line: usize) {
        if let Some(path) = self.counted_from_root(segments) {
            self.found.push(Import { path, line });
        }
    }

    /// The path counted from the crate's root; nothing for another crate or for an inline module of this file.
    fn counted_from_root(&self, segments: &[String]) -> Option<Vec<String>> {
        let supers = segments.iter().take_while(|segment| *segment == "super" || *segment == "self");
        let upward = supers.clone().filter(|segment| *segment == "super").count();
        let rest = &segments[supers.count()..];
        match segments.first().map(String::as_str)? {
            "crate" => Some(segments[1..].to_vec()),
            "self" | "super" => {
                let above = upward.checked_sub(self.inline.len())?;
                let kept = self.module.len().checked_sub(above)?;
                Some([&self.module[..kept], rest].concat())
            }
            first if self.inline.is_empty() && self.children.iter().any(|child| child == first) => {
                Some([self.module, segments].concat())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tokens::tokens, imports};

    fn found(module: &str, code: &str) -> Vec<String> {
        let module = module.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let imports = imports(&module, &tokens(code));
        imports.iter().map(|import| format!("{}:{}", import.line, import.path.join("::"))).collect()
    }

    #[test]
    fn every_leaf_of_a_nested_use_is_found() {
        let code = "use crate::{a::X, b::{Y, c::{self, Z as W}},\n d::*,};\nuse std::fmt;\nuse crate::e;";
        assert_eq!(found("m", code), ["1:a::X", "1:b::Y", "1:b::c", "1:b::c::Z", "2:d", "4:e"]);
    }

    #[test]
    fn super_and_self_are_counted_from_the_module() {
        assert_eq!(
            found("strategy/queue", "use super::{contract::Store, super::time::Clock};"),
            ["1:strategy::contract::Store", "1:time::Clock"]
        );
        assert_eq!(
            found("strategy", "mod queue; pub use self::queue::Queue; pub use queue::Order;"),
            ["1:strategy::queue::Queue", "1:strategy::queue::Order"]
        );
    }

    #[test]
    fn paths_in_code_are_found() {
        assert_eq!(found("m", "fn f() -> crate::a::B { crate::c::d::<u8>(1) }"), ["1:a::B", "1:c::d"]);
        assert_eq!(found("x/m", "fn f(s: super::y::S) {}"), ["1:x::y::S"]);
    }

    #[test]
    fn comments_strings_tests_and_visibility_are_no_imports() {
        let code = "/// [`crate::a::B`]\n// crate::c\nconst S: &str = \"crate::d::e\";\npub(in crate::f) fn g() {}\n\
            pub(crate) struct H(pub(crate) u8);\n#[cfg(test)]\nmod tests { use crate::i; }\n";
        assert_eq!(found("m", code), Vec::<String>::new());
    }

    #[test]
    fn super_inside_an_inline_module_is_the_file_itself() {
        assert_eq!(
            found("x/m", "mod imp { use super::*; use super::super::y::Z; } use super::w::V;"),
            ["1:x::m", "1:x::y::Z", "1:x::w::V"]
        );
    }

    #[test]
    fn other_crates_and_own_names_are_no_imports() {
        assert_eq!(
            found("m", "use ::loom::sync; use parking_lot::Mutex; fn f() { Mutex::new(1); a.b::<C>() }"),
            [""; 0]
        );
    }
}
