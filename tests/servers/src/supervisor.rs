//! `Supervisor`: a shell between a server and its owner, which stops the one when the other is gone.

use crate::clock;
use crate::error::{Error, doing};
use crate::user::User;
use std::fmt::Display;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A shell that takes orders, a line each, and answers each with a line. When there are no more orders to come, it stops
/// the server and removes the folder.
#[derive(Debug)]
pub struct Supervisor {
    shell: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// How a server is told to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ends {
    /// SIGINT: PostgreSQL does not wait for its clients then.
    ByInterrupt,
    /// SIGTERM.
    ByTermination,
}

/// What is stopped by a signal could not end, so it is let go on first. One that does not end all the same is killed.
const SCRIPT: &str = r#"
folder=$1 ends=$2; shift 2
end() { kill -s CONT $server $frozen; kill -s "$ends" "$server"; } 2>/dev/null
while read -r order arguments; do
    case $order in
        start) "$@" </dev/null >>"$folder/log" 2>&1 & server=$!; echo "$server" ;;
        end) end; wait "$server"; echo ended ;;
        kill) kill -s KILL "$server" $arguments; wait "$server"; frozen=; echo killed ;;
        freeze) frozen=$arguments; kill -s STOP $arguments; echo frozen ;;
        thaw) kill -s CONT $arguments; frozen=; echo thawed ;;
    esac
done 2>>"$folder/log"
if [ -n "$server" ]; then
    end
    { sleep 10; kill -s KILL "$server"; } 2>/dev/null >/dev/null &
    killer=$!
    wait "$server" 2>/dev/null
    kill "$killer" 2>/dev/null
fi
rm -rf "$folder"
"#;

impl Supervisor {
    /// Starts a shell for a server that `command` will start, whose data is in `folder`.
    pub(crate) fn new(user: User, folder: &Path, ends: Ends, command: &Command) -> Result<Self, Error> {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(SCRIPT).arg("cenote-supervisor").arg(folder);
        shell.arg(match ends {
            Ends::ByInterrupt => "INT",
            Ends::ByTermination => "TERM",
        });
        if Command::new("setpriv").arg("--version").output().is_ok() {
            // So that it ends too when the shell itself is killed.
            shell.args(["setpriv", "--pdeathsig", "KILL", "--"]);
        }
        shell.arg(command.get_program()).args(command.get_args());
        shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        // A group of its own: what is typed at the terminal is for the owner.
        shell.process_group(0).current_dir(folder);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        user.runs(&mut shell);
        let mut shell = doing("starting sh, which watches over a server", shell.spawn())?;
        let orders = shell.stdin.take();
        let answers = BufReader::new(shell.stdout.take().expect("it was asked for"));
        Ok(Self { shell, orders, answers })
    }

    /// Starts the server: its number.
    pub(crate) fn start(&mut self) -> u32 {
        self.order("start", "").trim().parse().expect("the shell says its number")
    }

    /// Stops the server in an orderly way.
    pub(crate) fn end(&mut self) {
        self.order("end", "");
    }

    /// Kills the server, and these processes of it.
    pub(crate) fn kill(&mut self, numbers: impl Display) {
        self.order("kill", numbers);
    }

    /// Makes processes of the server stand still.
    pub(crate) fn freeze(&mut self, numbers: impl Display) {
        self.order("freeze", numbers);
    }

    /// Makes them go on.
    pub(crate) fn thaw(&mut self, numbers: impl Display) {
        self.order("thaw", numbers);
    }

    fn order(&mut self, order: &str, arguments: impl Display) -> String {
        let orders = self.orders.as_mut().expect("it takes orders until it is dropped");
        writeln!(orders, "{order} {arguments}").expect("the shell takes orders");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the shell answers");
        answer
    }
}

impl Drop for Supervisor {
    /// Waits until the server is gone, and its folder.
    fn drop(&mut self) {
        self.orders = None;
        clock::wait_until(|| !matches!(self.shell.try_wait(), Ok(None)));
    }
}
