//! The demo as its user meets it: arguments in, table and exit code out.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Output, Stdio};

const ROWS: [&str; 13] = [
    "checkouts ",
    "reads ",
    "writes ",
    "left open ",
    "connections opened ",
    "connections closed ",
    "wait p50 ",
    "wait p99 ",
    "wait max ",
    "errors: timeout ",
    "errors: busy ",
    "no write was lost ",
    "cargo xtask demo --",
];

fn demo(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cenote-demo"));
    command.args(arguments.split_whitespace());
    command
}

fn run(arguments: &str) -> Output {
    demo(arguments).output().expect("the demo starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it writes text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it writes text")
}

/// The figure in the row of this name.
fn figure(table: &str, name: &str) -> String {
    let row = table.lines().find_map(|line| line.trim_start().strip_prefix(name));
    let row = row.unwrap_or_else(|| panic!("there is no row {name:?} in\n{table}"));
    row.split_whitespace().next().expect("a row has a figure").replace(',', "")
}

/// Runs half a second, and checks what holds for every strategy.
fn half_a_second(arguments: &str) -> String {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut command = demo(&format!("--seconds 0.5 {arguments}"));
    let output = command.env("TMPDIR", directory.path()).output().expect("the demo starts");
    let table = stdout(&output);
    assert!(output.status.success(), "{table}\n{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    for row in ROWS {
        assert!(table.lines().any(|line| line.trim_start().starts_with(row)), "no row {row:?} in\n{table}");
    }
    assert_eq!(figure(&table, "no write was lost"), "yes", "{table}");
    for row in ["checkouts", "reads", "writes", "connections opened"] {
        assert_ne!(figure(&table, row), "0", "{row} in\n{table}");
    }
    assert_eq!(figure(&table, "connections opened"), figure(&table, "connections closed"), "{table}");
    assert!(!table.contains('\u{1b}'), "a pipe is no terminal:\n{table}");
    assert!(table.lines().all(|line| line.len() <= 120), "{table}");
    let left_behind = directory.path().read_dir().expect("it is there").count();
    assert!(cfg!(not(unix)) || left_behind == 0, "{left_behind} left in the temporary directory");
    table
}

#[test]
fn the_queue_loses_no_write() {
    half_a_second("--threads 20");
}

#[test]
fn one_thread_needs_one_connection() {
    let table = half_a_second("--threads 1");
    assert_eq!(figure(&table, "connections opened"), "1");
}

#[test]
fn singleton_thread_opens_a_connection_for_each_thread() {
    let table = half_a_second("--strategy singleton-thread --threads 4 --size 4");
    assert_eq!(figure(&table, "connections opened"), "4");
}

#[test]
fn null_opens_a_connection_for_each_checkout() {
    let table = half_a_second("--strategy null --threads 4");
    assert_eq!(figure(&table, "connections opened"), figure(&table, "checkouts"));
}

#[test]
fn static_opens_one_connection_for_all() {
    let table = half_a_second("--strategy static --threads 8");
    assert_eq!(figure(&table, "connections opened"), "1");
}

#[test]
fn assertion_names_the_first_holder_and_then_runs_one_thread() {
    let table = half_a_second("--strategy assertion --threads 8");
    assert!(table.contains("error: the connection is already checked out, at "), "{table}");
    assert!(table.contains("src/refusal.rs:"), "{table}");
    assert!(table.contains("1 thread, because the strategy is for one"), "{table}");
    assert_eq!(figure(&table, "connections opened"), "1");
}

#[test]
fn timeouts_are_counted_and_one_is_shown() {
    let table = half_a_second("--strategy static --threads 8 --timeout 0");
    assert_ne!(figure(&table, "errors: timeout"), "0", "{table}");
    assert!(table.contains("connection 1 taken by thread worker-"), "{table}");
}

#[test]
fn a_database_with_a_name_stays_and_is_never_written_over() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("parcels.db");
    let arguments = format!("--seconds 0.1 --threads 2 --database {}", path.display());
    let first = run(&arguments);
    assert!(first.status.success(), "{}", stderr(&first));
    assert!(stdout(&first).contains(&format!("sqlite3 {}", path.display())));
    let size = path.metadata().expect("it stays").len();
    let second = run(&arguments);
    assert_eq!(second.status.code(), Some(1));
    assert!(stderr(&second).contains("it exists already"), "{}", stderr(&second));
    assert_eq!(path.metadata().expect("it stays").len(), size);
}

#[test]
fn a_bad_argument_is_named_with_the_remedy() {
    for (arguments, name, remedy) in [
        ("--threads 0", "--threads", "give 1 to 256"),
        ("--threads -3", "--threads", "give 1 to 256"),
        ("--threads 100000", "--threads", "give 1 to 256"),
        ("--threads many", "--threads", "give 1 to 256"),
        ("--seconds 0", "--seconds", "give 0.1 to 3600 seconds"),
        ("--seconds -1", "--seconds", "give 0.1 to 3600 seconds"),
        ("--seconds NaN", "--seconds", "give 0.1 to 3600 seconds"),
        ("--seconds 1e9", "--seconds", "give 0.1 to 3600 seconds"),
        ("--timeout soon", "--timeout", "give 0 to 60000 milliseconds"),
        ("--size 0", "--size", "give 1 to 256"),
        ("--size 3 --strategy null", "--size", "leave it out"),
        ("--strategy quue", "--strategy", "'queue'"),
        ("--database /no/such/directory/a.db", "--database", "create it first"),
        ("--database .", "--database", "name a new file"),
    ] {
        let output = run(arguments);
        let message = stderr(&output);
        assert!(!output.status.success() && stdout(&output).is_empty(), "{arguments}: {}", stdout(&output));
        assert!(message.starts_with("error: "), "{arguments}: {message}");
        assert!(message.contains(name) && message.contains(remedy), "{arguments}: {message}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_early_with_the_table() {
    let mut child = demo("--seconds 60 --threads 4").stdout(Stdio::piped()).spawn().expect("the demo starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut line = String::new();
    while !line.contains("in use") {
        line.clear();
        assert_ne!(lines.read_line(&mut line).expect("it writes text"), 0, "the demo ended too early");
    }
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.expect("there is a command kill").success());
    let mut table = String::new();
    lines.read_to_string(&mut table).expect("it writes text");
    assert!(child.wait().expect("it ends").success(), "{table}");
    assert!(table.contains("Ended early after "), "{table}");
    assert_eq!(figure(&table, "no write was lost"), "yes", "{table}");
}
