//! `Workshop`: a copy of the workspace, in which mutants live. The workspace itself is never touched.

use std::{
    fs,
    path::{Path, PathBuf},
};

use xshell::cmd;

use super::{killer::Killer, mutant::Mutant, program::Program};
use crate::{
    console,
    error::Result,
    project::{Project, with_flags},
};

/// A copy of the workspace, with folders of its own to build into.
#[derive(Debug)]
pub(super) struct Workshop<'p> {
    project: &'p Project,
    copy: PathBuf,
    target: PathBuf,
}

/// A mutant in its file. Dropped, the file is as it was.
#[derive(Debug)]
pub(super) struct Applied {
    path: PathBuf,
    original: String,
}

impl<'p> Workshop<'p> {
    /// Makes the copy, or brings it up to date: a file that has not changed is not written, so that it is not built.
    pub(super) fn set_up(project: &'p Project) -> Result<Self> {
        let folder = project.target().join("mutants");
        let workshop = Self { project, copy: folder.join("workspace"), target: folder.join("target") };
        copy(project.root(), &workshop.copy, &project.target())?;
        Ok(workshop)
    }

    /// Puts a mutant into its file.
    pub(super) fn apply(&self, mutant: &Mutant) -> Result<Applied> {
        let path = self.copy.join(mutant.path());
        let original = fs::read_to_string(&path)?;
        fs::write(&path, mutant.applied_to(&original)?)?;
        Ok(Applied { path, original })
    }

    /// Builds what a killer runs.
    pub(super) fn build(&self, killer: Killer<'_>) -> Result<Program> {
        let shell = self.project.shell();
        let _copy = shell.push_dir(&self.copy);
        let what = killer.build();
        // Lines of code are not asked for, and half of the time goes into writing them down.
        let command = cmd!(shell, "cargo test --quiet --no-run --message-format=json {what...}")
            .env("CARGO_PROFILE_DEV_DEBUG", "none")
            .env("CARGO_INCREMENTAL", "1");
        let command = match killer.is_model() {
            true => command
                .env("RUSTFLAGS", with_flags("RUSTFLAGS", "--cfg loom"))
                .env("CARGO_TARGET_DIR", self.target.join("loom")),
            false => command.env("CARGO_TARGET_DIR", &self.target),
        };
        let finished = self.project.keep_quietly(command)?;
        if !finished.succeeded {
            console::line(finished.output);
            return Err(format!("it does not compile, so that nothing is known about it ({killer})").into());
        }
        Program::named_in(&finished.output)
    }

    /// The folder in which a killer runs.
    pub(super) fn folder(&self, killer: Killer<'_>) -> PathBuf {
        self.copy.join(killer.package())
    }
}

impl Drop for Applied {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.path, &self.original) {
            console::error(format_args!("cannot restore {}: {error}", self.path.display()));
        }
    }
}

/// Makes `to` the same as `from`, without what is built: the folder `to` itself may be in there.
fn copy(from: &Path, to: &Path, built: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !from.join(entry.file_name()).exists() {
            match entry.file_type()?.is_dir() {
                true => fs::remove_dir_all(entry.path())?,
                false => fs::remove_file(entry.path())?,
            }
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (here, there) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == ".git" {
            continue;
        }
        if entry.file_type()?.is_file() {
            let bytes = fs::read(&here)?;
            if fs::read(&there).ok().as_ref() != Some(&bytes) {
                fs::write(&there, bytes)?;
            }
        } else if entry.file_type()?.is_dir() && here != built && !is_built_into(&here) {
            copy(&here, &there, built)?;
        }
    }
    Ok(())
}

/// Cargo leaves a mark in the folders that it builds into.
fn is_built_into(folder: &Path) -> bool {
    folder.join("CACHEDIR.TAG").is_file()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::copy;

    #[test]
    fn a_copy_follows_its_original_and_leaves_out_what_is_built() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(from.path().join("built")).unwrap();
        fs::write(from.path().join("built/CACHEDIR.TAG"), "").unwrap();
        let target = from.path().join("target");
        fs::create_dir_all(target.join("debug")).unwrap();
        fs::create_dir_all(from.path().join("pool/src")).unwrap();
        fs::write(from.path().join("pool/src/a.rs"), "old").unwrap();
        copy(from.path(), to.path(), &target).unwrap();
        let written = fs::metadata(to.path().join("pool/src/a.rs")).unwrap().modified().unwrap();
        assert!(!to.path().join("built").exists() && !to.path().join("target").exists());

        fs::write(from.path().join("pool/src/b.rs"), "new").unwrap();
        fs::write(to.path().join("pool/src/gone.rs"), "gone").unwrap();
        copy(from.path(), to.path(), &target).unwrap();
        let unchanged = fs::metadata(to.path().join("pool/src/a.rs")).unwrap().modified().unwrap();
        assert_eq!(unchanged, written, "a file that has not changed must not be built again");
        assert_eq!(fs::read_to_string(to.path().join("pool/src/b.rs")).unwrap(), "new");
        assert!(!to.path().join("pool/src/gone.rs").exists());
    }
}
