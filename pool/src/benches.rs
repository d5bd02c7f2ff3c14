//! `Benches`: one place a thread. SingletonThread keeps its values in them.

use crate::chunks::Chunks;
use crate::id::PoolId;
use crate::slot::Slot;
use crate::store::{By, Claim, Entered, Expected, Numbered, Seat, Store, Tally, Ticket};
use crate::sync::{AtomicCell, AtomicU64, AtomicUsize, Mutex, Ordering};
use crate::thread;
use crate::waiter::{Grant, Waiter};
use crossbeam_utils::CachePadded;
use std::collections::BTreeMap;
use std::mem;
use std::panic::Location;
use std::sync::Arc;

/// One place a thread, opened on demand. Only the thread itself takes from its bench and puts back; a worker may bring
/// it a value, and another thread may take an idle one away to close it.
///
/// `attention` is raised while more values exist than are kept, and for ever when shut: then a value that comes home
/// is judged under the lock.
#[derive(Debug)]
pub struct Benches<T> {
    pool: PoolId,
    kept: usize,
    benches: Chunks<Bench<T>>,
    attention: CachePadded<AtomicUsize>,
    hall: Mutex<Hall<T>>,
}

/// | slot | claim | means |
/// |---|---|---|
/// | empty | none | no place taken |
/// | idle | none | the value waits for its thread |
/// | out | some | its thread has it, or waits for it |
/// | out | none | its thread left while it is being made |
#[derive(Debug)]
struct Bench<T> {
    slot: Slot<T>,
    /// The number of the thread whose bench it is; 0 for nobody's.
    owner: AtomicU64,
    claim: AtomicCell<Option<&'static Location<'static>>>,
}

#[derive(Debug)]
struct Hall<T> {
    places: usize,
    shut: bool,
    by_thread: BTreeMap<u64, Seat>,
    /// Threads that came back for a value that is still being made for them.
    waiters: BTreeMap<Seat, Arc<Waiter<T>>>,
    free: Vec<Seat>,
    made: Seat,
}

impl<T: Numbered + Send + 'static> Store<T> for Benches<T> {
    #[inline(always)]
    fn take(&self, call_site: &'static Location<'static>) -> Option<(Seat, Box<T>)> {
        let seat = thread::seat(self.pool)?;
        let bench = self.benches.get(seat as usize)?;
        if bench.owner.load(Ordering::Relaxed) != thread::number() {
            return None;
        }
        let value = bench.slot.take()?;
        bench.claim.store(Some(call_site));
        Some((seat, value))
    }

    fn enter(&self, call_site: &'static Location<'static>, waiter: Option<&Arc<Waiter<T>>>) -> Entered<T> {
        let mut hall = self.hall.lock();
        if hall.shut {
            return Entered::Shut;
        }
        let seat = hall.own_seat(&self.benches);
        let bench = self.benches.get_or_make(seat as usize);
        if let Some(at) = bench.claim.load() {
            return Entered::Refused(Claim { at, backtrace: None });
        }
        if let Some(value) = bench.slot.take() {
            bench.claim.store(Some(call_site));
            return Entered::Idle(seat, value);
        }
        if bench.slot.claim() {
            bench.claim.store(Some(call_site));
            return Entered::Vacant(seat, self.reserve(&mut hall));
        }
        let Some(waiter) = waiter else { return Entered::Full };
        bench.claim.store(Some(call_site));
        hall.waiters.insert(seat, Arc::clone(waiter));
        Entered::Waiting(Ticket::from(seat))
    }

    /// Nothing but its own comes to a thread: it waits with the ticket of its bench.
    fn expect(&self, _: &Arc<Waiter<T>>, _: bool) -> Expected<T> {
        let seat = self.hall.lock().by_thread.get(&thread::number()).copied();
        Expected::Waiting(seat.map_or(Ticket::MAX, Ticket::from))
    }

    fn leave(&self, ticket: Ticket) -> Option<usize> {
        let seat = Seat::try_from(ticket).ok()?;
        let mut hall = self.hall.lock();
        hall.waiters.remove(&seat);
        self.benches.get(seat as usize)?.claim.store(None);
        None
    }

    #[inline(always)]
    fn wants_back(&self, seat: Seat, _: u64) -> bool {
        self.attention.load(Ordering::Relaxed) == 0 || {
            let bench = self.benches.get(seat as usize);
            bench.is_some_and(|bench| self.is_kept(&self.hall.lock(), bench))
        }
    }

    #[inline(always)]
    fn put(&self, seat: Seat, value: Box<T>) -> Option<Box<T>> {
        let Some(bench) = self.benches.get(seat as usize) else { return Some(value) };
        bench.claim.store(None);
        bench.slot.put(value);
        if self.attention.load(Ordering::Relaxed) == 0 && bench.owner.load(Ordering::Relaxed) != 0 {
            return None;
        }
        self.settle(bench)
    }

    fn arrive(&self, seat: Seat, value: Box<T>, sponsor: &Arc<Waiter<T>>, _: Ticket) -> Option<Box<T>> {
        let mut hall = self.hall.lock();
        let bench = self.benches.get(seat as usize)?;
        if hall.shut {
            return Some(value);
        }
        let mut grant = Grant::Value(seat, value);
        for waiter in [Some(sponsor), hall.waiters.remove(&seat).as_ref()].into_iter().flatten() {
            match waiter.offer(grant) {
                Ok(_) => return None,
                Err(refused) => grant = refused,
            }
        }
        let Grant::Value(_, value) = grant else { unreachable!("a refused grant comes back as it was") };
        bench.slot.put(value);
        self.judge(&hall, bench)
    }

    fn let_go(&self, seat: Seat) {
        if let Some(bench) = self.benches.get(seat as usize) {
            bench.claim.store(None);
        }
    }

    fn vacate(&self, seat: Seat, by: By, _: Option<u64>) {
        let Some(bench) = self.benches.get(seat as usize) else { return };
        let mut hall = self.hall.lock();
        if by == By::Holder {
            bench.claim.store(None);
        }
        let waiter = hall.waiters.remove(&seat).filter(|_| !hall.shut);
        if waiter.is_some_and(|waiter| waiter.offer(Grant::Place(seat)).is_ok()) {
            return;
        }
        bench.slot.release();
        hall.places -= 1;
        if hall.places == self.kept {
            self.attention.fetch_sub(1, Ordering::Relaxed);
        }
        hall.forget_if_nobodys(seat, bench);
    }

    /// Called in a thread that ends. What it still has out, or what is being made for it, goes when it comes home.
    fn depart(&self, thread: u64) -> Option<(Seat, Box<T>)> {
        let mut hall = self.hall.lock();
        let seat = hall.by_thread.remove(&thread)?;
        let bench = self.benches.get(seat as usize)?;
        bench.owner.store(0, Ordering::Relaxed);
        if let Some(value) = bench.slot.take() {
            return Some((seat, value));
        }
        if !bench.slot.looks_out() {
            hall.free.push(seat);
        }
        None
    }

    fn drain(&self) -> Vec<(Seat, Box<T>)> {
        let _hall = self.hall.lock();
        self.benches.iter().filter_map(|(seat, bench)| Some((seat as Seat, bench.slot.take()?))).collect()
    }

    fn shut(&self) -> Vec<(Seat, Box<T>)> {
        let mut hall = self.hall.lock();
        if !mem::replace(&mut hall.shut, true) {
            self.attention.fetch_add(1, Ordering::Relaxed);
        }
        for waiter in hall.waiters.values() {
            // One that refuses has left, or has been served: it needs no word.
            let _ = waiter.offer(Grant::Word);
        }
        drop(hall);
        self.drain()
    }

    fn tally(&self) -> Tally {
        let hall = self.hall.lock();
        let idle = self.benches.iter().filter(|(_, bench)| bench.slot.looks_idle()).count();
        Tally {
            kept: self.kept,
            limit: None,
            places: hall.places,
            idle,
            waiting: hall.waiters.len(),
            given_up: 0,
        }
    }
}

