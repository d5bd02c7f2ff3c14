//! Dependencies between the crates point one way: the core, the adapters on it, everything else on those. The test servers
//! stand apart, below all that is tested on them.

use super::{
    fault::Fault,
    manifests::{Member, members},
    tree::Tree,
};

const CORE: &str = "cenote";
const SERVERS: &str = "cenote-servers";

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let members = members(tree);
    let mut faults = Vec::new();
    for member in &members {
        for dependency in member.manifest.dependencies() {
            // A member that names itself says with which features its own tests are built.
            let is_other = dependency.package != member.name();
            let is_member = members.iter().any(|other| other.name() == dependency.package);
            if is_other
                && is_member
                && let Some(rule) = forbids(member, &dependency.package)
            {
                let what = format!("`{}` depends on `{}`", member.name(), dependency.package);
                faults.push(Fault::new(&member.path, dependency.line, what, rule));
            }
        }
    }
    faults
}

/// The rule that keeps this member from depending on another one, if there is one.
fn forbids(member: &Member, other: &str) -> Option<&'static str> {
    match member.path.split('/').next()? {
        "pool" => Some("take it out: the core depends on no other member"),
        "adapters" if ![CORE, SERVERS].contains(&other) => Some(
            "take it out: an adapter depends on the core, its tests on the servers, and on no other member",
        ),
        "xtask" if other != SERVERS => {
            Some("take it out: xtask depends on the servers alone, so that it builds when nothing else does")
        }
        _ if member.name() == SERVERS => Some("take it out: the servers know no other member"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    fn faults(pool: &str, sqlite: &str, xtask: &str) -> Vec<String> {
        let with_name = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\n{rest}");
        let tree = Tree::planted(&[
            ("Cargo.toml", "[workspace]\nmembers = [\"pool\", \"adapters/sqlite\", \"tests\", \"xtask\"]"),
            ("pool/Cargo.toml", &with_name("cenote", pool)),
            ("adapters/sqlite/Cargo.toml", &with_name("cenote-sqlite", sqlite)),
            (
                "tests/Cargo.toml",
                &with_name(
                    "cenote-conformance",
                    "[dependencies]\ncenote-sqlite.workspace = true\ncenote = \"1\"\n",
                ),
            ),
            ("xtask/Cargo.toml", &with_name("xtask", xtask)),
        ]);
        check(&tree).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn the_one_way_is_free() {
        let sqlite = "[dependencies]\ncenote.workspace = true\nrusqlite = \"1\"\n[dev-dependencies]\n\
                      cenote-sqlite = { path = \".\", features = [\"bundled\"] }\n";
        assert_eq!(faults("[dependencies]\nloom = \"1\"\n", sqlite, ""), Vec::<String>::new());
    }

    #[test]
    fn every_other_way_is_found() {
        let found = faults("[dev-dependencies]\ncenote-sqlite.workspace = true\n", "", "");
        assert!(
            found.len() == 1
                && found[0].starts_with("pool/Cargo.toml:4: `cenote` depends on `cenote-sqlite`")
        );
        let found =
            faults("", "[dependencies]\nsuite = { package = \"cenote-conformance\", version = \"1\" }\n", "");
        assert!(found.len() == 1 && found[0].contains("an adapter depends on the core"), "{found:?}");
        let found = faults("", "", "[build-dependencies.cenote]\npath = \"../pool\"\n");
        assert!(found.len() == 1 && found[0].contains("xtask depends on the servers alone"), "{found:?}");
    }
}
