//! A server whose owner is killed is stopped, and leaves nothing.

use cenote_servers::{start_mysql, start_postgres};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const OWNER: &str = "CENOTE_TEST_OWNER";

/// Run once more as a process of its own: starts both, says where they are, and waits to be killed.
#[test]
fn a_server_is_gone_when_its_owner_is_killed() {
    if env::var_os(OWNER).is_some() {
        let (postgres, mysql) = (start_postgres().unwrap(), start_mysql().unwrap());
        for server in [&postgres, &mysql] {
            writeln!(std::io::stderr(), "{} {}", server.address(), server.socket().display()).unwrap();
        }
        loop {
            std::thread::park();
        }
    }
    let mut owner = Command::new(env::current_exe().unwrap())
        .args(["--exact", "orphans::a_server_is_gone_when_its_owner_is_killed", "--nocapture"])
        .env(OWNER, "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(owner.stderr.take().unwrap()).lines();
    let servers: [(SocketAddr, PathBuf); 2] = std::array::from_fn(|_| {
        let line = lines.next().expect("it says where they are").unwrap();
        let (address, socket) = line.split_once(' ').unwrap();
        (address.parse().unwrap(), socket.into())
    });
    assert!(servers.iter().all(|(address, socket)| TcpStream::connect(address).is_ok() && socket.exists()));
    owner.kill().unwrap();
    owner.wait().unwrap();
    for (address, socket) in servers {
        wait_until(|| TcpStream::connect(address).is_err());
        wait_until(|| !socket.exists());
    }
}

#[expect(clippy::disallowed_methods, reason = "what never ends must not be waited for without end")]
fn wait_until(holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is still there");
        std::thread::yield_now();
    }
}
