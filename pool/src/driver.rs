//! `Driver`: everything a pool does that depends on the manager and not on the strategy. The only caller of `Manager`.

use crate::close_reason::CloseReason;
use crate::counters::{Counted, Counters};
use crate::crew::{Crew, Lane};
use crate::entry::Entry;
use crate::event::Event;
use crate::extensions::Extensions;
use crate::farewell::Farewell;
use crate::first_connect::{FirstConnect, TooLate};
use crate::hook::OnConnect;
use crate::hooks::{Hooks, Listeners};
use crate::id::ConnectionId;
use crate::last_connect_error::LastConnectError;
use crate::manager::{Fault, Manager, MayHang};
use crate::open_error::OpenError;
use crate::plan::{CommitCall, Plan};
use crate::record::{Record, RecordBook};
use crate::record_info::RecordInfo;
use crate::settings::Settings;
use crate::shield::quietly;
use crate::sync::plain::AtomicU64;
use crate::sync::{AtomicBool, Ordering};
use crate::time::{Clock, Deadline};
use crate::trace;
use crate::upkeep::Upkeep;
use crate::watch::Watch;
use crossbeam_utils::CachePadded;
use std::sync::Arc;
use std::time::Duration;

/// A manager, with what the pool needs to call it: settings, clock, hooks, workers, records and counts.
pub(crate) struct Driver<M: Manager> {
    pub(crate) manager: Arc<M>,
    pub(crate) may_hang: MayHang,
    pub(crate) settings: Settings,
    pub(crate) watch: Watch,
    pub(crate) clock: Clock,
    pub(crate) generation: AtomicU64,
    pub(crate) closed: AtomicBool,
    pub(crate) crew: Crew,
    pub(crate) records: RecordBook,
    pub(crate) counters: CachePadded<Counters>,
    pub(crate) farewell: Farewell,
    pub(crate) listeners: Listeners<M>,
    commit: Option<CommitCall<M>>,
    first_connect: FirstConnect,
    last_connect_error: LastConnectError<M::Error>,
}

/// A connection that was just opened and belongs to no place yet. Dropped, it is closed.
struct Newborn<'d, M: Manager> {
    driver: &'d Arc<Driver<M>>,
    id: ConnectionId,
    conn: Option<M::Connection>,
    info: &'d mut RecordInfo,
    /// Why it is closed, if it is: a hook panicked, if it has not said otherwise.
    reason: CloseReason,
}

impl<M: Manager> Driver<M> {
    /// For a store that keeps connections or does not, that wants this upkeep, and opens so many at a time.
    pub(crate) fn new(plan: Plan<M>, keeps: bool, upkeep: Upkeep, most: usize) -> Arc<Self> {
        let Plan { manager, settings, hooks, clock, commit } = plan.settled();
        Arc::new(Self {
            may_hang: manager.may_hang(),
            manager,
            watch: Watch::new(&settings, keeps, upkeep, commit.is_some()),
            crew: Crew::new(&settings.name, most),
            settings,
            clock,
            generation: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            records: RecordBook::default(),
            counters: CachePadded::default(),
            farewell: Farewell::default(),
            listeners: Listeners::new(hooks),
            commit,
            first_connect: FirstConnect::default(),
            last_connect_error: LastConnectError::default(),
        })
    }

