//! `Wire`: a proxy on loopback between clients and a server, which counts round trips and fails as networks do.

use parking_lot::{Condvar, Mutex, MutexGuard};
use rustix::net::{RecvFlags, recv};
use std::io::{Read, Write};
use std::mem;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// A proxy. It ends when it is dropped, and cuts what goes through it then.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    line: Arc<Line>,
}

/// What both ends of all connections share.
#[derive(Debug, Default)]
struct Line {
    state: Mutex<State>,
    thawed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    trips: u64,
    is_frozen: bool,
    is_refusing: bool,
    is_over: bool,
    connections: Vec<Connection>,
}

#[derive(Debug)]
struct Connection {
    client: TcpStream,
    server: TcpStream,
    /// Whether the server was the last to speak, or nobody has yet: whoever speaks next opens a trip.
    is_answered: bool,
    is_over: bool,
}

impl Wire {
    /// A wire to a server.
    ///
    /// # Panics
    ///
    /// If there is no free port on loopback.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let line = Arc::<Line>::default();
        let accepting = Arc::clone(&line);
        start(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if accepting.state.lock().is_over {
                    break;
                }
                // A server that cannot be reached is told by the end of the connection.
                let _ = accepting.connect(client, server);
            }
        });
        Self { address, line }
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often a client spoke after its server had: round trips, of all connections together. A login counts as its own
    /// protocol has it.
    pub fn trips(&self) -> u64 {
        self.line.state.lock().trips
    }

    /// How many round trips `work` takes, while nothing else uses the wire.
    pub fn count<T>(&self, work: impl FnOnce() -> T) -> (T, u64) {
        let before = self.trips();
        let done = work();
        (done, self.trips() - before)
    }

    /// Comes back when the server has answered everything that was sent, also what its client does not wait for: so that
    /// no such message is counted with what comes next. For protocols that answer every message, as PostgreSQL's does.
    pub fn settle(&self) {
        while !self.line.state.lock().connections.iter().all(Connection::is_settled) {
            thread::yield_now();
        }
    }

    /// Nothing passes any more, in neither direction; nothing is lost.
    pub fn freeze(&self) {
        self.line.state.lock().is_frozen = true;
    }

    /// What waits passes again.
    pub fn thaw(&self) {
        self.line.state.lock().is_frozen = false;
        self.line.thawed.notify_all();
    }

    /// Cuts all connections, as a lost network does that was noticed at both ends.
    pub fn cut(&self) {
        for connection in &self.line.state.lock().connections {
            // One that is cut already needs no cutting.
            let _ = connection.client.shutdown(Shutdown::Both);
            let _ = connection.server.shutdown(Shutdown::Both);
        }
        self.thaw();
    }

    /// Whether new connections are turned away.
    pub fn refuse(&self, refuses: bool) {
        self.line.state.lock().is_refusing = refuses;
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.line.state.lock().is_over = true;
        self.cut();
        // The thread that accepts is woken up to see it.
        let _ = TcpStream::connect(self.address);
    }
}

impl Line {
    fn connect(self: &Arc<Self>, client: TcpStream, server: SocketAddr) -> std::io::Result<()> {
        let mut state = self.state.lock();
        if state.is_refusing {
            return Ok(());
        }
        let server = TcpStream::connect(server)?;
        for end in [&client, &server] {
            end.set_nodelay(true)?;
        }
        let ends = [client.try_clone()?, server.try_clone()?, client.try_clone()?, server.try_clone()?];
        let index = state.connections.len();
        state.connections.push(Connection { client, server, is_answered: true, is_over: false });
        drop(state);
        let [from_client, to_server, to_client, from_server] = ends;
        let (asking, answering) = (Arc::clone(self), Arc::clone(self));
        start(move || {
            asking.pump(from_client, to_server, index, |state| {
                let was_answered = mem::replace(&mut state.connections[index].is_answered, false);
                state.trips += u64::from(was_answered);
            });
        });
        start(move || {
            answering.pump(from_server, to_client, index, |state| {
                state.connections[index].is_answered = true;
            });
        });
        Ok(())
    }

    /// Passes on what comes until one end is closed, and closes the other.
    fn pump(&self, mut from: TcpStream, mut to: TcpStream, index: usize, note: impl Fn(&mut State)) {
        let mut buffer = [0; 16 * 1024];
        // What has come is taken and noted in one: nobody sees the one without the other.
        while let Ok(1..) = from.peek(&mut [0]) {
            let mut state = self.passing();
            let Ok(count @ 1..) = from.read(&mut buffer) else { break };
            note(&mut state);
            drop(state);
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        self.state.lock().connections[index].is_over = true;
        // The other end may be closed already.
        let _ = (to.shutdown(Shutdown::Write), from.shutdown(Shutdown::Read));
    }

    /// The state, once it is not frozen.
    fn passing(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock();
        self.thawed.wait_while(&mut state, |state| state.is_frozen);
        state
    }
}

impl Connection {
    fn is_settled(&self) -> bool {
        let peek = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        let has_come = matches!(recv(&self.client, &mut [0], peek), Ok((1.., _)));
        self.is_over || (self.is_answered && !has_come)
    }
}

#[expect(clippy::disallowed_methods, reason = "a proxy is no pool: its threads are its own")]
fn start(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}
