//! `Hooks`: the user's functions that may change or refuse a connection, and its observers.

use crate::event::{Event, Observer};
use crate::extensions::RecordInfo;
use crate::manager::Manager;
use crate::refusal::Refusal;
use crate::shield::quietly;
use crate::sync::PlainMutex;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the user gave to be called. Each list is called in the order in which it was given.
pub(crate) struct Hooks<M: Manager> {
    pub(crate) first_connect: Vec<OnConnect<M>>,
    pub(crate) connect: Vec<OnConnect<M>>,
    pub(crate) checkout: Vec<OnCheckout<M>>,
    pub(crate) reset: Vec<OnReturn<M>>,
    pub(crate) checkin: Vec<OnReturn<M>>,
    pub(crate) observers: Vec<Arc<dyn Observer>>,
}

type Connection<M> = <M as Manager>::Connection;
type Error<M> = <M as Manager>::Error;
pub(crate) type OnConnect<M> =
    Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo) -> Result<(), Error<M>> + Send + Sync>;
pub(crate) type OnCheckout<M> =
    Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo) -> Result<(), Refusal<Error<M>>> + Send + Sync>;
pub(crate) type OnReturn<M> = Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo) + Send + Sync>;

/// The hooks of a pool, to which observers may be added while it runs.
pub(crate) struct Listeners<M: Manager> {
    /// Whether anybody wants to know of checkouts and returns: all that a healthy checkout looks at.
    some: AtomicBool,
    hooks: PlainMutex<Arc<Hooks<M>>>,
}

impl<M: Manager> Listeners<M> {
    pub(crate) fn new(hooks: Hooks<M>) -> Self {
        Self { some: AtomicBool::new(hooks.some()), hooks: PlainMutex::new(Arc::new(hooks)) }
    }

    #[inline]
    pub(crate) fn some(&self) -> bool {
        self.some.load(Ordering::Relaxed)
    }

    /// All of them, to be called without the lock.
    pub(crate) fn all(&self) -> Arc<Hooks<M>> {
        Arc::clone(&self.hooks.lock())
    }

    pub(crate) fn add(&self, observer: Arc<dyn Observer>) {
        let mut hooks = self.hooks.lock();
        let mut more = Hooks::clone(&hooks);
        more.observers.push(observer);
        // The old list holds nothing that the new one does not: no destructor of the user's runs here.
        *hooks = Arc::new(more);
        self.some.store(true, Ordering::Relaxed);
    }

    /// Tells the observers.
    pub(crate) fn tell(&self, event: Event) {
        if self.some() {
            self.all().tell(event);
        }
    }
}

impl<M: Manager> Hooks<M> {
    /// Whether anything but a connect would call one of them.
    fn some(&self) -> bool {
        let hooks = self.checkout.len() + self.reset.len() + self.checkin.len();
        hooks + self.observers.len() > 0
    }

    pub(crate) fn tell(&self, event: Event) {
        for observer in &self.observers {
            // One that panics hurts nobody but itself.
            quietly(|| observer.observe(&event));
        }
    }
}

impl<M: Manager> Clone for Hooks<M> {
    fn clone(&self) -> Self {
        Self {
            first_connect: self.first_connect.clone(),
            connect: self.connect.clone(),
            checkout: self.checkout.clone(),
            reset: self.reset.clone(),
            checkin: self.checkin.clone(),
            observers: self.observers.clone(),
        }
    }
}

impl<M: Manager> Default for Hooks<M> {
    fn default() -> Self {
        Self {
            first_connect: Vec::new(),
            connect: Vec::new(),
            checkout: Vec::new(),
            reset: Vec::new(),
            checkin: Vec::new(),
            observers: Vec::new(),
        }
    }
}

impl<M: Manager> fmt::Debug for Hooks<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connect = self.first_connect.len() + self.connect.len();
        let others = self.checkout.len() + self.reset.len() + self.checkin.len();
        write!(f, "Hooks({connect} on connect, {others} others, {} observers)", self.observers.len())
    }
}