    /// What another pool is made from that is to be like this one.
    pub(crate) fn plan(&self) -> Plan<M> {
        Plan {
            manager: Arc::clone(&self.manager),
            settings: self.settings.clone(),
            hooks: Hooks::clone(&self.listeners.all()),
            clock: self.clock.clone(),
            commit: self.commit,
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// Opens a connection for a record and shows it to the hooks. The record is left with the caller on failure.
    pub(crate) fn open(
        self: &Arc<Self>,
        record: &mut Option<Record>,
        deadline: Deadline,
    ) -> Result<Box<Entry<M::Connection>>, OpenError<M::Error>> {
        let generation = self.generation.load(Ordering::Acquire);
        let _connecting = Counted::one_more(&self.counters.connecting);
        let conn = self.manager.connect(deadline.remaining()).map_err(|error| {
            trace::connect_failed(self.name(), &error);
            OpenError::Failed(self.remember(error))
        })?;
        let id = ConnectionId::after(self.counters.opened.fetch_add(1, Ordering::Relaxed));
        trace::created(self.name(), id);
        let info = &mut record.get_or_insert_default().info;
        info.begin(id);
        let reason = CloseReason::Panicked;
        let mut newborn = Newborn { driver: self, id, conn: Some(conn), info, reason };
        newborn.show(deadline)?;
        self.last_connect_error.forget();
        let conn = newborn.conn.take().expect("nobody took it");
        drop(newborn);
        let opened = self.clock.now();
        Ok(Box::new(Entry {
            conn,
            record: record.take().unwrap_or_default(),
            id,
            generation,
            opened,
            expires: self.watch.expiry(opened, id.get()),
            idle_since: opened,
            asked_unused: None,
            anchor: None,
            fresh: true,
            taken_unwinding: false,
        }))
    }

    /// Asks an idle connection whether it still works. One that is lost makes all of its generation suspect.
    pub(crate) fn ask(&self, entry: &mut Entry<M::Connection>, within: Duration) -> bool {
        trace::pre_ping(self.name(), entry.id);
        match self.manager.is_valid(&mut entry.conn, within) {
            Ok(()) => true,
            Err(error) => {
                trace::pre_ping_failed(self.name(), entry.id, &error);
                if self.manager.classify(&error) == Fault::Lost {
                    self.outdate(entry.generation);
                }
                false
            }
        }
    }

    /// Cleans a connection that came home.
    #[inline]
    pub(crate) fn roll_back(&self, entry: &mut Entry<M::Connection>) -> Result<(), CloseReason> {
        if trace::tells_every_checkout() {
            trace::rolling_back(self.name(), entry.id);
        }
        self.manager.rollback(&mut entry.conn).map_err(|error| {
            trace::reset_failed(self.name(), entry.id, &error);
            CloseReason::ResetFailed
        })
    }

    /// Commits what a connection came home with, if the pool does that.
    #[cold]
    pub(crate) fn commit(&self, entry: &mut Entry<M::Connection>) -> Result<(), CloseReason> {
        let Some(commit) = self.commit else { return Ok(()) };
        if trace::tells_every_checkout() {
            trace::committing(self.name(), entry.id);
        }
        commit(&self.manager, &mut entry.conn).map_err(|error| {
            trace::reset_failed(self.name(), entry.id, &error);
            CloseReason::ResetFailed
        })
    }

    /// Whether a connect that died of this is worth another try.
    pub(crate) fn tries_again(&self, error: &OpenError<M::Error>) -> bool {
        self.settings.retry_connect
            && !self.is_closed()
            && matches!(error, OpenError::Failed(cause) if self.manager.classify(cause) != Fault::Refused)
    }

    /// Tells of a connection that is about to be cleaned.
    #[cold]
    pub(crate) fn tell_of_a_reset(&self, entry: &mut Entry<M::Connection>) -> Result<(), CloseReason> {
        let hooks = self.listeners.all();
        let mut called = hooks.reset.iter().map(|hook| hook(&mut entry.conn, &mut entry.record.info));
        if let Some(error) = called.find_map(Result::err) {
            trace::reset_failed(self.name(), entry.id, &error);
            return Err(CloseReason::ResetFailed);
        }
        hooks.tell(Event::Reset { connection: entry.id, closing: false });
        Ok(())
    }

    /// Tells of a connection that is home and clean.
    #[cold]
    pub(crate) fn tell_of_a_checkin(&self, entry: &mut Entry<M::Connection>) {
        let hooks = self.listeners.all();
        hooks.checkin.iter().for_each(|hook| hook(&mut entry.conn, &mut entry.record.info));
        hooks.tell(Event::Checkin(Some(entry.id)));
    }

    /// Raises the generation, unless somebody has since this one.
    pub(crate) fn outdate(&self, generation: u64) {
        let next = generation.wrapping_add(1);
        let raised = self.generation.compare_exchange(generation, next, Ordering::AcqRel, Ordering::Relaxed);
        if raised.is_ok() {
            trace::pool_invalidated(self.name(), next);
        }
    }

    /// Closes a connection for good, on a worker if that may hang. Never panics. Its record is the caller's again.
    #[expect(clippy::boxed_local, reason = "this is where the box ends")]
    pub(crate) fn end(self: &Arc<Self>, entry: Box<Entry<M::Connection>>, reason: CloseReason) -> Record {
        let Entry { mut conn, mut record, id, .. } = *entry;
        record.line.home();
        if reason.invalidates()
            && let Some(hooks) = self.listeners.to_ends()
        {
            for hook in &hooks.invalidate {
                quietly(|| hook(&mut conn, &mut record.info, reason));
            }
            hooks.tell(Event::Invalidate { connection: id, reason });
        }
        self.close(conn, record.info.take(), id, reason);
        record
    }

    pub(crate) fn close(
        self: &Arc<Self>,
        conn: M::Connection,
        info: Extensions,
        id: ConnectionId,
        reason: CloseReason,
    ) {
        quietly(|| {
            match reason {
                CloseReason::Recycled => trace::recycling(self.name(), id),
                CloseReason::Outdated => trace::outdated(self.name(), id),
                CloseReason::SoftInvalidated => trace::replaced(self.name(), id),
                CloseReason::Invalidated => trace::invalidated(self.name(), id),
                _ => {}
            }
            trace::closing(self.name(), id, reason);
        });
        self.listeners.tell(match reason {
            CloseReason::Detached => Event::CloseDetached(id),
            _ => Event::Close { connection: id, reason },
        });
        self.counters.closed[reason as usize].fetch_add(1, Ordering::Release);
        self.counters.closing.fetch_add(1, Ordering::Relaxed);
        if !self.may_hang.close {
            return self.close_here(conn, info, id, reason);
        }
        let driver = Arc::clone(self);
        let job = move || driver.close_here(conn, info, id, reason);
        // Without a thread to be had, late is better than never.
        if let Err((_, Some(job))) = self.crew.submit(Lane::Closing, Box::new(job)) {
            job();
        }
    }

    pub(crate) fn count_detached(&self) {
        self.counters.detached.fetch_add(1, Ordering::Relaxed);
    }

    /// The detached connection is closed, or its user's alone.
    pub(crate) fn forget_detached(&self) {
        self.counters.detached.fetch_sub(1, Ordering::Relaxed);
    }

    pub(crate) fn last_connect_error(&self) -> Option<(Arc<M::Error>, Duration)> {
        self.last_connect_error.get().map(|(error, at)| (error, self.clock.now().since(at)))
    }

    pub(crate) fn is_closed(&self) -> bool {
        // In one order with what is counted without a lock: whoever ends something after a close has counted it sees
        // the close, and announces that it is over.
        self.closed.load(Ordering::SeqCst)
    }

    fn close_here(&self, mut conn: M::Connection, info: Extensions, id: ConnectionId, reason: CloseReason) {
        if let Some(hooks) = self.listeners.to_ends() {
            match reason {
                CloseReason::Detached => hooks.close_detached.iter().for_each(|hook| {
                    quietly(|| hook(&mut conn));
                }),
                _ => hooks.close.iter().for_each(|hook| {
                    quietly(|| hook(&mut conn, reason));
                }),
            }
        }
        // The error is the user's too, and so is what becomes of it.
        let closed = quietly(|| {
            if let Err(error) = self.manager.close(conn) {
                trace::close_failed(self.name(), id, &error);
            }
        });
        if closed.is_none() {
            quietly(|| trace::panicked(self.name(), id, "close"));
        }
        quietly(|| drop(info));
        self.counters.closing.fetch_sub(1, Ordering::SeqCst);
        if self.is_closed() {
            self.farewell.announce();
        }
    }

    fn remember(&self, error: M::Error) -> Arc<M::Error> {
        let error = Arc::new(error);
        self.counters.connect_errors.fetch_add(1, Ordering::Relaxed);
        self.last_connect_error.remember(Arc::clone(&error), self.clock.now());
        error
    }
}

impl<M: Manager> Newborn<'_, M> {
    /// Shows it to the hooks on first connect and on connect.
    fn show(&mut self, deadline: Deadline) -> Result<(), OpenError<M::Error>> {
        let Self { driver, id, conn: Some(conn), info, reason } = self else { return Ok(()) };
        let hooks = driver.listeners.to_connects();
        let call = |hooks: &[OnConnect<M>], conn: &mut _, info: &mut _| {
            hooks.iter().try_for_each(|hook| hook(conn, info)).map_err(|error| {
                trace::hook_refused(driver.name(), *id, &error);
                OpenError::Refused(driver.remember(error))
            })
        };
        let mut shown = driver.first_connect.ensure(deadline, || {
            let Some(hooks) = &hooks else { return Ok(()) };
            call(&hooks.first_connect, conn, info)?;
            hooks.tell(Event::FirstConnect(*id));
            Ok(())
        });
        if let (Ok(Ok(())), Some(hooks)) = (&shown, &hooks) {
            shown = Ok(call(&hooks.connect, conn, info));
        }
        *reason = CloseReason::HookFailed;
        shown.map_err(|TooLate| OpenError::TooLate)??;
        hooks.iter().for_each(|hooks| hooks.tell(Event::Connect(*id)));
        Ok(())
    }
}

impl<M: Manager> Drop for Newborn<'_, M> {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            self.driver.close(conn, self.info.take(), self.id, self.reason);
        }
    }
}
