//! What all crates share stands once, in the workspace's manifest.

use super::{fault::Fault, tree::Tree};
use crate::manifest::Manifest;

/// What every crate takes from `[workspace.package]`.
const SHARED: [&str; 4] = ["version", "edition", "rust-version", "license"];

/// A member of the workspace.
#[derive(Debug)]
pub(super) struct Member {
    /// The path of its `Cargo.toml`.
    pub(super) path: String,
    pub(super) manifest: Manifest,
}

impl Member {
    pub(super) fn name(&self) -> &str {
        self.manifest.text("package", "name").unwrap_or_default()
    }

    fn is_private(&self) -> bool {
        self.manifest.text("package", "publish") == Some("false")
    }
}

/// The members that the root's manifest names; `examples/*` stands for each crate in that folder.
pub(super) fn members(tree: &Tree) -> Vec<Member> {
    let root = Manifest::read(tree.text("Cargo.toml").unwrap_or_default());
    let named = root.texts("workspace", "members");
    let manifests = tree.files("/Cargo.toml").filter(|file| {
        let folder = file.path.trim_end_matches("/Cargo.toml");
        let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        named.iter().any(|member| *member == folder || member.strip_suffix("/*") == Some(parent))
    });
    manifests.map(|file| Member { path: file.path.to_owned(), manifest: Manifest::read(file.text) }).collect()
}

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let members = members(tree);
    let mut faults = Vec::new();
    if members.is_empty() {
        faults.push(Fault::new("Cargo.toml", 1, "the workspace has no members", "name them in [workspace]"));
    }
    for member in &members {
        if member.manifest.text("lints", "workspace") != Some("true")
            && !member.manifest.inherits("", "lints")
        {
            let what = "the crate does not take the workspace's lints";
            faults.push(Fault::new(&member.path, 1, what, "write `[lints]` and `workspace = true`"));
        }
        faults.extend(SHARED.iter().filter_map(|key| not_shared(member, key)));
    }
    faults
}

fn not_shared(member: &Member, key: &str) -> Option<Fault> {
    let manifest = &member.manifest;
    let is_unversioned =
        key == "version" && member.is_private() && manifest.text("package", key) == Some("0.0.0");
    if manifest.inherits("package", key) || is_unversioned {
        return None;
    }
    let line = manifest.entry("package", key).map_or(1, |entry| entry.line);
    let what = format!("the crate does not take its {key} from the workspace");
    Some(Fault::new(&member.path, line, what, format!("write `{key}.workspace = true`")))
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    const ROOT: &str = "[workspace]\nmembers = [\"pool\", \"examples/*\"]\n";
    const POOL: &str = "[package]\nname = \"cenote\"\nversion.workspace = true\nedition.workspace = true\n\
        rust-version.workspace = true\nlicense.workspace = true\n[lints]\nworkspace = true\n";

    fn faults(pool: &str, demo: &str) -> Vec<String> {
        let tree = Tree::planted(&[
            ("Cargo.toml", ROOT),
            ("pool/Cargo.toml", pool),
            ("examples/demo/Cargo.toml", demo),
            ("tests/peers/Cargo.toml", "[package]\nname = \"excluded\"\n"),
        ]);
        check(&tree).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_private_crate_may_have_no_version() {
        let demo = POOL
            .replace("version.workspace = true\nedition", "version = \"0.0.0\"\npublish = false\nedition");
        assert_eq!(faults(POOL, &demo), Vec::<String>::new());
        let published = demo.replace("publish = false\n", "");
        assert_eq!(faults(POOL, &published).len(), 1);
    }

    #[test]
    fn everything_that_a_crate_says_on_its_own_is_found() {
        for key in ["version", "edition", "rust-version", "license"] {
            let line = format!("\n{key}.workspace = true\n");
            let found = faults(&POOL.replace(&line, &format!("\n{key} = \"2\"\n")), POOL);
            assert!(found.len() == 1 && found[0].contains(&format!("its {key} from")), "{key}: {found:?}");
        }
    }

    #[test]
    fn a_crate_without_the_lints_is_found() {
        let found = faults(POOL, &POOL.replace("[lints]\nworkspace = true\n", ""));
        assert!(found.len() == 1 && found[0].starts_with("examples/demo/Cargo.toml:1: "), "{found:?}");
    }
}
