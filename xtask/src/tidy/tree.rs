//! `Tree`: the files of the workspace, read once for all checks.

use std::{collections::BTreeMap, fs, path::Path};

use crate::error::Result;

/// What cargo and git keep beside the sources.
const NOT_OURS: [&str; 2] = [".git", "target"];

/// The files and folders of the workspace by their path from its root, with `/` between the parts.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The text of each file that is text, and nothing for a folder or any other file.
    texts: BTreeMap<String, Option<String>>,
}

/// A text file of the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'t> {
    pub(super) path: &'t str,
    pub(super) text: &'t str,
}

impl Tree {
    /// Reads the tree below `root`. Links to elsewhere are not followed.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        tree.read_folder(root, "")?;
        Ok(tree)
    }

    /// A tree that exists nowhere but in a test.
    #[cfg(test)]
    pub(super) fn planted(files: &[(&str, &str)]) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            for (at, _) in path.match_indices('/') {
                tree.texts.insert(path[..at].to_owned(), None);
            }
            tree.texts.insert((*path).to_owned(), Some((*text).to_owned()));
        }
        tree
    }

    /// The text files whose names end in this way.
    pub(super) fn files(&self, ending: &str) -> impl Iterator<Item = File<'_>> {
        let texts = self.texts.iter().filter_map(|(path, text)| Some(File { path, text: text.as_deref()? }));
        texts.filter(move |file| file.path.ends_with(ending))
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path)?.as_deref()
    }

    /// Whether there is such a file or folder. The empty path is the root.
    pub(super) fn holds(&self, path: &str) -> bool {
        path.is_empty() || self.texts.contains_key(path)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Result {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if NOT_OURS.contains(&&*name) {
                continue;
            }
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), &format!("{path}/"))?;
                self.texts.insert(path, None);
            } else {
                let text = fs::read(entry.path()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                self.texts.insert(path, text);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Tree;

    #[test]
    fn a_tree_on_the_disk_is_read_without_build_output() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["pool/src", "target/debug", ".git"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("pool/src/lib.rs"), "//! Text.").unwrap();
        fs::write(root.path().join("pool/picture.png"), [0xff, 0xfe]).unwrap();
        fs::write(root.path().join("target/debug/built.rs"), "").unwrap();
        let tree = Tree::read(root.path()).unwrap();
        assert_eq!(tree.files(".rs").map(|file| file.path).collect::<Vec<_>>(), ["pool/src/lib.rs"]);
        assert_eq!(tree.text("pool/src/lib.rs"), Some("//! Text."));
        assert!(tree.holds("pool/picture.png") && tree.holds("pool") && tree.holds(""));
        assert!(!tree.holds("target/debug/built.rs") && tree.text("pool/picture.png").is_none());
    }
}
