//! `cargo xtask tidy`: all checks of the tree.

use std::process::ExitCode;

use clap::Args;

use super::{
    apart, ascii, changelog, crate_order, defects, facades, fault::Fault, floors, headers, leftovers, links,
    manifests, sizes, tree::Tree, unsafe_code,
};
use crate::{console, error::Result, project::Project, step::Findings};

/// Checks what no compiler checks: floors, file headers, sizes, manifests, changelog, links.
///
/// Each fault is one line: path, line, what is wrong, what to do.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

type Check = fn(&Tree) -> Vec<Fault>;

const CHECKS: [(&str, Check); 13] = [
    ("every file says what it holds", headers::check),
    ("the core is built in floors", floors::check),
    ("lib.rs and mod.rs are doors", facades::check),
    ("no file is too long", sizes::check),
    ("plain ASCII", ascii::check),
    ("nothing is left over", leftovers::check),
    ("manifests share what they have in common", manifests::check),
    ("what stands apart says the same", apart::check),
    ("the version has its chapter in the changelog", changelog::check),
    ("no unsafe", unsafe_code::check),
    ("crates depend one way", crate_order::check),
    ("links lead somewhere", links::check),
    ("every defect of the original has its row", defects::check),
];

/// Checks the tree alone.
pub(crate) fn run(project: &Project, _: Arguments) -> Result<ExitCode> {
    let findings = check(project)?;
    for fault in &findings.troubles {
        console::line(fault);
    }
    Ok(if findings.is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks the tree, says each check by name, and gives back every fault.
pub(crate) fn check(project: &Project) -> Result<Findings> {
    let tree = Tree::read(project.root())?;
    let mut findings = Findings::green();
    for (name, check) in CHECKS {
        let faults = check(&tree);
        match faults.len() {
            0 => console::line(format_args!("ok: {name}")),
            number => console::line(format_args!("BROKEN ({number}): {name}")),
        }
        findings.troubles.extend(faults.iter().map(Fault::to_string));
    }
    let files = tree.files(".rs").count();
    console::line(format_args!(
        "{files} Rust files; median of pool/src: {} lines",
        sizes::median_of_core(&tree)
    ));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CHECKS, Tree};

    #[test]
    fn the_tree_of_this_project_is_tidy() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let tree = Tree::read(root).unwrap();
        let faults = CHECKS.iter().flat_map(|(_, check)| check(&tree)).map(|fault| fault.to_string());
        let faults = faults.collect::<Vec<_>>();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
