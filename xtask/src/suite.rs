//! `Suite`: how the suite of laws is listed and run, with the drivers that are compiled in.

use std::fs;

use xshell::{Cmd, cmd};

use crate::{
    error::Result,
    golden::{self, Golden},
    laws::Laws,
    manifest::Manifest,
    project::Project,
    servers::client_library::DRIVER,
    step::Findings,
    stress,
    test_run::TestRun,
};

/// The package that has it.
pub(crate) const PACKAGE: &str = "cenote-conformance";

/// The suite.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Suite<'p> {
    pub(crate) project: &'p Project,
    /// Whether it has the driver that links a library.
    pub(crate) links: bool,
}

impl<'p> Suite<'p> {
    /// What it is built with.
    pub(crate) fn features(self) -> &'static [&'static str] {
        if self.links { &["--features", DRIVER] } else { &[] }
    }

    /// The laws that it knows, on every driver and strategy.
    pub(crate) fn list(self) -> Result<Laws> {
        let finished = self.project.keep_quietly(self.laws().args(["--", "--list"]))?;
        if !finished.succeeded {
            return Err("the laws cannot be listed, so none ran; mend what cargo names above".into());
        }
        let golden = Golden::read(&fs::read_to_string(self.project.root().join(golden::PATH))?);
        Ok(Laws::listed(&finished.output).expecting(self.adapters()?).counted_by(golden))
    }

    /// Runs the laws of `asked_for`, and leaves them in `ran` for the table.
    pub(crate) fn run_laws(
        self,
        asked_for: Laws,
        driver: Option<&str>,
        ran: &mut Option<Laws>,
    ) -> Result<Findings> {
        // It begins where a part of a name begins: it is not the end of another driver's name.
        let filter = driver.map(|driver| format!("{driver}::"));
        let laws = ran.insert(asked_for);
        let finished = self.project.show_and_keep(self.laws().arg("--").args(filter))?;
        let run = TestRun::read(&finished.output);
        laws.note(&run);
        let mut findings = laws.findings();
        if !finished.succeeded && run.results().is_empty() {
            findings.troubles = vec!["no law ran; the reason stands above".to_owned()];
        } else if !finished.succeeded && findings.is_green() {
            findings.troubles.push("cargo reports an error; it stands above".to_owned());
        }
        Ok(findings)
    }

    /// Every test target of the suite but the laws and the stress, by name, so that those do not run twice; and the code of
    /// the guides that it compiles.
    pub(crate) fn own_tests(self) -> Result<Findings> {
        let manifest = Manifest::read(&fs::read_to_string(self.project.root().join("tests/Cargo.toml"))?);
        if manifest.entry("package", "autotests").is_none_or(|entry| entry.value != "false") {
            return Err(
                "tests/Cargo.toml has to say `autotests = false` and name each test, or some would not run"
                    .into(),
            );
        }
        let names = manifest
            .each_text("test", "name")
            .into_iter()
            .filter(|name| !["laws", stress::NAME].contains(name));
        let targets = names.flat_map(|name| ["--test", name]).collect::<Vec<_>>();
        let features = self.features();
        let sh = self.project.shell();
        tests(
            self.project,
            [
                cmd!(sh, "cargo test --package {PACKAGE} {features...} --no-fail-fast --lib {targets...}"),
                cmd!(sh, "cargo test --package {PACKAGE} {features...} --no-fail-fast --doc"),
            ],
        )
    }

    fn laws(self) -> Cmd<'p> {
        let features = self.features();
        cmd!(self.project.shell(), "cargo test --package {PACKAGE} {features...} --test laws")
    }

    /// The folders of `adapters/`: each has to appear among the drivers.
    fn adapters(self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for folder in fs::read_dir(self.project.root().join("adapters"))? {
            let folder = folder?;
            if folder.path().join("Cargo.toml").is_file() {
                names.push(folder.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }
}

/// Runs tests, and counts them over all commands.
pub(crate) fn tests<'s>(project: &Project, commands: impl IntoIterator<Item = Cmd<'s>>) -> Result<Findings> {
    let (mut output, mut succeeded) = (String::new(), true);
    for command in commands {
        let finished = project.show_and_keep(command)?;
        output += &finished.output;
        succeeded &= finished.succeeded;
    }
    Ok(Findings::of_tests(&TestRun::read(&output), succeeded))
}
