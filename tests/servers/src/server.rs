//! `Server`: one that runs.

use crate::clock::{self, PATIENCE};
use crate::error::{Error, doing};
use crate::family;
use crate::folder::Folder;
use crate::port;
use crate::product::{Bootstrap, Product, Site};
use crate::products::{mariadb::MARIADB, pgbouncer, pgbouncer::PGBOUNCER, postgres::POSTGRES};
use crate::supervisor::Supervisor;
use crate::user::User;
use parking_lot::Mutex;
use std::fs::{self, File};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A private server. It is stopped and its folder removed when this is dropped, or when the process ends, however it
/// does.
#[derive(Debug)]
pub struct Server {
    product: Product,
    address: SocketAddr,
    url: String,
    /// Dropped first: it stops what lives in the folder.
    running: Mutex<Running>,
    folder: Folder,
}

#[derive(Debug)]
struct Running {
    supervisor: Supervisor,
    number: Option<u32>,
}

/// Starts a PostgreSQL of the caller's own: in some 1.2 s, most of it to make its data.
///
/// # Errors
///
/// [`Error`] says what is missing, or why it did not come up.
pub fn start_postgres() -> Result<Server, Error> {
    Server::new(POSTGRES, |_, _| Ok(()))
}

/// Starts a MariaDB of the caller's own: in some 0.7 s.
///
/// # Errors
///
/// [`Error`] says what is missing, or why it did not come up.
pub fn start_mysql() -> Result<Server, Error> {
    Server::new(MARIADB, |_, _| Ok(()))
}

/// Starts a PgBouncer in transaction mode, in front of the PostgreSQL at `behind`.
///
/// # Errors
///
/// [`Error`] says what is missing, or why it did not come up.
pub fn start_pgbouncer(behind: SocketAddr) -> Result<Server, Error> {
    Server::new(PGBOUNCER, |folder, address| pgbouncer::configure(folder, address, behind))
}

impl Server {
    fn new(
        product: Product,
        configure: impl FnOnce(&Path, SocketAddr) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let user = User::unprivileged()?;
        let folder = Folder::new(user)?;
        let software = product.software.find()?.for_user(user, folder.path())?;
        let address = port::free()?;
        configure(folder.path(), address)?;
        let site = Site { software: &software, folder: folder.path(), address };
        let libraries = software.library_path();
        let with_libraries = |mut command: Command| {
            if let Some(path) = &libraries {
                command.env("LD_LIBRARY_PATH", path);
            }
            command
        };
        if let Some(Bootstrap { command, input }) = (product.bootstrap)(site)? {
            own_all(user, folder.path())?;
            bootstrap(product, user, &folder, with_libraries(command), &input)?;
        }
        let command = with_libraries((product.command)(site));
        own_all(user, folder.path())?;
        let supervisor = Supervisor::new(user, folder.path(), product.ends, &command)?;
        let url = (product.url)(address);
        let running = Mutex::new(Running { supervisor, number: None });
        let server = Self { product, address, url, running, folder };
        server.try_start()?;
        Ok(server)
    }

    /// How clients name it: user, address and database, without a password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its socket: for PostgreSQL and PgBouncer, as clients have it, the folder that the socket is in.
    pub fn socket(&self) -> PathBuf {
        (self.product.socket)(self.folder.path())
    }

    /// Stops it as an administrator does. Its clients are cut.
    pub fn stop(&self) {
        let mut running = self.running.lock();
        running.supervisor.end();
        running.number = None;
    }

    /// Starts it again after [`stop`](Self::stop) or [`kill`](Self::kill): the same address, the same data.
    ///
    /// # Panics
    ///
    /// If it does not come up.
    pub fn start(&self) {
        if let Err(error) = self.try_start() {
            panic!("{error}");
        }
    }

    /// Kills it and all its processes, as a power cut does.
    pub fn kill(&self) {
        let mut running = self.running.lock();
        let Some(number) = running.number.take() else { return };
        // What stands still starts no more.
        running.supervisor.freeze(number);
        clock::wait_until(|| !family::is_running(number));
        let family = family::of(number);
        running.supervisor.kill(family::listed(&family));
        // Until the last is gone, some hold on to what the next start wants for itself.
        clock::wait_until(|| !family.iter().any(|number| family::is_alive(*number)));
    }

    /// Makes all its processes stand still: connections stay open, and nobody answers.
    pub fn freeze(&self) {
        let mut running = self.running.lock();
        let numbers = family::listed(&family::of(running.number.expect("it runs")));
        running.supervisor.freeze(numbers);
    }

    /// Lets them go on.
    pub fn thaw(&self) {
        let mut running = self.running.lock();
        let numbers = family::listed(&family::of(running.number.expect("it runs")));
        running.supervisor.thaw(numbers);
    }

    fn try_start(&self) -> Result<(), Error> {
        let mut running = self.running.lock();
        running.number = Some(running.supervisor.start());
        if clock::wait_until(|| self.answers()) {
            return Ok(());
        }
        Err(not_ready(self.product, &self.folder))
    }

    fn answers(&self) -> bool {
        let Ok(stream) = TcpStream::connect_timeout(&self.address, PATIENCE) else { return false };
        stream.set_read_timeout(Some(PATIENCE)).is_ok() && (self.product.answers)(stream)
    }
}

/// Makes a server's data.
fn bootstrap(
    product: Product,
    user: User,
    folder: &Folder,
    mut command: Command,
    input: &[u8],
) -> Result<(), Error> {
    let what = || format!("making the data of {}", product.name);
    let log = doing(what(), File::create(folder.log_file()))?;
    let same = doing(what(), log.try_clone())?;
    user.runs(&mut command);
    command.current_dir(folder.path()).stdin(Stdio::piped()).stdout(log).stderr(same);
    let mut child = doing(what(), command.spawn())?;
    // What it does not want to read any more it says in its log.
    let _ = child.stdin.take().map(|mut pipe| pipe.write_all(input));
    if doing(what(), child.wait())?.success() { Ok(()) } else { Err(not_ready(product, folder)) }
}

fn not_ready(product: Product, folder: &Folder) -> Error {
    Error::NotReady { program: product.name, folder: folder.path().to_owned(), log: folder.log() }
}

/// Gives all that was written into the folder so far to the user whom the server runs as.
fn own_all(user: User, folder: &Path) -> Result<(), Error> {
    for file in doing(folder.display().to_string(), fs::read_dir(folder))? {
        user.owns(&doing(folder.display().to_string(), file)?.path())?;
    }
    Ok(())
}
