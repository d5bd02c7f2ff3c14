//! `Project`: where the workspace is, and how cargo is run in it.

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use xshell::{Cmd, Shell};

use crate::{console, error::Result};

/// The workspace that this program belongs to.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
    shell: Shell,
}

/// What a command said on its standard output, and how it ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) succeeded: bool,
    pub(crate) output: String,
}

impl Project {
    /// Finds the workspace: the folder above this package.
    pub(crate) fn find() -> Result<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().ok_or("run this as `cargo xtask` inside the workspace")?;
        let shell = Shell::new()?;
        shell.change_dir(root);
        Ok(Self { root: root.to_owned(), shell })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn shell(&self) -> &Shell {
        &self.shell
    }

    /// The folder that cargo builds into: the one that this very program lies in, wherever it was moved to.
    pub(crate) fn target(&self) -> PathBuf {
        let program = env::current_exe().unwrap_or_default();
        let tagged = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
        tagged.map_or_else(|| self.root.join("target"), Path::to_owned)
    }

    /// Runs a command whose output nobody counts; what it prints goes straight to the terminal.
    pub(crate) fn succeeds(&self, command: Cmd<'_>) -> Result<bool> {
        console::line(format_args!("$ {command}"));
        let name = command.to_string();
        let status = Command::from(command).stdin(Stdio::null()).status();
        Ok(status.map_err(|error| cannot_run(&name, &error))?.success())
    }

    /// Runs a command, shows what it prints, and keeps its standard output.
    pub(crate) fn show_and_keep(&self, command: Cmd<'_>) -> Result<Finished> {
        console::line(format_args!("$ {command}"));
        self.keep(command, true)
    }

    /// Runs a command and keeps its standard output without showing it.
    pub(crate) fn keep_quietly(&self, command: Cmd<'_>) -> Result<Finished> {
        self.keep(command, false)
    }

    fn keep(&self, command: Cmd<'_>, show: bool) -> Result<Finished> {
        let name = command.to_string();
        let mut child = Command::from(command)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| cannot_run(&name, &error))?;
        let mut reader = BufReader::new(child.stdout.take().ok_or("the child has no standard output")?);
        let (mut output, mut bytes) = (String::new(), Vec::new());
        while reader.read_until(b'\n', &mut bytes)? > 0 {
            let line = String::from_utf8_lossy(&bytes);
            if show {
                console::line(line.trim_end_matches(['\n', '\r']));
            }
            output.push_str(&line);
            bytes.clear();
        }
        Ok(Finished { succeeded: child.wait()?.success(), output })
    }
}

/// `flags` added to what the variable `name` already holds, so that nobody's own flags are lost.
pub(crate) fn with_flags(name: &str, flags: &str) -> String {
    match env::var(name) {
        Ok(own) if !own.trim().is_empty() => format!("{own} {flags}"),
        _ => flags.to_owned(),
    }
}

fn cannot_run(command: &str, error: &std::io::Error) -> String {
    format!("cannot run `{command}` ({error}); is Rust installed, and is cargo on the PATH?")
}
