//! The page about the service says what is so: its lines are run, by a shell and curl.

use std::{env, process::Command};

use cenote_servers::software::Software;

use crate::{
    databases::{Database, Sqlite},
    service::Service,
};

const PAGE: &str = include_str!("../../README.md");

#[test]
fn every_line_of_the_page_does_what_stands_below_it() {
    let home = Sqlite::fresh();
    let service = Service::start(&home.url, &[]);
    let (_, dialogue) = PAGE.split_once("```console\n").expect("the page has a dialogue");
    let (dialogue, _) = dialogue.split_once("```").expect("the dialogue ends");
    let mut lines = dialogue.lines().peekable();
    let mut runs = 0;
    while let Some(line) = lines.next() {
        let line = line.strip_prefix("$ ").expect("after an answer comes a question");
        let line = line.replace("localhost:3000", &service.address.to_string());
        let output = shell().args(["-c", &line]).output().expect("there is a shell");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {errors}");
        let answer = lines.next_if(|line| !line.starts_with("$ ")).unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&output.stdout), answer, "{line}");
        runs += 1;
    }
    assert!(runs > 5, "the dialogue has {runs} lines");
}

/// A shell that finds curl: the machine's, or the one that was unpacked beside the build.
fn shell() -> Command {
    let curl = Software::Curl.find().unwrap_or_else(|error| panic!("{error}"));
    let own = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&own).chain(curl.program().parent().map(Into::into));
    let mut shell = Command::new("sh");
    shell.env("PATH", env::join_paths(folders).expect("they came from a path"));
    if let Some(libraries) = curl.library_path() {
        shell.env("LD_LIBRARY_PATH", libraries);
    }
    shell
}
