//! Packages of the system, downloaded and unpacked: nothing is installed, and nothing outside the folder is written.

use crate::error::{Error, doing};
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// Downloads `package` and those libraries of its that the system lacks, and unpacks them into `folder`.
pub(crate) fn unpack(package: &str, folder: &Path) -> Result<(), Error> {
    let at = |name: &str| folder.with_extension(name);
    let (download, state, half) = (at("download"), at("apt"), at("half"));
    // One that was interrupted may have left files that are half there, or of another version.
    for folder in [&download, &state, &half] {
        clear(folder)?;
    }
    for folder in [&download, &state.join("lists/partial"), &state.join("cache/archives/partial")] {
        doing(format!("making {}", folder.display()), fs::create_dir_all(folder))?;
    }
    // The system's own lists may be missing or old, and only root may renew them: so these are renewed instead.
    let own = [
        format!("Dir::State::lists={}", state.join("lists").display()),
        format!("Dir::Cache={}", state.join("cache").display()),
        "APT::Sandbox::User=".to_owned(),
        "Debug::NoLocking=true".to_owned(),
    ];
    let options = || own.iter().flat_map(|option| ["-o", option.as_str()]);
    run("apt-get", options().chain(["update", "-qq"]), &download, package)?;
    let simulated = ["install", "--simulate", "--no-install-recommends", package];
    let said = run("apt-get", options().chain(simulated), &download, package)?;
    let packages = needed(&said, package);
    let names = packages.iter().map(String::as_str);
    run("apt-get", options().chain(["download", "-qq"]).chain(names), &download, &packages.join(" "))?;
    // What is unpacked half must not be found: it gets its name when it is whole.
    for file in doing("reading what was downloaded", fs::read_dir(&download))? {
        let file = doing("reading what was downloaded", file)?.path();
        run("dpkg", [OsStr::new("-x"), file.as_os_str(), half.as_os_str()], &download, package)?;
    }
    doing(format!("naming {}", folder.display()), fs::rename(&half, folder))?;
    clear(&download)?;
    clear(&state)
}

/// Removes a folder, if it is there.
fn clear(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => doing(format!("removing {}", folder.display()), removed),
    }
}

/// Of what an installation would bring: the package itself, and libraries. What else it asks for serves a system's own
/// instance.
fn needed(simulated: &str, package: &str) -> Vec<String> {
    let installed = simulated.lines().filter_map(|line| line.strip_prefix("Inst "));
    let names = installed.filter_map(|rest| rest.split(' ').next());
    let libraries = names.filter(|name| name.starts_with("lib") && !name.ends_with("-perl"));
    [package].into_iter().chain(libraries.filter(|name| *name != package)).map(str::to_owned).collect()
}

fn run<S: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = S>,
    folder: &Path,
    packages: &str,
) -> Result<String, Error> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("LC_ALL", "C");
    let output = doing(format!("running {program} to unpack {packages}"), command.output())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    Err(Error::Package {
        command: format!("{command:?}"),
        packages: packages.to_owned(),
        output: text(&output.stderr) + &text(&output.stdout),
    })
}

#[cfg(test)]
mod tests {
    use super::needed;

    #[test]
    fn the_package_and_its_libraries_are_unpacked_and_nothing_else() {
        let simulated = "Reading package lists...\nInst libaio1 (0.3 Debian [amd64])\nInst mysql-common (5)\n\
            Inst libdbi-perl (1)\nInst mariadb-server-core (1:10)\nConf libaio1 (0.3)\n";
        assert_eq!(needed(simulated, "mariadb-server-core"), ["mariadb-server-core", "libaio1"]);
    }
}
