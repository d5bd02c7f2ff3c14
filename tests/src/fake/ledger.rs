//! `Ledger`: what happened to every connection of one fake driver, and what must never happen to one.

use super::manager::perform;
use super::rule::{Event, Line};
use super::{Call, FakeError, Rule};
use crate::kit::wait::WATCHDOG;
use parking_lot::{Condvar, Mutex, MutexGuard};

/// What happened to every connection of one fake driver: its script, its log, and the breaches that it saw.
#[derive(Debug, Default)]
pub struct Ledger {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    script: Vec<Line>,
    log: Vec<Entry>,
    connecting: usize,
    sessions: Vec<Session>,
    limit: Option<usize>,
    breaches: Vec<String>,
    committed: usize,
}

#[derive(Debug)]
struct Entry {
    call: Call,
    thread: String,
}

#[derive(Debug)]
struct Session {
    life: Life,
    busy: bool,
    killed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    Open,
    Closing,
    Closed,
    Taken,
}

impl Ledger {
    /// Begins a line of the script: what happens at this call.
    pub fn on(&self, call: Call) -> Rule<'_> {
        Rule::new(self, call)
    }

    /// Ends the script: from now on the driver does what is asked of it.
    pub fn end_script(&self) {
        self.state.lock().script.clear();
    }

    /// Says how many may be open or connecting at a time; more is a breach. Those that are closing do not count.
    pub fn limit(&self, limit: usize) {
        self.state.lock().limit = Some(limit);
    }

    /// Does what the script says at a call of something that a law has hung on the pool.
    pub fn meet(&self, call: Call) -> Result<(), FakeError> {
        let event = self.enter(call).answer(call, None);
        perform(call, event)
    }

    /// The calls for which the script still has something that has not happened.
    pub fn unmet(&self) -> Vec<Call> {
        self.state.lock().script.iter().filter_map(Line::unmet).collect()
    }

    /// The calls so far, in their order.
    pub fn calls(&self) -> Vec<Call> {
        self.state.lock().log.iter().map(|entry| entry.call).collect()
    }

    /// The calls so far, in their order, as words: `connect, rollback, close`.
    pub fn sequence(&self) -> String {
        let state = self.state.lock();
        state.log.iter().map(|entry| entry.call.to_string()).collect::<Vec<_>>().join(", ")
    }

    /// Forgets the calls so far.
    pub fn forget(&self) {
        self.state.lock().log.clear();
    }

    /// How often this call has begun.
    pub fn count(&self, call: Call) -> usize {
        self.state.lock().count(call)
    }

    /// The names of the threads in which this call was made, in order.
    pub fn threads(&self, call: Call) -> Vec<String> {
        let state = self.state.lock();
        state.log.iter().filter(|entry| entry.call == call).map(|entry| entry.thread.clone()).collect()
    }

    /// Waits until this call has begun `count` times.
    pub fn wait_for(&self, call: Call, count: usize) {
        self.wait(&format!("{count} calls of {call}"), |state| state.count(call) >= count);
    }

    /// Waits until `count` connections are closed, destructor and all.
    pub fn wait_until_closed(&self, count: usize) {
        self.wait(&format!("{count} closed connections"), |state| state.number(Life::Closed) >= count);
    }

    /// How many connections are open: connected and not yet closing.
    pub fn open(&self) -> usize {
        self.state.lock().number(Life::Open)
    }

    /// How many connections are closed, destructor and all.
    pub fn closed(&self) -> usize {
        self.state.lock().number(Life::Closed)
    }

    /// How many rows have been committed.
    pub fn committed(&self) -> usize {
        self.state.lock().committed
    }

    /// Cuts a connection: from now on it answers with `Fault::Lost`.
    pub fn kill(&self, session: u64) {
        self.state.lock().session(session).killed = true;
    }

    /// Waits until no connection is left, and says what was breached.
    pub fn verify(&self) -> Vec<String> {
        let mut state = self.state.lock();
        while state.connecting + state.number(Life::Open) + state.number(Life::Closing) > 0 {
            if self.changed.wait_for(&mut state, WATCHDOG).timed_out() {
                let problem = format!("never closed: {:?}, connecting: {}", state.sessions, state.connecting);
                state.breaches.push(problem);
                break;
            }
        }
        state.breaches.clone()
    }

    pub(crate) fn add(&self, line: Line) {
        self.state.lock().script.push(line);
    }

    pub(crate) fn begin_connect(&self) -> Option<Event> {
        let mut state = self.enter(Call::Connect);
        state.connecting += 1;
        let taken = state.connecting + state.number(Life::Open);
        if let Some(limit) = state.limit.filter(|limit| taken > *limit) {
            state.breaches.push(format!("{taken} open or connecting at a limit of {limit}"));
        }
        state.answer(Call::Connect, None)
    }

    pub(crate) fn connected(&self) -> u64 {
        let mut state = self.state.lock();
        state.connecting -= 1;
        state.sessions.push(Session { life: Life::Open, busy: false, killed: false });
        self.changed.notify_all();
        state.sessions.len() as u64
    }

    pub(crate) fn connect_failed(&self) {
        self.state.lock().connecting -= 1;
        self.changed.notify_all();
    }

    pub(crate) fn begin(&self, call: Call, session: u64) -> Option<Event> {
        let mut state = self.enter(call);
        state.occupy(&call.to_string(), session);
        if call == Call::Close {
            state.session(session).life = Life::Closing;
        }
        state.answer(call, Some(session))
    }

    pub(crate) fn begin_classify(&self) -> Option<Event> {
        self.enter(Call::Classify).answer(Call::Classify, None)
    }

    /// What the script has for the destructor, which belongs to the call that runs it; nothing once it is its user's.
    pub(crate) fn begin_drop(&self, session: u64, unscripted: bool) -> Option<Event> {
        let mut state = self.state.lock();
        let life = state.session(session).life;
        if !matches!(life, Life::Closing | Life::Taken) {
            let breach = format!("connection {session} was dropped while {life:?}, without a close");
            state.breaches.push(breach);
        }
        if unscripted || life == Life::Taken { None } else { state.answer(Call::Drop, Some(session)) }
    }

    /// What the script has for a call that is not written down: it is made before there is a pool.
    pub(crate) fn begin_may_hang(&self) -> Option<Event> {
        self.state.lock().answer(Call::MayHang, None)
    }

    pub(crate) fn occupy(&self, session: u64) {
        self.state.lock().occupy("its user", session);
    }

    pub(crate) fn vacate(&self, session: u64) {
        self.state.lock().session(session).busy = false;
    }

    pub(crate) fn dropped(&self, session: u64) {
        let mut state = self.state.lock();
        let session = state.session(session);
        session.busy = false;
        if session.life != Life::Taken {
            session.life = Life::Closed;
        }
        self.changed.notify_all();
    }

    pub(crate) fn taken(&self, session: u64) {
        self.state.lock().session(session).life = Life::Taken;
        self.changed.notify_all();
    }

    pub(crate) fn is_killed(&self, session: u64) -> bool {
        self.state.lock().session(session).killed
    }

    pub(crate) fn commit(&self, rows: usize) {
        self.state.lock().committed += rows;
    }

    fn enter(&self, call: Call) -> MutexGuard<'_, State> {
        let mut state = self.state.lock();
        let thread = std::thread::current().name().unwrap_or_default().to_owned();
        state.log.push(Entry { call, thread });
        self.changed.notify_all();
        state
    }

    fn wait(&self, what: &str, mut holds: impl FnMut(&State) -> bool) {
        let mut state = self.state.lock();
        while !holds(&state) {
            let waited = self.changed.wait_for(&mut state, WATCHDOG);
            assert!(!waited.timed_out(), "waited in vain for {what}: {:?}", state.log);
        }
    }
}

impl State {
    fn count(&self, call: Call) -> usize {
        self.log.iter().filter(|entry| entry.call == call).count()
    }

    fn number(&self, life: Life) -> usize {
        self.sessions.iter().filter(|session| session.life == life).count()
    }

    fn session(&mut self, session: u64) -> &mut Session {
        &mut self.sessions[session as usize - 1]
    }

    /// One owner at a time, and none after the close.
    fn occupy(&mut self, who: &str, number: u64) {
        let session = self.session(number);
        let (life, busy) = (session.life, std::mem::replace(&mut session.busy, true));
        if life != Life::Open && life != Life::Taken {
            self.breaches.push(format!("{who} used connection {number} while {life:?}"));
        }
        if busy {
            self.breaches.push(format!("{who} used connection {number} while another did"));
        }
    }

    fn answer(&mut self, call: Call, session: Option<u64>) -> Option<Event> {
        self.script.iter_mut().find_map(|line| line.answer(call, session))
    }
}
