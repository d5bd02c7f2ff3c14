//! `Mishap`: a step that goes wrong, and how; `ways`: all in which it can.

use crate::fake::{Call, Gate, Ledger};
use cenote::Fault;
use std::fmt;

/// The moments of a connection, by the names of their events: each has hooks, and observers are told of it. A new one is
/// a word here, a line in `hooks`, and a step of some course.
pub(super) const MOMENTS: &[&str] = &[
    "first_connect",
    "connect",
    "checkout",
    "reset",
    "checkin",
    "invalidate",
    "soft_invalidate",
    "close",
    "detach",
    "close_detached",
];

/// The steps that are the driver's, and the destructors of what hangs on a connection and on a record.
const OTHERS: &[Call] = &[
    Call::Connect,
    Call::IsValid,
    Call::Classify,
    Call::Rollback,
    Call::Commit,
    Call::HasBroken,
    Call::Close,
    Call::Drop,
    Call::MayHang,
    Call::Info,
    Call::RecordInfo,
];

/// How a step goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It fails with an error that means this. Of the checkout hook, `Other` is dead, `Lost` is all dead, and
    /// `Refused` is a refusal.
    Fails(Fault),
    /// It panics.
    Panics,
}

/// One step of a life that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mishap {
    pub(super) step: Call,
    /// The how manieth such step it is, 1 for the first.
    pub(super) nth: usize,
    pub(super) way: Way,
}

/// Every step that there is.
pub(super) fn every_step() -> Vec<Call> {
    let hooks = MOMENTS.iter().copied().map(Call::Hook);
    OTHERS.iter().copied().chain(hooks).chain(MOMENTS.iter().copied().map(Call::Told)).collect()
}

/// Every way in which a step can go wrong: what gives no result can only panic.
pub(super) fn ways(step: Call) -> &'static [Way] {
    const OTHER: Way = Way::Fails(Fault::Other);
    const LOST: Way = Way::Fails(Fault::Lost);
    match step {
        Call::IsValid => &[OTHER, LOST, Way::Panics],
        Call::Hook("checkout") => &[OTHER, LOST, Way::Fails(Fault::Refused), Way::Panics],
        Call::Connect | Call::Rollback | Call::Commit | Call::HasBroken | Call::Close => {
            &[OTHER, Way::Panics]
        }
        Call::Hook("first_connect" | "connect" | "reset") => &[OTHER, Way::Panics],
        Call::Classify | Call::Drop | Call::MayHang => &[Way::Panics],
        Call::Info | Call::RecordInfo | Call::Hook(_) | Call::Told(_) => &[Way::Panics],
    }
}

/// Writes mishaps into a script. The first call of `gated` stands still at the gate that this returns.
pub(super) fn write(mishaps: &[Mishap], ledger: &Ledger, gated: Option<Call>) -> Option<Gate> {
    let gate = gated.map(|step| ledger.on(step).times(1).blocks());
    for step in every_step() {
        let mut come = usize::from(gated == Some(step));
        let mut mishaps: Vec<_> = mishaps.iter().filter(|mishap| mishap.step == step).collect();
        mishaps.sort_by_key(|mishap| mishap.nth);
        for mishap in mishaps.into_iter().filter(|mishap| gated != Some(step) || mishap.nth > 1) {
            ledger.on(step).times(mishap.nth - 1 - come).passes();
            match mishap.way {
                Way::Fails(fault) => ledger.on(step).times(1).fails_with(fault),
                Way::Panics => ledger.on(step).times(1).panics(),
            }
            come = mishap.nth;
        }
    }
    gate
}

/// Lets what stands at the gate go on: to its mishap, if it has one.
pub(super) fn open(gate: &Gate, gated: Call, mishaps: &[Mishap]) {
    let first = mishaps.iter().find(|mishap| (mishap.step, mishap.nth) == (gated, 1));
    match first.map(|mishap| mishap.way) {
        Some(Way::Fails(fault)) => gate.release_to_fail(fault),
        Some(Way::Panics) => gate.release_to_panic(),
        None => gate.release(),
    }
}

impl fmt::Display for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, nth, way } = self;
        match way {
            Way::Fails(fault) => write!(f, "{step} ({nth}) fails as {fault:?}"),
            Way::Panics => write!(f, "{step} ({nth}) panics"),
        }
    }
}
