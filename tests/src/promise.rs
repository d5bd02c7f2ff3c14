//! `Promise`: what each strategy promises, so that a law asks for an ability and never for a name.

use crate::table::Reason;
use cenote::{
    Assertion, Builder, Manager, Null, PooledConnection, PrePing, Queue, SingletonThread, Static, Strategy,
};
use std::time::Duration;

/// What a law may ask of a strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    /// It keeps connections for later.
    Keeps,
    /// It has a limit, at which callers wait for each other.
    Waits,
    /// Several connections can be out at the same time.
    Several,
    /// One thread can have several out at the same time.
    Nests,
    /// Handles may leave their thread.
    Moves,
    /// Any thread may be given the connection that another returned.
    Passes,
}

/// What each strategy promises.
pub trait Promise: Strategy {
    /// The second word of the names of its trials.
    const NAME: &'static str;

    /// One that keeps one connection, and has no more out at a time where it has a limit.
    fn narrow() -> Self;

    /// One that keeps `size` connections where it keeps several, and has no more out where it has a limit.
    fn wide(size: usize) -> Self;

    /// Whether the strategy has an ability, else in words why not.
    fn has(ability: Ability) -> Result<(), Reason>;

    /// `Builder::recycle`, where it exists.
    fn recycle<M: Manager>(builder: Builder<M, Self>, age: Option<Duration>) -> Builder<M, Self>;

    /// `Builder::pre_ping`, where it exists.
    fn pre_ping<M: Manager>(builder: Builder<M, Self>, when: PrePing) -> Builder<M, Self>;

    /// `PooledConnection::soft_invalidate`, where it exists.
    fn soft_invalidate<M: Manager>(conn: &mut PooledConnection<'_, M, Self>);
}

/// The options that exist wherever connections are kept.
macro_rules! kept_options {
    () => {
        fn recycle<M: Manager>(builder: Builder<M, Self>, age: Option<Duration>) -> Builder<M, Self> {
            builder.recycle(age)
        }

        fn pre_ping<M: Manager>(builder: Builder<M, Self>, when: PrePing) -> Builder<M, Self> {
            builder.pre_ping(when)
        }

        fn soft_invalidate<M: Manager>(conn: &mut PooledConnection<'_, M, Self>) {
            PooledConnection::soft_invalidate(conn);
        }
    };
}

impl Promise for Queue {
    const NAME: &'static str = "queue";

    fn narrow() -> Self {
        Self::wide(1)
    }

    fn wide(size: usize) -> Self {
        Self::new().size(size).max_overflow(0)
    }

    fn has(_: Ability) -> Result<(), Reason> {
        Ok(())
    }

    kept_options!();
}

impl Promise for SingletonThread {
    const NAME: &'static str = "singleton-thread";

    fn narrow() -> Self {
        Self::wide(1)
    }

    fn wide(size: usize) -> Self {
        Self::new().size(size)
    }

    fn has(ability: Ability) -> Result<(), Reason> {
        match ability {
            Ability::Keeps | Ability::Several => Ok(()),
            Ability::Waits => Err("SingletonThread opens a connection for each thread: nobody waits"),
            Ability::Nests => Err("SingletonThread has one connection for each thread"),
            Ability::Moves => Err("SingletonThread's handle stays in its thread"),
            Ability::Passes => Err("SingletonThread gives a thread only its own connection"),
        }
    }

    kept_options!();
}

impl Promise for Null {
    const NAME: &'static str = "null";

    fn narrow() -> Self {
        Self::new()
    }

    fn wide(_: usize) -> Self {
        Self::new()
    }

    fn has(ability: Ability) -> Result<(), Reason> {
        match ability {
            Ability::Several | Ability::Nests | Ability::Moves => Ok(()),
            Ability::Keeps | Ability::Passes => Err("Null keeps no connection"),
            Ability::Waits => Err("Null has no limit: nobody waits"),
        }
    }

    fn recycle<M: Manager>(builder: Builder<M, Self>, _: Option<Duration>) -> Builder<M, Self> {
        builder
    }

    fn pre_ping<M: Manager>(builder: Builder<M, Self>, _: PrePing) -> Builder<M, Self> {
        builder
    }

    fn soft_invalidate<M: Manager>(_: &mut PooledConnection<'_, M, Self>) {}
}

impl Promise for Static {
    const NAME: &'static str = "static";

    fn narrow() -> Self {
        Self::new()
    }

    fn wide(_: usize) -> Self {
        Self::new()
    }

    fn has(ability: Ability) -> Result<(), Reason> {
        match ability {
            Ability::Keeps | Ability::Waits | Ability::Moves | Ability::Passes => Ok(()),
            Ability::Several | Ability::Nests => Err("Static has one connection"),
        }
    }

    kept_options!();
}

impl Promise for Assertion {
    const NAME: &'static str = "assertion";

    fn narrow() -> Self {
        Self::new()
    }

    fn wide(_: usize) -> Self {
        Self::new()
    }

    fn has(ability: Ability) -> Result<(), Reason> {
        match ability {
            Ability::Keeps | Ability::Moves | Ability::Passes => Ok(()),
            Ability::Several | Ability::Nests => Err("Assertion has one connection"),
            Ability::Waits => Err("Assertion refuses a second checkout: nobody waits"),
        }
    }

    kept_options!();
}
