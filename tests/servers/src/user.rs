//! `User`: whom the servers run as. Neither PostgreSQL nor PgBouncer runs as root.

use crate::error::{Error, doing};
use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Whom the servers run as: whoever runs this, or `nobody` where that is root.
#[derive(Debug, Clone, Copy)]
pub(crate) enum User {
    Same,
    Nobody { uid: u32, gid: u32 },
}

impl User {
    pub(crate) fn unprivileged() -> Result<Self, Error> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Same);
        }
        let users = doing("/etc/passwd", fs::read_to_string("/etc/passwd"))?;
        nobody(&users).map(|(uid, gid)| Self::Nobody { uid, gid }).ok_or(Error::NoUser)
    }

    /// Lets a command run as this user.
    pub(crate) fn runs(self, command: &mut Command) {
        if let Self::Nobody { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
    }

    /// Gives a file or folder to this user.
    pub(crate) fn owns(self, path: &Path) -> Result<(), Error> {
        match self {
            Self::Same => Ok(()),
            Self::Nobody { uid, gid } => {
                doing(format!("giving {} to nobody", path.display()), chown(path, Some(uid), Some(gid)))
            }
        }
    }

    /// Whether this user can come to a file: it may lie in somebody's home.
    pub(crate) fn reaches(self, path: &Path) -> bool {
        let mut command = Command::new("test");
        command.arg("-r").arg(path);
        self.runs(&mut command);
        command.status().is_ok_and(|status| status.success())
    }
}

fn nobody(users: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.starts_with("nobody:"))?;
    let mut numbers = line.split(':').skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::nobody;

    #[test]
    fn nobody_is_found_by_name() {
        let users = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/sbin/nologin\n";
        assert_eq!(nobody(users), Some((65534, 65533)));
        assert_eq!(nobody("root:x:0:0::/root:/bin/sh\n"), None);
    }
}
