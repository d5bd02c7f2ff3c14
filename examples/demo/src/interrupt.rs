//! Ctrl-C: the first ends the load early, the second the program.

use std::fs;
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use crate::failure::Failure;
use crate::load::Event;

/// Listens for Ctrl-C from now on.
pub(crate) fn listen(events: Sender<Event>, temporary: Option<&Path>) -> Result<(), Failure> {
    let temporary = temporary.map(Path::to_owned);
    let was_pressed = AtomicBool::new(false);
    ctrlc::set_handler(move || {
        if was_pressed.swap(true, Ordering::Relaxed) {
            if let Some(directory) = &temporary {
                let _ = fs::remove_dir_all(directory);
            }
            process::exit(CODE_OF_INTERRUPTION);
        }
        // If nobody listens any more the load is over, and the table is about to come.
        let _ = events.send(Event::Interrupted);
    })
    .map_err(|error| {
        Failure::machine(
            format!("cannot listen for Ctrl-C: {error}"),
            "does this system let programs handle signals? Try it in an ordinary terminal",
        )
    })
}

/// What shells expect of a program that was interrupted: 128 and the signal's number.
const CODE_OF_INTERRUPTION: i32 = 130;
