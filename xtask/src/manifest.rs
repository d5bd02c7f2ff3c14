//! `Manifest`: as much of a `Cargo.toml` as the checks need, with line numbers.

/// The entries of a `Cargo.toml` in their order.
#[derive(Debug)]
pub(crate) struct Manifest {
    entries: Vec<Entry>,
}

/// One `key = value`, with the section that it stands in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) section: String,
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) line: usize,
}

/// A crate that a manifest depends on, by the name of its package.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub(crate) package: String,
    pub(crate) line: usize,
}

impl Manifest {
    /// Reads a manifest. What is not `[section]` or `key = value` is skipped: cargo itself reports it.
    pub(crate) fn read(text: &str) -> Self {
        let (mut section, mut entries) = (String::new(), Vec::<Entry>::new());
        let mut open_brackets = 0;
        for (number, raw) in (1..).zip(text.lines()) {
            let line = without_comment(raw).trim();
            if open_brackets > 0 {
                open_brackets += brackets(line);
                if let Some(entry) = entries.last_mut() {
                    entry.value.push_str(line);
                }
            } else if line.starts_with('[') {
                section = line.trim_matches(['[', ']', ' ']).to_owned();
            } else if let Some((key, value)) = line.split_once('=') {
                let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
                open_brackets = brackets(&value);
                entries.push(Entry { section: section.clone(), key, value, line: number });
            }
        }
        Self { entries }
    }

    pub(crate) fn entry(&self, section: &str, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.section == section && entry.key == key)
    }

    /// The text of `key = "text"`.
    pub(crate) fn text(&self, section: &str, key: &str) -> Option<&str> {
        self.entry(section, key).map(|entry| unquoted(&entry.value))
    }

    /// The texts of `key = ["a", "b"]`.
    pub(crate) fn texts(&self, section: &str, key: &str) -> Vec<&str> {
        let value = self.entry(section, key).map_or("", |entry| &entry.value);
        value.split('"').skip(1).step_by(2).collect()
    }

    /// Every `key = "text"` of a section that may stand many times, such as `[[test]]`.
    pub(crate) fn each_text(&self, section: &str, key: &str) -> Vec<&str> {
        let fitting = self.entries.iter().filter(|entry| entry.section == section && entry.key == key);
        fitting.map(|entry| unquoted(&entry.value)).collect()
    }

    /// Whether `key` is taken from the workspace: `key.workspace = true` or `key = { workspace = true }`.
    pub(crate) fn inherits(&self, section: &str, key: &str) -> bool {
        let dotted = self.entry(section, &format!("{key}.workspace"));
        let inline = self.entry(section, key);
        dotted.is_some_and(|entry| entry.value == "true")
            || inline.is_some_and(|entry| entry.value.replace(' ', "").contains("workspace=true"))
    }

    /// Everything that the package depends on: to run, to be tested, to be built, on any platform.
    pub(crate) fn dependencies(&self) -> Vec<Dependency> {
        let mut dependencies = Vec::<Dependency>::new();
        for entry in &self.entries {
            let Some(named) = dependency_of(entry) else { continue };
            let package = renamed(entry).unwrap_or(named).to_owned();
            if !dependencies.iter().any(|known| known.package == package && known.line == entry.line) {
                dependencies.push(Dependency { package, line: entry.line });
            }
        }
        dependencies
    }
}

/// The name under which the entry declares a dependency, if it does.
fn dependency_of(entry: &Entry) -> Option<&str> {
    const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
    let is_kind = |section: &str| {
        KINDS.iter().any(|kind| {
            section.strip_suffix(kind).is_some_and(|target| {
                target.is_empty() || (target.starts_with("target.") && target.ends_with('.'))
            })
        })
    };
    if is_kind(&entry.section) {
        return entry.key.split('.').next();
    }
    let (section, name) = entry.section.rsplit_once('.')?;
    is_kind(section).then_some(name)
}

/// The `package = ".."` of a dependency that goes by another name here.
fn renamed(entry: &Entry) -> Option<&str> {
    if entry.key == "package" {
        return Some(unquoted(&entry.value));
    }
    let (_, rest) = entry.value.split_once("package")?;
    rest.trim_start().strip_prefix('=')?.split('"').nth(1)
}

fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\''])
}

/// The line up to a `#` that stands outside of quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (None, '#') => return &line[..at],
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    line
}

/// How many brackets the text opens beyond those that it closes.
fn brackets(text: &str) -> isize {
    let count = |bracket: char| text.matches(bracket).count().cast_signed();
    count('[') - count(']') + count('{') - count('}')
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    const TEXT: &str = r##"
[package] # the crate
name = "cenote-example"
version.workspace = true
edition = { workspace = true }
description = "a # that is no comment"

[[test]]
name = "laws"
harness = false

[[test]]
name = "footprint"

[workspace]
members = [
    "pool", # the core
    "tests",
]

[dependencies]
cenote.workspace = true
driver = { package = "rusqlite", version = "1" }

[target.'cfg(target_os = "linux")'.dev-dependencies.tempfile]
version = "3"
features = ["nightly"]
"##;

    #[test]
    fn texts_lists_and_repeated_sections_are_found() {
        let manifest = Manifest::read(TEXT);
        assert_eq!(manifest.text("package", "name"), Some("cenote-example"));
        assert_eq!(manifest.text("package", "description"), Some("a # that is no comment"));
        assert_eq!(manifest.texts("workspace", "members"), ["pool", "tests"]);
        assert_eq!(manifest.each_text("test", "name"), ["laws", "footprint"]);
        assert_eq!(manifest.entry("package", "name").map(|entry| entry.line), Some(3));
    }

    #[test]
    fn both_spellings_of_inheritance_count() {
        let manifest = Manifest::read(TEXT);
        assert!(manifest.inherits("package", "version") && manifest.inherits("package", "edition"));
        assert!(!manifest.inherits("package", "name"));
    }

    #[test]
    fn dependencies_are_found_in_every_spelling() {
        let found = Manifest::read(TEXT).dependencies();
        let mut names = found.iter().map(|dependency| &*dependency.package).collect::<Vec<_>>();
        names.dedup();
        assert_eq!(names, ["cenote", "rusqlite", "tempfile"]);
    }
}
