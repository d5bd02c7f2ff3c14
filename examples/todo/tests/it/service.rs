//! `Service`: the program, started by a test and gone with it.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::client::{Answer, ask};

/// The program, started by a test and gone with it.
pub(crate) struct Service {
    process: Child,
    output: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
}

/// What is left of a service.
#[derive(Debug)]
pub(crate) struct Remains {
    pub(crate) code: Option<i32>,
    /// What it wrote to standard output since it was listening, without the lines that were read.
    pub(crate) output: String,
    pub(crate) log: String,
}

impl Service {
    /// A service on a free port, which listens already.
    pub(crate) fn start(database: &str, options: &[&str]) -> Self {
        let mut process = command(database, options).spawn().expect("it starts");
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("it writes text");
        let address = line.trim_end().strip_prefix("listening on http://").and_then(|rest| rest.parse().ok());
        let Some(address) = address else {
            panic!("{line:?} is no address; {:?}", process.wait_with_output())
        };
        Self { process, output, address }
    }

    /// A service that does not come to listen.
    pub(crate) fn fail(database: &str) -> Remains {
        let output = command(database, &[]).output().expect("it starts");
        let text = |bytes| String::from_utf8(bytes).expect("it writes text");
        Remains { code: output.status.code(), output: text(output.stdout), log: text(output.stderr) }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        ask(self.address, method, path, body).expect("it answers")
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    pub(crate) fn add(&self, title: &str) -> Answer {
        self.ask("POST", "/todos", &json!({ "title": title }).to_string())
    }

    /// The titles on the list.
    pub(crate) fn titles(&self) -> Vec<String> {
        let list = self.get("/todos").json();
        let title = |todo: &Value| todo["title"].as_str().expect("a title is a text").to_owned();
        list.as_array().expect("the list is one").iter().map(title).collect()
    }

    /// A figure of the pool.
    pub(crate) fn figure(&self, name: &str) -> u64 {
        self.get("/status").json()[name].as_u64().unwrap_or_else(|| panic!("{name} is no figure"))
    }

    /// Asks for the figure until it is this one.
    pub(crate) fn await_figure(&self, name: &str, figure: u64) {
        while self.figure(name) != figure {}
    }

    pub(crate) fn terminate(&self) {
        kill_process(Pid::from_child(&self.process), Signal::TERM).expect("it runs");
    }

    /// The next line that it writes.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it writes text");
        line
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Remains {
        let (mut output, mut log) = (String::new(), String::new());
        self.output.read_to_string(&mut output).expect("it writes text");
        self.process.stderr.take().expect("it is piped").read_to_string(&mut log).expect("it writes text");
        Remains { code: self.process.wait().expect("it ends").code(), output, log }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(database: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cenote-example-todo"));
    command.args(["--listen", "127.0.0.1:0", "--database", database]).args(options);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}
