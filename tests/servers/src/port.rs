//! A free port on loopback.

use crate::error::{Error, doing};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// An address that nobody listened at a moment ago. The system gives the same one out again only after thousands of
/// others.
pub(crate) fn free() -> Result<SocketAddr, Error> {
    let probe = doing("a free port on loopback", TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
    doing("a free port on loopback", probe.local_addr())
}
