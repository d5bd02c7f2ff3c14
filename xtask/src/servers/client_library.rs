//! What Diesel's MySQL connection links to: the library that the system's tools name, or one that is unpacked.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use cenote_servers::software::Software;

use crate::{console, error::Result, project::Project};

/// The driver that links it: its name is that of the suite's feature too.
pub(crate) const DRIVER: &str = "diesel-mysql";

/// Who names a library, in the order in which the build script of `mysqlclient-sys` asks.
const TOOLS: [(&str, &[&str]); 3] = [
    ("pkg-config", &["--exists", "mysqlclient"]),
    ("pkg-config", &["--exists", "libmariadb"]),
    ("mysql_config", &["--version"]),
];

/// Sees that there is one: downloads what is missing unless `no_install`, and tells all commands of the project where it
/// is.
pub(crate) fn provide(project: &Project, no_install: bool) -> Result {
    if env::var_os("MYSQLCLIENT_LIB_DIR").is_some() {
        console::line("MYSQLCLIENT_LIB_DIR says which library is linked");
        return Ok(());
    }
    if let Some((tool, arguments)) = TOOLS.into_iter().find(|(tool, arguments)| succeeds(tool, arguments)) {
        console::line(format_args!("`{tool} {}` finds the library of this machine", arguments.join(" ")));
        return Ok(());
    }
    let library = super::found(no_install, Software::MariaDbClient)?;
    let folder = library.program().parent().ok_or("a library lies in a folder")?;
    let mut variables = vec![
        ("MYSQLCLIENT_LIB_DIR", folder.as_os_str().to_owned()),
        ("MYSQLCLIENT_LIBNAME", "mariadb".into()),
        ("MYSQLCLIENT_VERSION", version(folder)?.into()),
    ];
    if let Some(path) = library.library_path() {
        variables.push(("LD_LIBRARY_PATH", joined(env::var_os("LD_LIBRARY_PATH"), &path)?));
    }
    for (name, value) in variables {
        console::line(format_args!("export {name}={}", value.display()));
        project.shell().set_var(name, value);
    }
    Ok(())
}

fn succeeds(tool: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(tool).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// The library's own version, as the file beside it says that `pkg-config` would read.
fn version(folder: &Path) -> Result<String> {
    let file = folder.join("pkgconfig/libmariadb.pc");
    let text =
        fs::read_to_string(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let version = text.lines().find_map(|line| line.strip_prefix("Version:"));
    let version = version.ok_or_else(|| format!("{} has no line `Version:`", file.display()))?;
    Ok(version.trim().to_owned())
}

/// One's own folders first.
fn joined(own: Option<OsString>, more: &OsString) -> Result<OsString> {
    let own = own.unwrap_or_default();
    let folders = env::split_paths(&own).chain(env::split_paths(more));
    // An empty name would mean the folder that a program is started in.
    Ok(env::join_paths(folders.filter(|folder: &PathBuf| !folder.as_os_str().is_empty()))?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{joined, version};

    #[test]
    fn the_version_stands_beside_the_library() {
        let folder = tempfile::tempdir().unwrap();
        assert!(version(folder.path()).unwrap_err().to_string().contains("libmariadb.pc"));
        fs::create_dir(folder.path().join("pkgconfig")).unwrap();
        let file = folder.path().join("pkgconfig/libmariadb.pc");
        fs::write(&file, "prefix=/usr\n\nName: libmariadb\nVersion: 3.3.20\nCflags: -I/usr\n").unwrap();
        assert_eq!(version(folder.path()).unwrap(), "3.3.20");
    }

    #[test]
    fn ones_own_folders_stay_and_come_first() {
        assert_eq!(joined(Some("/a:".into()), &"/b:/c".into()).unwrap(), "/a:/b:/c");
        assert_eq!(joined(None, &"/b".into()).unwrap(), "/b");
    }
}
