//! The core is built in floors: a module imports only from strictly lower ones.

use std::collections::BTreeMap;

use super::{
    cycles::{self, Edge},
    fault::Fault,
    floor_table::{FloorTable, PAGE},
    imports::imports,
    tokens::tokens,
    tree::Tree,
};

/// The folder of the core's modules.
const SOURCES: &str = "pool/src/";
/// The name of `lib.rs`, which stands above all floors.
const ROOT: &str = "";

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let table = FloorTable::read(tree, &mut faults);
    if table.is_empty() {
        return faults;
    }
    let modules = modules(tree);
    for (module, path) in modules.iter().filter(|(module, _)| *module != ROOT) {
        if table.floor_of(module).is_none() {
            let what = format!("module `{module}` stands on no floor");
            faults.push(Fault::new(
                path,
                1,
                what,
                format!("name it in the table below \"## Floors\" in {PAGE}"),
            ));
        }
    }
    for (module, line) in table.modules() {
        if !modules.contains_key(module) && !["lib", "lib.rs"].contains(&module) {
            let what = format!("there is no module `{module}` in {SOURCES}");
            faults.push(Fault::new(PAGE, line, what, "take its name out of the table"));
        }
    }
    let edges = edges(tree, &modules);
    faults.extend(edges.iter().filter_map(|edge| not_downward(edge, &table, &modules)));
    faults.extend(cycles::find(&edges).map(|cycle| {
        let first = &cycle[0];
        let names = cycle.iter().map(|edge| format!("`{}` -> ", edge.from)).collect::<String>();
        let what = format!("imports go in a circle: {names}`{}`", first.from);
        Fault::new(
            &modules[&first.from],
            first.line,
            what,
            "cut one of them: move what both need to a lower floor",
        )
    }));
    faults
}

/// The core's modules by name (`strategy/queue`; `lib.rs` is the empty name), with their files.
fn modules(tree: &Tree) -> BTreeMap<String, String> {
    let files = tree.files(".rs").filter_map(|file| Some((file.path, file.path.strip_prefix(SOURCES)?)));
    files.map(|(path, name)| (module_name(name), path.to_owned())).collect()
}

fn module_name(file: &str) -> String {
    let name = file.trim_end_matches(".rs");
    match name {
        "lib" => ROOT.to_owned(),
        name => name.strip_suffix("/mod").unwrap_or(name).to_owned(),
    }
}

/// Every import between two modules. What `lib.rs` itself exports is not asked: it stands on top.
fn edges(tree: &Tree, modules: &BTreeMap<String, String>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (from, path) in modules.iter().filter(|(module, _)| *module != ROOT) {
        let module = from.split('/').map(str::to_owned).collect::<Vec<_>>();
        for import in imports(&module, &tokens(tree.text(path).unwrap_or_default())) {
            let to = longest_module(&import.path, modules);
            if to != *from {
                edges.push(Edge { from: from.clone(), to, line: import.line });
            }
        }
    }
    edges
}

/// The module that a path leads into: `time::Clock` into `time`, and `Pool` into `lib.rs`.
fn longest_module(path: &[String], modules: &BTreeMap<String, String>) -> String {
    let names = (1..=path.len()).rev().map(|length| path[..length].join("/"));
    names.into_iter().find(|name| modules.contains_key(name)).unwrap_or_else(|| ROOT.to_owned())
}

