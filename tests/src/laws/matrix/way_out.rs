//! The way out: a connection is opened, asked and shown, until its user has it.

use super::ended::{Ended, panicked};
use super::mishap::Way;
use super::steps::{Held, Steps};
use crate::fake::Call;
use cenote::Fault;

impl Steps<'_> {
    /// Opens a connection.
    pub(super) fn open(&mut self) -> Result<Held, Ended> {
        self.call(Call::Connect)?;
        let mut held = Held::default();
        let shown = self.show_first().and_then(|()| self.show_new(&mut held));
        if shown.is_err() {
            self.close("close", held);
        }
        shown.map(|()| held)
    }

    /// Asks a connection whether it works, and replaces it if not.
    pub(super) fn check(&mut self, held: Held) -> Result<Held, Ended> {
        match self.meet(Call::IsValid) {
            None => Ok(held),
            Some(Way::Panics) => {
                self.end(held, true);
                Err(panicked(Call::IsValid))
            }
            Some(Way::Fails(_)) => {
                if let Err(ended) = self.call(Call::Classify) {
                    self.end(held, true);
                    return Err(ended);
                }
                self.end_in_place(held, true);
                self.open()
            }
        }
    }

    /// Shows a connection to the checkout hook, which may have it replaced once.
    pub(super) fn show(&mut self, mut held: Held) -> Result<Held, Ended> {
        for is_last in [false, true] {
            match self.meet(Call::Hook("checkout")) {
                None => {
                    self.call_quietly(Call::Told("checkout"));
                    return Ok(held);
                }
                Some(Way::Panics) => {
                    self.end(held, true);
                    return Err(panicked(Call::Hook("checkout")));
                }
                Some(Way::Fails(Fault::Refused)) => return self.give_back(held).and(Err(Ended::Failed)),
                Some(Way::Fails(fault)) => {
                    if fault == Fault::Lost {
                        self.outdate_all();
                    }
                    if is_last {
                        self.end(held, true);
                        return Err(Ended::Failed);
                    }
                    self.end_in_place(held, true);
                    held = self.open()?;
                }
            }
        }
        unreachable!("the last refusal is the last")
    }

    fn show_first(&mut self) -> Result<(), Ended> {
        if self.first_connect_is_over {
            return Ok(());
        }
        self.call(Call::Hook("first_connect"))?;
        self.call_quietly(Call::Told("first_connect"));
        self.first_connect_is_over = true;
        Ok(())
    }

    fn show_new(&mut self, held: &mut Held) -> Result<(), Ended> {
        // The hook hangs something on the connection, and on the record of its place; those that are out have it already.
        held.is_hung_with = true;
        self.records = self.records.max(self.out.len() + 1);
        self.call(Call::Hook("connect"))?;
        self.call_quietly(Call::Told("connect"));
        Ok(())
    }
}
