//! Where the build's folder is, for what is unpacked beside the build.

use std::env;
use std::path::{Path, PathBuf};

/// The folder in which unpacked software is looked for.
pub(crate) fn software() -> PathBuf {
    target().join("servers")
}

/// The folder that cargo builds into. A program knows it by the tag that cargo leaves there; a documentation test lies
/// elsewhere.
fn target() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    let tagged = program.ancestors().filter(|folder| folder.join("CACHEDIR.TAG").is_file());
    let named = || env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let workspace =
        || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(|root| root.join("target"));
    tagged.last().map(Path::to_owned).or_else(named).or_else(workspace).unwrap_or_default()
}
