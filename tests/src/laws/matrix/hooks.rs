//! A hook at every moment, and an observer: each does what the script says.

use super::keepsake::Keepsake;
use crate::fake::{Call, FakeConnection, FakeError, FakeManager, Ledger};
use crate::promise::Promise;
use cenote::{Builder, Event, Fault, Refusal};
use std::sync::Arc;

/// A hook at every moment, and an observer.
pub(super) fn with_hooks<S: Promise>(
    builder: Builder<FakeManager, S>,
    ledger: &Arc<Ledger>,
) -> Builder<FakeManager, S> {
    let at = |moment| hook(ledger, moment);
    let (first_connect, connect, checkout) = (at("first_connect"), at("connect"), at("checkout"));
    let (reset, checkin, soft_invalidate) = (at("reset"), at("checkin"), at("soft_invalidate"));
    let (detach, invalidate) = (at("detach"), at("invalidate"));
    let (close, close_detached) = (at("close"), at("close_detached"));
    let (records, observed) = (Arc::clone(ledger), Arc::clone(ledger));
    builder
        .on_first_connect(move |conn, _| first_connect(conn))
        .on_connect(move |conn, record| {
            Keepsake::hang_on(record, &records, Call::RecordInfo);
            Keepsake::hang_on(record.info_mut(), &records, Call::Info);
            connect(conn)
        })
        .on_checkout(move |conn, _| checkout(conn).map_err(refusal))
        .on_reset(move |conn, _| reset(conn))
        .on_checkin(move |conn, _| drop(checkin(conn)))
        .on_soft_invalidate(move |conn, _| drop(soft_invalidate(conn)))
        .on_detach(move |conn, _| drop(detach(conn)))
        .on_invalidate(move |conn, _, _| drop(invalidate(conn)))
        .on_close(move |conn, _| drop(close(conn)))
        .on_close_detached(move |conn| drop(close_detached(conn)))
        .observer(move |event: &Event| drop(observed.meet(Call::Told(event.name()))))
}

/// Uses the connection, and does what the script says.
fn hook(
    ledger: &Arc<Ledger>,
    moment: &'static str,
) -> impl Fn(&mut FakeConnection) -> Result<(), FakeError> + Send + Sync + 'static {
    let ledger = Arc::clone(ledger);
    move |conn| {
        conn.work();
        ledger.meet(Call::Hook(moment))
    }
}

/// What the checkout hook says with an error.
fn refusal(error: FakeError) -> Refusal<FakeError> {
    match error.fault {
        Fault::Lost => Refusal::DeadAll,
        Fault::Refused => Refusal::Refuse(error),
        _ => Refusal::Dead,
    }
}
