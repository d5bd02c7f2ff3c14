//! `hooked`: one more hook of each kind that a healthy life comes to.

use cenote::{Builder, Manager, Strategy};

/// What a hook does.
pub type Act = Box<dyn Fn() + Send + Sync>;

/// A builder with one more hook at each of `first_connect`, `connect`, `checkout`, `reset` and `checkin`. Each does what
/// is made for its name.
pub fn hooked<M: Manager, S: Strategy>(
    builder: Builder<M, S>,
    act: impl Fn(&'static str) -> Act,
) -> Builder<M, S> {
    let (first_connect, connect, checkout) = (act("first_connect"), act("connect"), act("checkout"));
    let (reset, checkin) = (act("reset"), act("checkin"));
    builder
        .on_first_connect(move |_, _| {
            first_connect();
            Ok(())
        })
        .on_connect(move |_, _| {
            connect();
            Ok(())
        })
        .on_checkout(move |_, _| {
            checkout();
            Ok(())
        })
        .on_reset(move |_, _| {
            reset();
            Ok(())
        })
        .on_checkin(move |_, _| checkin())
}
