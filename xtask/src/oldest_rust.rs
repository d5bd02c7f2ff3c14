//! The oldest Rust: whether all that is built here can be built with the Rust that the workspace promises.

use std::fs;

use serde_json::Value;
use xshell::cmd;

use crate::{error::Result, manifest::Manifest, project::Project, step::Findings};

pub(crate) const NAME: &str = "oldest Rust";
pub(crate) const WHAT: &str = "that no dependency asks for a newer Rust than the workspace promises";

/// Reads what each package in the lock file says that it needs. Nothing is compiled, so it needs no second compiler.
pub(crate) fn check(project: &Project) -> Result<Findings> {
    let manifest = Manifest::read(&fs::read_to_string(project.root().join("Cargo.toml"))?);
    let promised = manifest
        .text("workspace.package", "rust-version")
        .and_then(Release::read)
        .ok_or("Cargo.toml has to say in [workspace.package] which `rust-version` is promised")?;
    let sh = project.shell();
    let host = project.keep_quietly(cmd!(sh, "rustc --print host-tuple"))?.output;
    let host = host.trim();
    let metadata =
        project.keep_quietly(cmd!(sh, "cargo metadata --format-version 1 --filter-platform {host}"))?;
    if !metadata.succeeded {
        return Err("cargo cannot say what is built; mend what it names above".into());
    }
    let troubles = newer_than(promised, &serde_json::from_str(&metadata.output)?);
    Ok(Findings { troubles, ..Findings::green() })
}

/// A release of Rust: 1.88 or 1.88.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Release {
    major: u32,
    minor: u32,
}

impl Release {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(str::parse);
        Some(Self { major: numbers.next()?.ok()?, minor: numbers.next().unwrap_or(Ok(0)).ok()? })
    }
}

/// A line for each package that needs more. Most that are old say nothing.
fn newer_than(promised: Release, metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let newer = packages.filter_map(|package| {
        let needed = package["rust_version"].as_str()?;
        let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
        let Release { major, minor } = promised;
        (Release::read(needed)? > promised).then(|| {
            format!(
                "{name} {version} needs Rust {needed}, and {major}.{minor} is promised: \
                 take an older one (`cargo update {name} --precise ..`, or of what asks for it)"
            )
        })
    });
    newer.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Release, newer_than};

    #[test]
    fn what_needs_a_newer_rust_is_named_and_nothing_else() {
        let metadata = json!({"packages": [
            {"name": "old", "version": "0.1.0", "rust_version": null},
            {"name": "same", "version": "0.2.0", "rust_version": "1.88.0"},
            {"name": "edition", "version": "0.3.0", "rust_version": "1"},
            {"name": "newer", "version": "0.4.0", "rust_version": "1.95"},
        ]});
        let troubles = newer_than(Release { major: 1, minor: 88 }, &metadata);
        assert_eq!(troubles.len(), 1);
        assert!(
            troubles[0].starts_with("newer 0.4.0 needs Rust 1.95, and 1.88 is promised: "),
            "{troubles:?}"
        );
    }
}
