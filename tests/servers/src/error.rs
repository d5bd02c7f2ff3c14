//! `Error`: why there is no server.

use std::{io, path::PathBuf};

/// Why there is no server. Each says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The programs are not on this machine.
    #[error(
        "{program} is not on this machine; `cargo xtask servers fetch` unpacks it under target/ where the system has apt \
         (nothing is installed), else install {package} or {instead}"
    )]
    Missing {
        /// The program that was looked for.
        program: &'static str,
        /// The package that has it.
        package: &'static str,
        /// What can be done instead.
        instead: &'static str,
    },
    /// A package could not be had.
    #[error("`{command}` failed, so that {packages} cannot be unpacked:\n{output}")]
    Package {
        /// What was run.
        command: String,
        /// What it was to bring.
        packages: String,
        /// What it said.
        output: String,
    },
    /// There is no user to run a server as.
    #[error(
        "servers do not run as root, and /etc/passwd has no user `nobody` to run them as; run this as another user"
    )]
    NoUser,
    /// A server did not come up.
    #[error("{program} did not come up in time; its log in {folder}:\n{log}")]
    NotReady {
        /// The program.
        program: &'static str,
        /// Where it was started.
        folder: PathBuf,
        /// The end of its log.
        log: String,
    },
    /// A file or a process could not be had.
    #[error("{what}: {cause}")]
    System {
        /// What was being done.
        what: String,
        /// What the system says.
        cause: io::Error,
    },
}

/// Says what was being done when the system refused.
pub(crate) fn doing<T>(what: impl Into<String>, result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|cause| Error::System { what: what.into(), cause })
}
