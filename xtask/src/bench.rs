//! `cargo xtask bench`: cenote beside the pools that people use today.

use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

use cenote_servers::software::Software;
use clap::Args;
use xshell::{Cmd, Shell, cmd};

use crate::{error::Result, project::Project, servers};

/// Measures cenote beside r2d2, deadpool, bb8 and others, in one process and in turns; ends with what is promised.
///
/// It is a workspace of its own, built into a folder of its own (`target/bench`), so that nothing else compiles other
/// people's pools; the first build takes a minute or two. A goal that is missed is shown, and is no failure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Fewer and shorter rounds and, if no case is named, only the cases that say the most: about 90 s.
    #[arg(long)]
    quick: bool,

    /// Only what is measured on servers, which are private ones unless `CENOTE_POSTGRES_URL` and `CENOTE_MYSQL_URL` name
    /// others; all on one processor where the system has `taskset`, because it takes long to wake another one up.
    #[arg(long)]
    servers: bool,

    /// Never download server software: what is missing is an error.
    #[arg(long, requires = "servers")]
    no_install: bool,

    /// Write all figures to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Write the pictures into this folder, as SVG.
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,

    /// Write all figures to this file, as a page of Markdown.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,

    /// Run these cases, and no others; one that is not known is answered with those that are.
    #[arg(value_name = "CASES")]
    cases: Vec<String>,
}

/// Builds and runs the benchmark.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    // Paths count from where the user stands, not from the root.
    let here = Shell::new()?;
    if arguments.servers {
        servers::provide(arguments.no_install, &[Software::Postgres, Software::MariaDb])?;
    }
    let succeeded =
        project.succeeds(build(project, &here))? && project.succeeds(measure(project, &here, &arguments))?;
    Ok(if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All programs of the package: what would disturb the others if it were measured with them is one of its own, which
/// `cargo run` alone would not build.
fn build<'s>(project: &Project, here: &'s Shell) -> Cmd<'s> {
    let manifest = project.root().join(MANIFEST);
    into_own_folder(project, cmd!(here, "cargo build --release --locked --manifest-path {manifest}"))
}

fn measure<'s>(project: &Project, here: &'s Shell, arguments: &Arguments) -> Cmd<'s> {
    let manifest = project.root().join(MANIFEST);
    let Arguments { quick, servers, json, svg, page, cases, no_install: _ } = arguments;
    let (pinned, quick) = (servers.then(one_processor).flatten(), quick.then_some("--quick"));
    let servers = servers.then_some("--servers");
    let files = [("--json", json), ("--svg", svg), ("--page", page)];
    let files =
        files.into_iter().filter_map(|(name, path)| Some([name.into(), path.clone()?.into_os_string()]));
    let files = files.flatten().collect::<Vec<_>>();
    let program = pinned.into_iter().flatten().chain(["cargo".to_owned()]);
    let run = cmd!(
        here,
        "env {program...} run --quiet --release --locked --manifest-path {manifest} -- {quick...} {servers...} {files...} {cases...}"
    );
    into_own_folder(project, run)
}

/// What keeps a command and all that it starts on one of the processors that this program may use.
fn one_processor() -> Option<[String; 3]> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let last = allowed.trim().rsplit(['-', ',']).next()?;
    Command::new("taskset").arg("--version").output().ok()?;
    Some(["taskset".to_owned(), "-c".to_owned(), last.to_owned()])
}

const MANIFEST: &str = "tests/bench/Cargo.toml";

fn into_own_folder<'s>(project: &Project, command: Cmd<'s>) -> Cmd<'s> {
    command.env("CARGO_TARGET_DIR", project.target().join("bench"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use xshell::Shell;

    use super::{Arguments, MANIFEST, build, measure};
    use crate::project::Project;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn passed_on(words: &str) -> String {
        let line = Line::try_parse_from(["bench"].into_iter().chain(words.split_whitespace())).unwrap();
        let command = measure(&Project::find().unwrap(), &Shell::new().unwrap(), &line.arguments).to_string();
        command.split_once(" -- ").map_or_else(String::new, |(_, passed_on)| passed_on.trim_end().to_owned())
    }

    #[test]
    fn every_argument_is_passed_on() {
        let all = "--quick --servers --json a.json --svg pictures --page ../b.md threads uncontended";
        assert_eq!(passed_on(all), all);
        assert_eq!(passed_on("threads"), "threads");
        assert_eq!(passed_on(""), "");
    }

    #[test]
    fn what_the_lock_file_says_is_built_and_nothing_else() {
        let (project, here) = (Project::find().unwrap(), Shell::new().unwrap());
        let line = Line::try_parse_from(["bench"]).unwrap();
        for command in [build(&project, &here), measure(&project, &here, &line.arguments)] {
            assert!(command.to_string().contains(" --release --locked --manifest-path "), "{command}");
        }
        assert!(project.root().join(MANIFEST).with_file_name("Cargo.lock").is_file());
    }
}
