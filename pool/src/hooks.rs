//! `Hooks`: all hooks and observers of a pool, by the moment; `Listeners`: those of a pool that runs.

use crate::event::{Event, Observer};
use crate::hook::{Duty, Hook, OnCheckout, OnClose, OnCloseDetached, OnConnect, OnInvalidate, OnUse};
use crate::manager::Manager;
use crate::shield::quietly;
use crate::sync::plain::AtomicBool;
use crate::sync::{Ordering, PlainMutex};
use std::fmt;
use std::sync::Arc;

/// What the user gave to be called. Each list is called from its beginning to its end.
pub(crate) struct Hooks<M: Manager> {
    pub(crate) first_connect: Vec<OnConnect<M>>,
    pub(crate) connect: Vec<OnConnect<M>>,
    pub(crate) checkout: Vec<OnCheckout<M>>,
    pub(crate) reset: Vec<OnConnect<M>>,
    pub(crate) checkin: Vec<OnUse<M>>,
    pub(crate) invalidate: Vec<OnInvalidate<M>>,
    pub(crate) soft_invalidate: Vec<OnUse<M>>,
    pub(crate) detach: Vec<OnUse<M>>,
    pub(crate) close: Vec<OnClose<M>>,
    pub(crate) close_detached: Vec<OnCloseDetached<M>>,
    pub(crate) observers: Vec<Arc<dyn Observer>>,
}

/// The hooks of a pool, to which more may be added while it runs. Where nobody listens, that is all that is looked at.
pub(crate) struct Listeners<M: Manager> {
    to_uses: AtomicBool,
    to_connects: AtomicBool,
    to_ends: AtomicBool,
    hooks: PlainMutex<Arc<Hooks<M>>>,
}

impl<M: Manager> Listeners<M> {
    pub(crate) fn new(hooks: Hooks<M>) -> Self {
        Self {
            to_uses: AtomicBool::new(hooks.listen_to_uses()),
            to_connects: AtomicBool::new(hooks.listen_to_connects()),
            to_ends: AtomicBool::new(hooks.listen_to_ends()),
            hooks: PlainMutex::new(Arc::new(hooks)),
        }
    }

    /// All of them, to be called without the lock.
    pub(crate) fn all(&self) -> Arc<Hooks<M>> {
        Arc::clone(&self.hooks.lock())
    }

    /// Whether anybody listens to checkouts and returns: all that a healthy checkout looks at.
    #[inline]
    pub(crate) fn to_uses(&self) -> bool {
        self.to_uses.load(Ordering::Relaxed)
    }

    /// All of them, if anybody listens to connects.
    pub(crate) fn to_connects(&self) -> Option<Arc<Hooks<M>>> {
        self.to_connects.load(Ordering::Relaxed).then(|| self.all())
    }

    /// All of them, if anybody listens to what takes a connection out of use.
    pub(crate) fn to_ends(&self) -> Option<Arc<Hooks<M>>> {
        self.to_ends.load(Ordering::Relaxed).then(|| self.all())
    }

    pub(crate) fn add(&self, hook: Hook<M>) {
        let mut hooks = self.hooks.lock();
        let mut more = Hooks::clone(&hooks);
        more.add(hook);
        self.to_uses.store(more.listen_to_uses(), Ordering::Relaxed);
        self.to_connects.store(more.listen_to_connects(), Ordering::Relaxed);
        self.to_ends.store(more.listen_to_ends(), Ordering::Relaxed);
        // The old lists hold nothing that the new ones do not: no destructor of the user's runs here.
        *hooks = Arc::new(more);
    }

    /// Tells the observers.
    pub(crate) fn tell(&self, event: Event) {
        if let Some(hooks) = self.to_ends() {
            hooks.tell(event);
        }
    }
}

impl<M: Manager> Hooks<M> {
    pub(crate) fn add(&mut self, hook: Hook<M>) {
        fn put<T>(list: &mut Vec<T>, hook: T, goes_first: bool) {
            list.insert(if goes_first { 0 } else { list.len() }, hook);
        }
        let first = hook.goes_first;
        match hook.duty {
            Duty::FirstConnect(hook) => put(&mut self.first_connect, hook, first),
            Duty::Connect(hook) => put(&mut self.connect, hook, first),
            Duty::Checkout(hook) => put(&mut self.checkout, hook, first),
            Duty::Reset(hook) => put(&mut self.reset, hook, first),
            Duty::Checkin(hook) => put(&mut self.checkin, hook, first),
            Duty::Invalidate(hook) => put(&mut self.invalidate, hook, first),
            Duty::SoftInvalidate(hook) => put(&mut self.soft_invalidate, hook, first),
            Duty::Detach(hook) => put(&mut self.detach, hook, first),
            Duty::Close(hook) => put(&mut self.close, hook, first),
            Duty::CloseDetached(hook) => put(&mut self.close_detached, hook, first),
            Duty::Observe(observer) => put(&mut self.observers, observer, first),
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        for observer in &self.observers {
            // One that panics hurts nobody but itself.
            quietly(|| observer.observe(&event));
        }
    }

    fn listen_to_uses(&self) -> bool {
        let hooks = self.checkout.len() + self.reset.len() + self.checkin.len();
        hooks + self.observers.len() > 0
    }

    fn listen_to_connects(&self) -> bool {
        self.first_connect.len() + self.connect.len() + self.observers.len() > 0
    }

    fn listen_to_ends(&self) -> bool {
        let uses = self.invalidate.len() + self.soft_invalidate.len() + self.detach.len();
        uses + self.close.len() + self.close_detached.len() + self.observers.len() > 0
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
            invalidate: self.invalidate.clone(),
            soft_invalidate: self.soft_invalidate.clone(),
            detach: self.detach.clone(),
            close: self.close.clone(),
            close_detached: self.close_detached.clone(),
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
            invalidate: Vec::new(),
            soft_invalidate: Vec::new(),
            detach: Vec::new(),
            close: Vec::new(),
            close_detached: Vec::new(),
            observers: Vec::new(),
        }
    }
}

impl<M: Manager> fmt::Debug for Hooks<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connect = self.first_connect.len() + self.connect.len();
        let uses = self.checkout.len() + self.reset.len() + self.checkin.len();
        let ends = self.invalidate.len() + self.soft_invalidate.len() + self.detach.len();
        let closes = self.close.len() + self.close_detached.len();
        let hooks = connect + uses + ends + closes;
        write!(f, "Hooks({hooks} hooks, {} observers)", self.observers.len())
    }
}
