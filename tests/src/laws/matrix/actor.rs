//! `Actor`: lives a life.

use super::ended::{Ended, of};
use super::lives::at_once;
use super::manner::Manner;
use super::mishap::Mishap;
use super::occasion::Occasion;
use super::stage::Stage;
use crate::fake::FakeManager;
use crate::promise::Promise;
use cenote::{Detached, Error, Pool, PooledConnection};
use std::thread;

/// Lives a life.
pub(super) struct Actor<'s> {
    pub(super) stage: &'s Stage,
    pub(super) manner: Manner,
}

impl Actor<'_> {
    /// Lives all of it, with these mishaps; says how it ended, and what there is of the pool.
    pub(super) fn live<S: Promise>(
        &self,
        mishaps: &[Mishap],
    ) -> (Result<(), Ended>, Option<Pool<FakeManager, S>>) {
        if self.stage.occasion == Occasion::Built {
            return self.build(mishaps);
        }
        let mut pool = Some(self.stage.pool::<S>());
        if self.stage.occasion == Occasion::ThreadEnded {
            return (self.end_a_thread(pool.as_ref(), mishaps), pool);
        }
        self.stage.go_wrong(mishaps, None);
        let ended = self.manner.live(|| match self.stage.occasion {
            Occasion::Dropped => self.manner.leave(pool.take()),
            Occasion::Outlived => self.outlive(pool.take()),
            _ => self.live_at(pool.as_ref().expect("it is there until it is dropped")),
        });
        (ended, pool)
    }

    /// Lives what needs the pool for no longer than it is there.
    pub(super) fn live_at<S: Promise>(&self, pool: &Pool<FakeManager, S>) -> Result<(), Ended> {
        match self.stage.occasion {
            Occasion::SoftInvalidated => {
                let mut conn = get(pool)?;
                let conn = of(move || {
                    S::soft_invalidate(&mut conn);
                    conn
                })?;
                self.manner.leave(conn)
            }
            Occasion::Shared => {
                let first = of(|| pool.get_shared())?.map_err(failed)?;
                let second = first.clone();
                self.manner.leave(first)?;
                of(|| drop(second))
            }
            Occasion::ReturnedToGo => {
                let conn = get(pool)?;
                pool.invalidate();
                self.manner.leave(conn)
            }
            Occasion::Invalidated => {
                let conn = get(pool)?;
                of(|| PooledConnection::invalidate(conn))
            }
            Occasion::Detached => {
                let conn = get(pool)?;
                let detached = of(|| PooledConnection::detach(conn))?;
                self.manner.leave(detached)
            }
            Occasion::TakenOut => {
                let conn = get(pool)?;
                conn.taken();
                let detached = of(|| PooledConnection::detach(conn))?;
                of(|| drop(Detached::into_inner(detached)))
            }
            Occasion::Disposed => of(|| pool.dispose()),
            Occasion::Closed => of(|| pool.close()),
            Occasion::ClosedWhileOut => {
                let conn = get(pool)?;
                pool.close();
                self.manner.leave(conn)
            }
            Occasion::Evicted => thread::scope(|scope| {
                let other = scope.spawn(|| self.manner.live(|| self.manner.leave(get(pool)?)));
                other.join().expect("it catches what it causes")
            }),
            _ => self.manner.leave(get(pool)?),
        }
    }

    fn outlive<S: Promise>(&self, pool: Option<Pool<FakeManager, S>>) -> Result<(), Ended> {
        let pool = pool.expect("a life is lived once");
        let conn = of(|| pool.get_owned())?.map_err(failed)?;
        drop(pool);
        self.manner.leave(conn)
    }

    /// The thread opens its own while nothing goes wrong yet, and then ends.
    fn end_a_thread<S: Promise>(
        &self,
        pool: Option<&Pool<FakeManager, S>>,
        mishaps: &[Mishap],
    ) -> Result<(), Ended> {
        thread::scope(|scope| {
            let other = scope.spawn(|| {
                let own = pool.map(|pool| get(pool).expect("nothing goes wrong yet"));
                drop(own);
                self.stage.go_wrong(mishaps, None);
            });
            of(|| other.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload)))
        })
    }

    fn build<S: Promise>(&self, mishaps: &[Mishap]) -> (Result<(), Ended>, Option<Pool<FakeManager, S>>) {
        self.stage.go_wrong(mishaps, None);
        let mut pool = None;
        let ended = self.manner.live(|| {
            let builder = self.stage.builder::<S>();
            pool = Some(of(|| builder.build_connected(at_once::<S>()))?.map_err(failed)?);
            Ok(())
        });
        (ended, pool)
    }
}

fn get<'p, S: Promise>(
    pool: &'p Pool<FakeManager, S>,
) -> Result<PooledConnection<'p, FakeManager, S>, Ended> {
    of(|| pool.get())?.map_err(failed)
}

fn failed<E>(error: Error<E>) -> Ended {
    if error.is_timeout() { Ended::TimedOut } else { Ended::Failed }
}
