//! `Folder`: where a server keeps its data. Its supervisor removes it; what could not be is removed here.

use crate::error::{Error, doing};
use crate::user::User;
use std::fs;
use std::path::{Path, PathBuf};

/// A temporary folder that belongs to the user whom the server runs as.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(crate) fn new(user: User) -> Result<Self, Error> {
        let made = tempfile::Builder::new().prefix("cenote-server-").tempdir();
        let path = doing("a temporary folder", made)?.keep();
        user.owns(&path)?;
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The end of the server's log.
    pub(crate) fn log(&self) -> String {
        const SHOWN: usize = 20;
        let log = fs::read_to_string(self.log_file()).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(SHOWN)..].join("\n")
    }

    pub(crate) fn log_file(&self) -> PathBuf {
        self.path.join("log")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It is gone already where a supervisor was started in it.
        let _ = fs::remove_dir_all(&self.path);
    }
}
