//! `Product`: what a server needs to know of its software.

use crate::error::Error;
use crate::software::{Installed, Software};
use crate::supervisor::Ends;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a server is to be: its folder, and the address that it listens at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) software: &'a Installed,
    pub(crate) folder: &'a Path,
    pub(crate) address: SocketAddr,
}

/// What makes a server's data: to be run once.
#[derive(Debug)]
pub(crate) struct Bootstrap {
    pub(crate) command: Command,
    /// What it reads.
    pub(crate) input: Vec<u8>,
}

/// A kind of server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    pub(crate) software: Software,
    pub(crate) name: &'static str,
    pub(crate) ends: Ends,
    /// What makes its data, if it has any.
    pub(crate) bootstrap: fn(Site<'_>) -> Result<Option<Bootstrap>, Error>,
    /// What runs it.
    pub(crate) command: fn(Site<'_>) -> Command,
    /// Whether it serves: it answers as one that takes logins does.
    pub(crate) answers: fn(TcpStream) -> bool,
    pub(crate) url: fn(SocketAddr) -> String,
    /// Its socket: PostgreSQL's is named by the folder that it is in.
    pub(crate) socket: fn(&Path) -> PathBuf,
}
