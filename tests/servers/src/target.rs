//! Where the build's folder is, for what is unpacked beside the build.

use std::env;
use std::path::{Path, PathBuf};

/// The folder in which unpacked software is looked for: beside the outermost build that this program may belong to.
pub(crate) fn software() -> PathBuf {
    let mut folders = targets().map(|target| target.join("servers")).peekable();
    let first = folders.peek().cloned();
    folders.find(|folder| folder.is_dir()).or(first).unwrap_or_default()
}

/// The folders that cargo may build into, the outermost first. A program knows them by the tag that cargo leaves there,
/// mostly; a documentation test lies elsewhere.
fn targets() -> impl Iterator<Item = PathBuf> {
    let program = env::current_exe().unwrap_or_default();
    let tagged = program.ancestors().filter(|folder| folder.join("CACHEDIR.TAG").is_file());
    let mut tagged = tagged.map(Path::to_owned).collect::<Vec<_>>();
    tagged.reverse();
    let named = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(|root| root.join("target"));
    tagged.into_iter().chain(named).chain(workspace)
}
