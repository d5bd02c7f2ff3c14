//! `Options`: what the service is started with.

use std::{net::SocketAddr, time::Duration};

use clap::Parser;

/// Keeps a to-do list.
#[derive(Debug, Parser)]
pub(crate) struct Options {
    /// A path or sqlite:PATH, postgres://USER@HOST/NAME, or mysql://USER@HOST/NAME.
    #[arg(long, value_name = "URL", default_value = "todo.db")]
    pub(crate) database: String,

    /// Where to listen. Port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3000")]
    pub(crate) listen: SocketAddr,

    /// How many connections to the database there may be.
    #[arg(long, value_name = "NUMBER", default_value = "5")]
    pub(crate) connections: usize,

    /// How long a request waits for a connection.
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub(crate) wait: Duration,

    /// How long requests that are running may go on after Ctrl-C or SIGTERM.
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) grace: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "write a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