impl<T: Numbered + Send + 'static> Benches<T> {
    pub(crate) fn new(pool: PoolId, kept: usize) -> Self {
        let hall = Hall {
            places: 0,
            shut: false,
            by_thread: BTreeMap::new(),
            waiters: BTreeMap::new(),
            free: Vec::new(),
            made: 0,
        };
        Self {
            pool,
            kept,
            benches: Chunks::new(Bench::empty),
            attention: CachePadded::new(AtomicUsize::new(0)),
            hall: Mutex::new(hall),
        }
    }

    /// Takes a place; where that would be one too many, from an idle value of another thread, which must go.
    fn reserve(&self, hall: &mut Hall<T>) -> Option<Box<T>> {
        if hall.places == self.kept {
            // Before the search, and for good if it finds nothing: whoever comes home after it is judged.
            self.attention.fetch_add(1, Ordering::Relaxed);
        }
        if hall.places >= self.kept {
            // By taking, not by looking: one that comes home at this moment is found, or sees `attention` raised.
            let mut benches = self.benches.iter();
            let evicted = benches.find_map(|(seat, bench)| Some((seat as Seat, bench, bench.slot.take()?)));
            if let Some((seat, bench, value)) = evicted {
                bench.slot.release();
                hall.forget_if_nobodys(seat, bench);
                if hall.places == self.kept {
                    self.attention.fetch_sub(1, Ordering::Relaxed);
                }
                return Some(value);
            }
        }
        hall.places += 1;
        None
    }

    #[cold]
    fn settle(&self, bench: &Bench<T>) -> Option<Box<T>> {
        self.judge(&self.hall.lock(), bench)
    }

    /// Takes a value that came home back out, if it is not kept.
    fn judge(&self, hall: &Hall<T>, bench: &Bench<T>) -> Option<Box<T>> {
        if self.is_kept(hall, bench) { None } else { bench.slot.take() }
    }

    fn is_kept(&self, hall: &Hall<T>, bench: &Bench<T>) -> bool {
        !hall.shut && hall.places <= self.kept && bench.owner.load(Ordering::Relaxed) != 0
    }
}

impl<T> Bench<T> {
    fn empty() -> Self {
        Self { slot: Slot::empty(), owner: AtomicU64::new(0), claim: AtomicCell::new(None) }
    }
}

impl<T> Hall<T> {
    /// The bench of this thread. One that is ending gets a bench for this time only: its value is not kept.
    fn own_seat(&mut self, benches: &Chunks<Bench<T>>) -> Seat {
        let thread = thread::number();
        if let Some(seat) = self.by_thread.get(&thread) {
            return *seat;
        }
        let seat = self.free.pop().unwrap_or_else(|| {
            self.made += 1;
            self.made - 1
        });
        let bench = benches.get_or_make(seat as usize);
        if !thread::is_ending() {
            bench.owner.store(thread, Ordering::Relaxed);
            self.by_thread.insert(thread, seat);
        }
        seat
    }

    /// An empty bench whose thread is gone can be another's.
    fn forget_if_nobodys(&mut self, seat: Seat, bench: &Bench<T>) {
        if bench.owner.load(Ordering::Relaxed) == 0 {
            self.free.push(seat);
        }
    }
}
