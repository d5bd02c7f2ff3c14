//! `Candidate`: what the stress must know of a strategy.

use super::connection::Connection;
use super::dice::Dice;
use super::manager::CountingManager;
use cenote::{
    Assertion, Builder, Null, Order, Pool, PooledConnection, PrePing, Queue, SingletonThread, Static,
    Strategy,
};
use std::panic::resume_unwind;
use std::thread;
use std::time::Duration;

/// What the stress must know of a strategy.
pub(crate) trait Candidate: Strategy {
    /// When a checkout may be refused because of another one.
    const REFUSES: Refuses;

    /// Settings that exist where connections are kept, as the dice fall.
    fn set_up(builder: Builder<CountingManager, Self>, dice: &mut Dice) -> Builder<CountingManager, Self>;

    /// Makes it larger or smaller, where it has a size.
    fn resize(_pool: &Pool<CountingManager, Self>, _size: usize) {}

    /// Has it replaced at its next checkout, where it is kept.
    fn soft_invalidate(held: &mut Handle<'_, Self>);

    /// Gives it back in another thread, where it may leave its own.
    fn carry_off(handle: Handle<'_, Self>);
}

pub(crate) type Handle<'p, S> = PooledConnection<'p, CountingManager, S>;

/// When a checkout may be refused because of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refuses {
    Never,
    /// When the same thread has one, whose connection stays in it.
    InTheSameThread,
    Always,
}

/// What all that keep connections have in common.
macro_rules! kept {
    () => {
        fn set_up(
            builder: Builder<CountingManager, Self>,
            dice: &mut Dice,
        ) -> Builder<CountingManager, Self> {
            let builder = match dice.below(3) {
                0 => builder.pre_ping(PrePing::Always),
                1 => builder.pre_ping(PrePing::IfIdleFor(Duration::from_micros(100))),
                _ => builder.pre_ping(PrePing::Never),
            };
            builder.recycle(dice.one_in(2).then_some(Duration::from_millis(5)))
        }

        fn soft_invalidate(handle: &mut Handle<'_, Self>) {
            Connection::condemn(handle, Some("that was to be replaced"));
            PooledConnection::soft_invalidate(handle);
        }
    };
}

macro_rules! carried_off {
    () => {
        fn carry_off(handle: Handle<'_, Self>) {
            let returned = thread::scope(|scope| scope.spawn(|| drop(handle)).join());
            returned.unwrap_or_else(|payload| resume_unwind(payload));
        }
    };
}

impl<O: Order> Candidate for Queue<O> {
    const REFUSES: Refuses = Refuses::Never;
    fn resize(pool: &Pool<CountingManager, Self>, size: usize) {
        pool.resize(size).expect("it is a size");
    }
    kept!();
    carried_off!();
}

impl Candidate for Static {
    const REFUSES: Refuses = Refuses::Never;
    kept!();
    carried_off!();
}

impl Candidate for Assertion {
    const REFUSES: Refuses = Refuses::Always;
    kept!();
    carried_off!();
}

impl Candidate for SingletonThread {
    const REFUSES: Refuses = Refuses::InTheSameThread;
    kept!();
    fn carry_off(_: Handle<'_, Self>) {}
}

impl Candidate for Null {
    const REFUSES: Refuses = Refuses::Never;
    fn set_up(builder: Builder<CountingManager, Self>, _: &mut Dice) -> Builder<CountingManager, Self> {
        builder
    }
    fn soft_invalidate(_: &mut Handle<'_, Self>) {}
    carried_off!();
}
