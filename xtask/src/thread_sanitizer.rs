//! `ThreadSanitizer`: what it takes to have it watch a program, and whether that is to be had here.

use std::{env::consts, fs, path::PathBuf};

use xshell::{Cmd, cmd};

use crate::{
    error::Result,
    project::{Project, with_flags},
};

/// The folder, flags and variables with which cargo builds and runs under ThreadSanitizer.
#[derive(Debug)]
pub(crate) struct ThreadSanitizer {
    target: &'static str,
    folder: PathBuf,
}

/// std itself is not rebuilt: the second flag allows that.
const FLAGS: &str = "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer";

/// The last owner of an `Arc` orders itself after the others by a fence, which ThreadSanitizer does not understand:
/// it takes the end of what they shared for a race.
const SUPPRESSIONS: &str = "\
race:^<alloc::sync::Arc<*>>::drop_slow
race:^<alloc::sync::Weak<*as core::ops::drop::Drop>::drop$
";

impl ThreadSanitizer {
    /// Tries it on a program that does nothing.
    pub(crate) fn set_up(project: &Project) -> Result<Self> {
        let target = match (consts::OS, consts::ARCH) {
            ("linux", "x86_64") => "x86_64-unknown-linux-gnu",
            ("linux", "aarch64") => "aarch64-unknown-linux-gnu",
            (system, processor) => {
                return Err(format!(
                    "ThreadSanitizer is not used here: {system} on {processor} is neither \
                    x86_64 nor aarch64 Linux"
                )
                .into());
            }
        };
        let sanitizer = Self { target, folder: project.target().join("thread-sanitizer") };
        fs::create_dir_all(&sanitizer.folder)?;
        fs::write(sanitizer.suppressions(), SUPPRESSIONS)?;
        sanitizer.try_out(project)?;
        Ok(sanitizer)
    }

    /// What cargo is to build for. Named, so that the flags are not for build scripts.
    pub(crate) fn target(&self) -> [&'static str; 2] {
        ["--target", self.target]
    }

    /// The same command under ThreadSanitizer.
    pub(crate) fn watch<'s>(&self, command: Cmd<'s>) -> Cmd<'s> {
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", with_flags("RUSTFLAGS", FLAGS))
            .env("CARGO_TARGET_DIR", &self.folder)
            .env("TSAN_OPTIONS", format!("suppressions={}", self.suppressions().display()))
    }

    fn suppressions(&self) -> PathBuf {
        self.folder.join("suppressions")
    }

    fn try_out(&self, project: &Project) -> Result {
        let (source, program) = (self.folder.join("try-out.rs"), self.folder.join("try-out"));
        fs::write(&source, "fn main() {}\n")?;
        let flags = FLAGS.split(' ');
        let target = self.target();
        let build = cmd!(project.shell(), "rustc {flags...} {target...} -o {program} {source}");
        let build = build.env("RUSTC_BOOTSTRAP", "1");
        for (command, words) in
            [(build, "this toolchain"), (cmd!(project.shell(), "{program}"), "this system")]
        {
            if !project.succeeds(command)? {
                return Err(
                    format!("ThreadSanitizer is not to be had with {words}; it says above why").into()
                );
            }
        }
        Ok(())
    }
}
