//! When the service is to end.

use std::io;

use tokio::{
    select,
    signal::unix::{SignalKind, signal},
};

/// Waits for Ctrl-C or SIGTERM. Neither ends the program any more once this has returned.
pub(crate) fn asked_for() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
