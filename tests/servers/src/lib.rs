//! Private database servers for tests: on a free loopback port and a socket of their own, in a temporary folder, as an
//! unprivileged user, gone with whoever started them.
//!
//! ```no_run
//! let server = cenote_servers::postgres();
//! println!("{}", server.url());
//! ```
//!
//! - [`postgres`] and [`mysql`] are the servers of this process: those that `CENOTE_POSTGRES_URL` and `CENOTE_MYSQL_URL`
//!   name, else private ones, started at the first call.
//! - [`start_postgres`] and [`start_mysql`] start one of the caller's own, to be stopped, killed and frozen.
//! - [`wire::Wire`] is a proxy between a client and a server: it counts round trips, and fails as networks do.
//! - [`software`] finds the programs on the machine, or unpacks the system's packages into the build's folder.
//!
//! A shell, the [`supervisor`], stands between a server and its owner. When the pipe from the owner ends, by a drop, a
//! panic or a `SIGKILL`, it stops the server and removes the folder.

mod clock;
mod error;
mod user;
mod target;
mod packages;
pub mod software;
mod family;
mod folder;
mod port;
pub mod supervisor;
mod product;
mod products;
mod server;
mod ours;
pub mod wire;

pub use error::Error;
pub use ours::{mysql, postgres};
pub use server::{Server, start_mysql, start_pgbouncer, start_postgres};
