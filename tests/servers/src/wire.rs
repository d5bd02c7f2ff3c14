//! `Wire`: a proxy on loopback between clients and a server, which counts round trips and fails as networks do.

use parking_lot::{Condvar, Mutex};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
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
    trips: AtomicU64,
    state: Mutex<State>,
    thawed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    is_frozen: bool,
    is_refusing: bool,
    is_over: bool,
    ends: Vec<TcpStream>,
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
        self.line.trips.load(Ordering::SeqCst)
    }

    /// How many round trips `work` takes, while nothing else uses the wire.
    pub fn count<T>(&self, work: impl FnOnce() -> T) -> (T, u64) {
        let before = self.trips();
        let done = work();
        (done, self.trips() - before)
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
        for end in self.line.state.lock().ends.drain(..) {
            // One that is cut already needs no cutting.
            let _ = end.shutdown(Shutdown::Both);
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
            state.ends.push(end.try_clone()?);
        }
        drop(state);
        // Whoever speaks first opens a trip.
        let has_answered = Arc::new(AtomicBool::new(true));
        let (answering, asking) = (Arc::clone(&has_answered), Arc::clone(self));
        let (to_server, from_server) = (server.try_clone()?, server);
        let (to_client, from_client) = (client.try_clone()?, client);
        start(move || {
            asking.pump(from_client, to_server, |line| {
                if answering.swap(false, Ordering::SeqCst) {
                    line.trips.fetch_add(1, Ordering::SeqCst);
                }
            });
        });
        let line = Arc::clone(self);
        start(move || line.pump(from_server, to_client, |_| has_answered.store(true, Ordering::SeqCst)));
        Ok(())
    }

    /// Passes on what comes until one end is closed, and closes the other.
    fn pump(&self, mut from: TcpStream, mut to: TcpStream, note: impl Fn(&Self)) {
        let mut buffer = [0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let mut state = self.state.lock();
            self.thawed.wait_while(&mut state, |state| state.is_frozen);
            drop(state);
            note(self);
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        // The other end may be closed already.
        let _ = (to.shutdown(Shutdown::Write), from.shutdown(Shutdown::Read));
    }
}

#[expect(clippy::disallowed_methods, reason = "a proxy is no pool: its threads are its own")]
fn start(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}
