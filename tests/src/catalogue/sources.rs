//! `Sources`: the Rust files of the workspace, in which named tests are looked for.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// The Rust files of the core, the adapters and this suite, by their path from the workspace's root.
#[derive(Debug)]
pub(super) struct Sources(BTreeMap<String, String>);

impl Sources {
    /// Reads them.
    pub(super) fn read() -> io::Result<Self> {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let mut sources = Self(BTreeMap::new());
        for folder in ["pool/src", "adapters", "tests/it", "tests/mistakes/cases"] {
            sources.read_folder(&root.join(folder), folder)?;
        }
        Ok(sources)
    }

    /// Whether a file whose path begins so has a test of this name.
    pub(super) fn has_test(&self, path: &str, name: &str) -> bool {
        let head = format!("fn {name}()");
        let files = self.0.iter().filter(|(known, _)| known.starts_with(path));
        files
            .flat_map(|(_, text)| text.lines().zip(text.lines().skip(1)))
            .any(|(attribute, line)| attribute.trim() == "#[test]" && line.trim_start().starts_with(&head))
    }

    /// Whether there is a case that must not compile, with one beside it that does.
    pub(super) fn has_case(&self, name: &str) -> bool {
        ["wrong", "right"]
            .iter()
            .all(|side| self.0.contains_key(&format!("tests/mistakes/cases/{name}_{side}.rs")))
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), &path)?;
            } else if path.ends_with(".rs") {
                self.0.insert(path, fs::read_to_string(entry.path())?);
            }
        }
        Ok(())
    }
}
