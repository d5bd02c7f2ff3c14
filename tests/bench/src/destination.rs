//! `Destination`: where something of the run is written: tried before, written after.

use std::error::Error;
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// A file that one can write, or a folder that one can write files into.
#[derive(Debug)]
pub(crate) struct Destination {
    argument: &'static str,
    path: PathBuf,
}

/// Nothing can be written there.
#[derive(Debug)]
pub(crate) struct Unwritable {
    argument: &'static str,
    path: PathBuf,
    cause: io::Error,
}

impl Destination {
    /// Tries a file by opening it. One that was not there before is not there afterwards.
    pub(crate) fn file(argument: &'static str, path: &Path) -> Result<Self, Unwritable> {
        let destination = Self { argument, path: path.to_owned() };
        let is_new = !path.exists();
        let open = OpenOptions::new().append(true).create(true).open(path);
        let tried = open.and_then(|_| if is_new { fs::remove_file(path) } else { Ok(()) });
        destination.accept(tried)
    }

    /// Tries a folder, which is made if it is not there, with a file that vanishes.
    pub(crate) fn folder(argument: &'static str, path: &Path) -> Result<Self, Unwritable> {
        let destination = Self { argument, path: path.to_owned() };
        let tried = fs::create_dir_all(path).and_then(|()| tempfile::tempfile_in(path));
        destination.accept(tried.map(drop))
    }

    pub(crate) fn write(&self, text: &str) -> Result<(), Unwritable> {
        fs::write(&self.path, text).map_err(|cause| self.unwritable(cause))
    }

    /// Writes a file into the folder.
    pub(crate) fn write_into(&self, name: impl AsRef<OsStr>, text: &str) -> Result<(), Unwritable> {
        let path = self.path.join(name.as_ref());
        Self { argument: self.argument, path }.write(text)
    }

    fn accept(self, tried: io::Result<()>) -> Result<Self, Unwritable> {
        match tried {
            Ok(()) => Ok(self),
            Err(cause) => Err(self.unwritable(cause)),
        }
    }

    fn unwritable(&self, cause: io::Error) -> Unwritable {
        Unwritable { argument: self.argument, path: self.path.clone(), cause }
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { argument, path, cause } = self;
        write!(f, "{argument}: `{}` cannot be written ({cause}); ", path.display())?;
        f.write_str("name one that you may write, in a folder that exists")
    }
}

impl Error for Unwritable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (new, old) = (folder.path().join("new"), folder.path().join("old"));
        fs::write(&old, "text").unwrap();
        Destination::file("--json", &new).unwrap();
        Destination::file("--json", &old).unwrap();
        assert!(!new.exists());
        assert_eq!(fs::read_to_string(&old).unwrap(), "text");
    }

    #[test]
    fn a_folder_is_made_and_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        Destination::folder("--svg", &path).unwrap().write_into("c.svg", "picture").unwrap();
        assert_eq!(fs::read_to_string(path.join("c.svg")).unwrap(), "picture");
    }

    #[test]
    fn what_cannot_be_written_names_its_argument_and_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere/figures.json");
        let error = Destination::file("--json", &nowhere).unwrap_err().to_string();
        assert!(error.starts_with("--json: `") && error.contains("nowhere/figures.json"), "{error}");
        let taken = folder.path().join("taken");
        fs::write(&taken, "").unwrap();
        let error = Destination::folder("--svg", &taken).unwrap_err().to_string();
        assert!(error.starts_with("--svg: `"), "{error}");
    }
}
