//! Hooks and observers of a pool under stress: they see each connection before its user does, and misbehave too.

use super::account::Account;
use super::connection::Connection;
use super::manager::CountingManager;
use super::mishap::{Mishap, Mishaps};
use crate::kit::defer::Defer;
use cenote::{Builder, Event, Fault, Refusal, Strategy};
use std::sync::Arc;

/// Adds one of each kind.
pub(crate) fn add_hooks<S: Strategy>(
    builder: Builder<CountingManager, S>,
    account: &Arc<Account>,
    seed: u64,
) -> Builder<CountingManager, S> {
    let mishaps = || Mishaps::new(account, seed);
    let (on_first, on_connect, on_checkout) = (mishaps(), mishaps(), mishaps());
    let (on_reset, on_checkin, on_event) = (mishaps(), mishaps(), mishaps());
    let (first, connect) = (Arc::clone(account), Arc::clone(account));
    builder
        .on_first_connect(move |conn, _| {
            look(&on_first, "on_first_connect", conn)
                .inspect(|()| first.first_connects.add_one())
                .inspect_err(|_| first.connect_errors.add_one())
        })
        .on_connect(move |conn, _| {
            look(&on_connect, "on_connect", conn).inspect_err(|_| connect.connect_errors.add_one())
        })
        .on_checkout(move |conn, _| look(&on_checkout, "on_checkout", conn).map_err(|it| refuse(conn, it)))
        .on_reset(move |conn, _| look(&on_reset, "on_reset", conn))
        // These cannot fail; they may still panic, or let others go first.
        .on_checkin(move |conn, _| drop(look(&on_checkin, "on_checkin", conn)))
        .observer(move |_: &Event| drop(on_event.happen("observer")))
}

fn refuse(conn: &mut Connection, mishap: Mishap) -> Refusal<Mishap> {
    if mishap.fault == Fault::Transient {
        return Refusal::Refuse(mishap);
    }
    conn.condemn(Some("that a hook had called dead"));
    if mishap.fault == Fault::Lost { Refusal::DeadAll } else { Refusal::Dead }
}

/// Nobody else may have the connection while a hook has it.
fn look(mishaps: &Mishaps, name: &str, conn: &mut Connection) -> Result<(), Mishap> {
    conn.own(name);
    let _disowned = Defer(|| conn.disown());
    mishaps.happen(name)
}