fn not_downward(edge: &Edge, table: &FloorTable, modules: &BTreeMap<String, String>) -> Option<Fault> {
    let path = &modules[&edge.from];
    if edge.to == ROOT {
        let remedy = "import from the module that defines it: nobody imports from lib.rs";
        return Some(Fault::new(path, edge.line, "an import from the crate's root", remedy));
    }
    let (from, to) = (table.floor_of(&edge.from)?, table.floor_of(&edge.to)?);
    let way = match from.cmp(&to) {
        std::cmp::Ordering::Greater => return None,
        std::cmp::Ordering::Equal => "sideways on its own floor",
        std::cmp::Ordering::Less => "upwards",
    };
    let what = format!("`{}` (floor {from}) imports {way}: `{}` (floor {to})", edge.from, edge.to);
    Some(Fault::new(path, edge.line, what, "import downwards only: move what is needed to a lower floor"))
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    const PAGE: &str = "## Floors\n| 1 | `time` `sync` |\n| 2 | `strategy/queue` `strategy/null` |\n| 3 | `strategy` |\n\
        | 4 | `pool` |\n";

    fn faults(changed: &[(&str, &str)]) -> Vec<String> {
        let mut files = vec![
            ("ARCHITECTURE.md", PAGE),
            ("pool/src/lib.rs", "mod pool;\npub use pool::Pool;\n"),
            ("pool/src/time.rs", "//! Time.\n"),
            ("pool/src/sync.rs", "//! Locks.\n"),
            (
                "pool/src/strategy/mod.rs",
                "mod queue;\nmod null;\npub use queue::Queue;\npub use self::null::Null;\n",
            ),
            ("pool/src/strategy/queue.rs", "use crate::{sync::Lock, time};\n"),
            ("pool/src/strategy/null.rs", "use crate::time::Clock;\n"),
            ("pool/src/pool.rs", "use crate::strategy::Queue;\nfn f() { crate::time::now() }\n"),
        ];
        for change in changed {
            files.retain(|(path, _)| path != &change.0);
            files.push(*change);
        }
        check(&Tree::planted(&files)).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_house_in_order_has_no_fault() {
        assert_eq!(faults(&[]), Vec::<String>::new());
    }

    #[test]
    fn an_import_upwards_is_found() {
        let found = faults(&[("pool/src/time.rs", "//! Time.\n\nfn f() { crate::pool::Pool::new() }\n")]);
        assert!(
            found[0].starts_with("pool/src/time.rs:3: `time` (floor 1) imports upwards: `pool` (floor 4); "),
            "{found:?}"
        );
        // The pool reads the time, so this is also a circle.
        assert!(found[1].contains("imports go in a circle"), "{found:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn an_import_sideways_is_found_by_every_spelling() {
        for code in
            ["use super::null::Null;", "use crate::strategy::{null::Null};", "type N = super::null::Null;"]
        {
            let found = faults(&[("pool/src/strategy/queue.rs", code)]);
            assert!(found.len() == 1 && found[0].contains("sideways"), "{code}: {found:?}");
        }
    }

    #[test]
    fn an_import_through_the_door_above_is_found() {
        let found = faults(&[("pool/src/strategy/queue.rs", "use super::Null;\n")]);
        assert!(found[0].contains("imports upwards: `strategy` (floor 3)"), "{found:?}");
        let found = faults(&[("pool/src/strategy/queue.rs", "use crate::Pool;\n")]);
        assert!(found.len() == 1 && found[0].contains("the crate's root"), "{found:?}");
    }

    #[test]
    fn imports_of_tests_and_documentation_are_free() {
        let code = "/// [`crate::pool::Pool`]\nfn f() {}\n#[cfg(all(test, loom))]\nmod models {\n    use crate::pool::Pool;\n}\n";
        assert_eq!(faults(&[("pool/src/time.rs", code)]), Vec::<String>::new());
    }

    #[test]
    fn a_module_on_no_floor_and_a_floor_without_its_module_are_found() {
        let found = faults(&[("pool/src/place.rs", "//! Place.\n")]);
        assert!(
            found.len() == 1
                && found[0].starts_with("pool/src/place.rs:1: module `place` stands on no floor")
        );
        let page = PAGE.replace("`pool`", "`pool` `gone`");
        let found = faults(&[("ARCHITECTURE.md", &page)]);
        assert!(
            found.len() == 1 && found[0].starts_with("ARCHITECTURE.md:5: there is no module `gone`"),
            "{found:?}"
        );
    }
}
