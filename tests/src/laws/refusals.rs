//! Hooks at checkout and return: what they can refuse, and what their panics cost.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::kit::defer::Defer;
use crate::kit::diary::Diary;
use crate::kit::panics::{scripted, scripted_panic, unwinds};
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{CloseReason, Error, Refusal};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A dead connection is replaced and the hooks are asked again; in vain twice, and the checkout ends. Nothing leaks.
pub fn a_checkout_hook_is_asked_twice<S: Promise>(fake: &Fake) {
    for (deaths, opened) in [(1, 2), (2, 2)] {
        let left = Arc::new(AtomicUsize::new(deaths));
        let (count, diary) = (Arc::clone(&left), Diary::default());
        let builder = pools::narrow::<_, S>(fake).observer(diary.clone()).on_checkout(move |_, _| {
            let dead =
                count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
            if dead { Err(Refusal::Dead) } else { Ok(()) }
        });
        let pool = built(builder.build());
        let outcome = pool.get();
        assert_eq!(pool.status().totals.opened, opened);
        if deaths == 1 {
            assert_eq!(diary.read(), "first_connect connect invalidate close connect checkout");
            drop(outcome.unwrap());
        } else {
            assert!(matches!(outcome, Err(Error::Refused { cause: None, .. })));
            assert_eq!(
                diary.read(),
                "first_connect connect invalidate close connect invalidate close checkin(none)"
            );
            assert_eq!(pool.status().open, 0);
        }
        drop(pool.get().unwrap());
    }
}

/// A connection that is refused for this caller alone goes home, and the caller has the hook's own error.
pub fn a_refused_connection_goes_home<S: Promise>(fake: &Fake) {
    let refuses = Arc::new(Mutex::new(Some(fake.error())));
    let once = Arc::clone(&refuses);
    let builder = pools::narrow::<_, S>(fake)
        .on_checkout(move |_, _| once.lock().take().map_or(Ok(()), |error| Err(Refusal::Refuse(error))));
    let pool = built(builder.build());
    let error = pool.get().unwrap_err();
    assert!(
        matches!(error, Error::Refused { cause: Some(_), .. }) && error.driver_error().is_some(),
        "{error}"
    );
    drop(pool.get().unwrap());
    let expected = if S::has(Ability::Keeps).is_ok() { 1 } else { 2 };
    assert_eq!((pool.status().totals.opened, pool.status().in_use), (expected, 0));
}

/// The same in a destructor, while a panic unwinds: the connection is not to blame for that.
pub fn a_connection_refused_during_a_panic_goes_home<S: Promise>(fake: &Fake) {
    let refuses = Arc::new(Mutex::new(None));
    let once = Arc::clone(&refuses);
    let builder = pools::narrow::<_, S>(fake)
        .on_checkout(move |_, _| once.lock().take().map_or(Ok(()), |error| Err(Refusal::Refuse(error))));
    let pool = built(builder.build());
    drop(pool.get().unwrap());
    unwinds(Defer(|| {
        *refuses.lock() = Some(fake.error());
        assert!(matches!(pool.get(), Err(Error::Refused { cause: Some(_), .. })));
    }));
    assert_eq!((pool.status().totals.closed(), pool.status().idle), (0, 1));
}

/// One hook's word is enough to outdate all that are open.
pub fn a_checkout_hook_can_outdate_all<S: Promise>(fake: &Fake) {
    let says = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&says);
    let builder = pools::narrow::<_, S>(fake).on_checkout(move |_, _| {
        if asked.swap(0, Ordering::SeqCst) == 1 { Err(Refusal::DeadAll) } else { Ok(()) }
    });
    let pool = built(builder.build());
    drop(pool.get().unwrap());
    let before = pool.status().generation;
    says.store(1, Ordering::SeqCst);
    drop(pool.get().unwrap());
    assert_eq!(pool.status().generation, before + 1);
}

/// A hook that panics costs its connection and nothing else.
pub fn a_hook_that_panics_costs_its_connection<S: Promise>(fake: &Fake) {
    let panics = Arc::new(AtomicUsize::new(0));
    let at = |number: usize| {
        let panics = Arc::clone(&panics);
        move || {
            if panics.compare_exchange(number, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                scripted_panic("a hook")
            }
        }
    };
    let (checkout, reset, checkin) = (at(1), at(2), at(3));
    let builder = pools::narrow::<_, S>(fake)
        .on_checkout(move |_, _| {
            checkout();
            Ok(())
        })
        .on_reset(move |_, _| {
            reset();
            Ok(())
        })
        .on_checkin(move |_, _| checkin());
    let pool = built(builder.build());
    for number in 1..=3 {
        drop(pool.get().unwrap());
        panics.store(number, Ordering::SeqCst);
        let panicked = scripted(|| drop(pool.get().unwrap())).is_err();
        assert_eq!(panicked, number == 1 || S::has(Ability::Keeps).is_ok(), "hook {number}");
        panics.store(0, Ordering::SeqCst);
        assert_eq!((pool.status().in_use, pool.status().connecting), (0, 0), "after hook {number}");
    }
    drop(pool.get().unwrap());
}

/// One that a hook calls dead is closed for that, and not because of its user.
pub fn a_connection_called_dead_is_closed_for_that<B: Backend, S: Promise>(backend: &B) {
    let refusals = Mutex::new(vec![Refusal::Dead, Refusal::DeadAll]);
    let refuse = move |_: &mut _, _: &mut _| refusals.lock().pop().map_or(Ok(()), Err);
    let pool = built(pools::narrow::<B, S>(backend).on_checkout(refuse).build());
    assert!(pool.get().is_err(), "it is asked twice");
    assert!(pool.get().is_ok());
    assert_eq!(pool.status().totals.closed_because(CloseReason::Refused), 2);
}
