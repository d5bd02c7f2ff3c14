//! `Software`: the programs of a server, on the machine or unpacked beside the build.

use crate::error::{Error, doing};
use crate::user::User;
use crate::{packages, target};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something that can be found or unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Software {
    /// PostgreSQL's server.
    Postgres,
    /// MariaDB's server.
    MariaDb,
    /// PgBouncer, which stands in front of PostgreSQL.
    PgBouncer,
    /// MariaDB's client library: Diesel links to it.
    MariaDbClient,
    /// The program that asks web services.
    Curl,
}

/// Where the programs of a server are.
#[derive(Debug, Clone)]
pub struct Installed {
    program: PathBuf,
    /// What was unpacked, if it was.
    unpacked: Option<PathBuf>,
}

impl Software {
    /// All that the tests need.
    pub const ALL: [Self; 5] =
        [Self::Postgres, Self::MariaDb, Self::PgBouncer, Self::MariaDbClient, Self::Curl];

    /// Finds it: in the environment's path, where systems put it, or unpacked under the build's folder.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`], which says what to do.
    pub fn find(self) -> Result<Installed, Error> {
        let on_the_path = env::var_os("PATH").unwrap_or_default();
        let system = env::split_paths(&on_the_path).chain(self.folders(Path::new("/")));
        let found = |folder: PathBuf| Some(folder.join(self.program())).filter(|program| program.is_file());
        if let Some(program) = system.filter_map(found).next() {
            // The path may hold a link that stands apart from what belongs to the program.
            let program = program.canonicalize().unwrap_or(program);
            return Ok(Installed { program, unpacked: None });
        }
        let unpacked = self.folder();
        let program = self.folders(&unpacked).into_iter().filter_map(found).next();
        let program = program.ok_or(Error::Missing {
            program: self.program(),
            package: self.package(),
            instead: self.instead(),
        })?;
        Ok(Installed { program, unpacked: Some(unpacked) })
    }

    /// Finds it, or unpacks the system's package under the build's folder; `says` is told before that is done.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where the system has no apt, [`Error::Package`] where a package cannot be had.
    pub fn provide(self, says: impl FnOnce(&str)) -> Result<Installed, Error> {
        let missing = match self.find() {
            Ok(installed) => return Ok(installed),
            Err(missing) => missing,
        };
        if Command::new("apt-get").arg("--version").output().is_err() {
            return Err(missing);
        }
        let (package, folder) = (self.package(), self.folder());
        says(&format!(
            "{} is not on this machine: downloading the system's package {package}, to unpack it in {}; nothing is installed",
            self.program(),
            folder.display()
        ));
        packages::unpack(package, &folder)?;
        self.find()
    }

    /// The package that has it.
    pub fn package(self) -> &'static str {
        match self {
            Self::Postgres => "postgresql",
            Self::MariaDb => "mariadb-server-core",
            Self::PgBouncer => "pgbouncer",
            Self::MariaDbClient => "libmariadb-dev",
            Self::Curl => "curl",
        }
    }

    fn program(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MariaDb => "mariadbd",
            Self::PgBouncer => "pgbouncer",
            Self::MariaDbClient => "libmariadb.so",
            Self::Curl => "curl",
        }
    }

    fn instead(self) -> &'static str {
        match self {
            Self::Postgres | Self::PgBouncer => "set CENOTE_POSTGRES_URL to a server of your own",
            Self::MariaDb => "set CENOTE_MYSQL_URL to a server of your own",
            Self::MariaDbClient => "have pkg-config or mysql_config find a libmysqlclient",
            Self::Curl => "put it on the PATH",
        }
    }

    /// Where it is unpacked.
    fn folder(self) -> PathBuf {
        target::software().join(self.package())
    }

    /// Where systems put it, below `root`.
    fn folders(self, root: &Path) -> Vec<PathBuf> {
        match self {
            Self::Postgres => below(&root.join("usr/lib/postgresql"), "bin"),
            Self::MariaDb | Self::PgBouncer => vec![root.join("usr/sbin"), root.join("usr/bin")],
            Self::MariaDbClient => libraries(root),
            Self::Curl => vec![root.join("usr/bin")],
        }
    }
}

impl Installed {
    /// The program, or the library.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// A program beside it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.program.with_file_name(name)
    }

    /// What `usr` is to the program: the system's own, or what was unpacked.
    pub(crate) fn prefix(&self) -> PathBuf {
        self.unpacked.as_deref().unwrap_or(Path::new("/")).join("usr")
    }

    /// Where its unpacked libraries are, as the variable `LD_LIBRARY_PATH` has it.
    pub fn library_path(&self) -> Option<OsString> {
        let folders = libraries(self.unpacked.as_ref()?);
        env::join_paths(folders).ok()
    }

    /// The same where `user` can come to it: what lies in a home that others cannot enter is copied into `folder`.
    pub(crate) fn for_user(self, user: User, folder: &Path) -> Result<Self, Error> {
        let Some(unpacked) = self.unpacked.as_ref().filter(|_| !user.reaches(&self.program)) else {
            return Ok(self);
        };
        let copy = folder.join("software");
        let what = || format!("copying {} to where servers can read it", unpacked.display());
        let copied = doing(what(), Command::new("cp").arg("-a").arg(unpacked).arg(&copy).status())?;
        let program = self.program.strip_prefix(unpacked).ok().filter(|_| copied.success());
        let program = doing(
            what(),
            program.ok_or_else(|| "cp failed".into()).map_err(std::io::Error::other::<String>),
        )?;
        Ok(Self { program: copy.join(program), unpacked: Some(copy) })
    }
}

/// The newest version first: `usr/lib/postgresql/17/bin`, `usr/lib/postgresql/15/bin`.
fn below(folder: &Path, name: &str) -> Vec<PathBuf> {
    let versions = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path()).collect();
    folders.sort();
    folders.iter().rev().map(|folder| folder.join(name)).collect()
}

/// `usr/lib/x86_64-linux-gnu` and the like, and `lib` beside it.
fn libraries(root: &Path) -> Vec<PathBuf> {
    let parents = [root.join("usr/lib"), root.join("lib")];
    let children = parents.iter().filter_map(|parent| fs::read_dir(parent).ok()).flatten().flatten();
    let triples =
        children.map(|child| child.path()).filter(|path| path.to_string_lossy().contains("-linux-gnu"));
    triples.chain(parents.iter().cloned()).filter(|path| path.is_dir()).collect()
}
